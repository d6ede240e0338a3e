"""SHACL on the store."""
