"""Collect the data of each kind of page."""
