"""The whole graph as data for the explorer: entities, relations, statements and their labels."""

from __future__ import annotations

from .parts import Article, Edge, Node, Picture, Statement
from .picture import picture

__all__ = ["Article", "Edge", "Node", "Picture", "Statement", "picture"]
