"""Entries of the catalogue beyond the first ones, by what is examined."""
