"""The demo clinic: invented patients with plausible hands, the same from the same seed."""
