"""Hold what a plan says against the texts of its sources."""
