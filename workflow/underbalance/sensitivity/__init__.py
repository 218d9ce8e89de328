"""How far a result hangs on one ally, one coding, one estimator, or on what was left out."""
