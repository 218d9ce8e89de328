"""Clean tables → coded obstacles."""
