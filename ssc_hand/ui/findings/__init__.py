"""The findings as a table; the keyboard and screen-reader way in."""
