"""Drawings of answers about dependencies."""
