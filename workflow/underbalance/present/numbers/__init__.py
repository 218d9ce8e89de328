"""Numbers that a text quotes, each with the cells it comes from, as LaTeX macros and as JSON."""
