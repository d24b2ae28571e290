"""Edit the files of a plan in place, and list what is left to do."""
