"""Puts it together: commands, the window, logs, and the test of an installed program by itself."""
