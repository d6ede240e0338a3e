"""From annotated articles and registers to a published graph: read, checked, resolved, written, built.

Import from the packages below: this face is empty so that reading a date does not load the build.
"""

__all__ = []
