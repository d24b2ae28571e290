"""Hold a plan as typed, immutable objects."""
