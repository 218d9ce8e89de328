"""Original releases → facts tables, one parser per source."""
