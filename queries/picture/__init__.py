"""The picture of a store: all that can be drawn, and the words for it."""

from __future__ import annotations

from .parts import Article, Edge, Node, Picture, Statement
from .picture import picture

__all__ = ["Article", "Edge", "Node", "Picture", "Statement", "picture"]
