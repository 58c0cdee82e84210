"""Widgets that know nothing of hands."""
