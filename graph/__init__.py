"""The published graph: its stores, versions, exports and inferred triples, and the comparison of names.

Import from the modules: nothing is exported here, so that comparing names (`text`) does not load the engine.
"""

__all__ = []
