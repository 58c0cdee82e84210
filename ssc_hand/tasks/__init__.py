"""Whole errands without Qt: values in, values out, each opening the clinic for itself."""
