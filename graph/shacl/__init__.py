"""SHACL on a store: shapes are compiled to SPARQL, and answered by the engine."""

from .validate import Violation, compile_shapes, shipped_shapes, validate

__all__ = ["Violation", "compile_shapes", "shipped_shapes", "validate"]
