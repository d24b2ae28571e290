"""Import plans from other formats, one module per format."""
