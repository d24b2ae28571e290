"""Check a plan: references, evidence and quality."""
