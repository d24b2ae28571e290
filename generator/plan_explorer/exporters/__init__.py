"""Export the plan to other formats, one module per format."""
