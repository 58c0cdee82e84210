"""Photographs of a visit: taken in, looked at, compared and measured."""
