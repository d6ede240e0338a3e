"""Proposals of a language model for drafts: digests, their English, and relations; asked only by request."""

from .advice import ModelAdvice, advised
from .connection import ModelConnection

__all__ = ["ModelAdvice", "ModelConnection", "advised"]
