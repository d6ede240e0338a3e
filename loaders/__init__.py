"""Loaders: read annotated articles and registers, check and resolve them, and build the published graph.

Import from the packages below: nothing is exported here, so that reading a date does not load the build.
"""

__all__ = []
