"""Convert the Markdown of our templates without Python-Markdown."""
