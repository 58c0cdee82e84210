"""State the widgets share; the only room of ui that may import storage."""
