"""What is left to do for the editors of a plan that is sound."""
