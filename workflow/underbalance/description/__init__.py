"""What the data of the primary models hold: statistics, correlations, who is in them."""
