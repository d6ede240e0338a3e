"""Bytes, YAML, dates and numbers, as people write them."""
