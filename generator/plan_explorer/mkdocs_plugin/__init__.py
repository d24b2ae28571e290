"""Extend MkDocs; nothing outside this package knows it."""
