"""Tables of what the data hold."""
