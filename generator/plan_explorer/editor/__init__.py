"""Edit entries in a form, on a page for this machine only."""
