"""What the models say of the hypotheses: verdicts, contrasts, weights, nested comparisons."""
