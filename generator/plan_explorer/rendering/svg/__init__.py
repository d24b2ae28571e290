"""Draw diagrams as SVG."""
