"""The plan in other formats, one module a format."""
