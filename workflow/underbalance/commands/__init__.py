"""What ``underbalance`` is asked for, a file for each kind of command."""
