"""Tables of results beside those of the models: robustness, effects, weights."""
