"""The typed, frozen plan."""
