"""Entry: forms generated from fields and from the catalogue."""
