"""Advice on annotations: the rules of the annotation guide that a program can check."""

from .advice import advice

__all__ = ["advice"]
