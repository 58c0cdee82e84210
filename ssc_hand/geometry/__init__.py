"""Shapes as numbers: what a line is, not how it is painted."""
