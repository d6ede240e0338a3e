"""Provinces against frameworks and targets."""
