"""Questions about what depends on what."""
