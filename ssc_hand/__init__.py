"""The hands of people with systemic sclerosis, recorded digit by digit."""

__version__ = "0.1.0"
