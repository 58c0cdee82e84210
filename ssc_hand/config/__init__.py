"""What this installation is told, apart from any clinic: where its files lie and what its user prefers."""
