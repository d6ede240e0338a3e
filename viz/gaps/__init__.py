"""The heat map of gaps, one page."""
