"""Facts, and the things they are about."""
