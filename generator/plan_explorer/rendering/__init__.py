"""Turn pages into text."""
