"""What a user adds without code: variables (config/variables.yaml) and outcomes (outcomes.yaml)."""
