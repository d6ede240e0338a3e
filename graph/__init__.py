"""The published graph: stores, versions, exports, inferred triples, and comparison of names.

Import from the modules: nothing is exported here, so that importing `text` does not load the engine.
"""

__all__ = []
