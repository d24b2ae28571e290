"""Edit the files of a plan and list open work."""
