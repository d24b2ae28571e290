"""Turn a structured plan, kept as YAML, into a cross-linked static site."""
