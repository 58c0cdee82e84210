"""The printed summary of a visit: seen before it is saved or printed."""
