"""Plan the pages of a site: their addresses and data."""
