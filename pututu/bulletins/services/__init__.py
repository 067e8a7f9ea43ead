"""What can be done with bulletins? Each function is one act; all can be repeated."""
