"""Trends on screen: what a measure did over visits."""
