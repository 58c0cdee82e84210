"""Processes of their own: the program as a person starts it, and the bare scripts it is compared with."""
