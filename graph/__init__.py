"""The published graph: stores, versions and their export, inference, and the keys that names are compared by.

Import from the modules: this face is empty so that comparing names (`text`) does not load the engine.
"""

__all__ = []
