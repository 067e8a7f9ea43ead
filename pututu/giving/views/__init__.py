"""What do treasurers see, and what do they press? A sort of screen a module."""
