"""Finding, naming and expecting people."""
