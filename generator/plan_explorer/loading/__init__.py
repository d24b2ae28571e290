"""Load a folder as a sound plan."""
