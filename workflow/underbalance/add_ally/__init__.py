"""Adding an ally: its extension in data/raw/extensions/<ISO3>/, and what is there for it."""
