"""The architecture frameworks of a store: their lists of components, and which a province says it follows."""

from __future__ import annotations

from .catalogue import Frameworks
from .followed import FollowedFramework, followed_frameworks
from .record import FrameworkRecord

__all__ = ["FollowedFramework", "FrameworkRecord", "Frameworks", "followed_frameworks"]
