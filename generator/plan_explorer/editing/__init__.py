"""Change the files of a plan in place; list what is left to do."""
