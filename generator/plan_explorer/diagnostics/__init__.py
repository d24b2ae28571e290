"""Describe what is wrong, where, and how to fix it."""
