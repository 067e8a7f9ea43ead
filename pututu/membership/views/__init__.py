"""What do readers, members and staff see? A sort of reader a module."""
