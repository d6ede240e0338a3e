"""The review of proposals from the keyboard: `egovkg accept --review`."""

from .session import ReviewSession

__all__ = ["ReviewSession"]
