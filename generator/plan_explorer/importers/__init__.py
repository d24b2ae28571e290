"""Plans in other formats as YAML, one module a format."""
