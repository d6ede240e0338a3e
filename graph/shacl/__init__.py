"""SHACL validation of a store: shapes are compiled to SPARQL queries, which the store evaluates."""

from .validate import Violation, compile_shapes, shipped_shapes, validate

__all__ = ["Violation", "compile_shapes", "shipped_shapes", "validate"]
