"""The explorer: one page that works offline."""
