"""Loaders: read annotated articles and registers, check and resolve them, and build the published graph.

Import from the packages below: nothing is exported here, so that the date parser can be used without loading
the build.
"""

__all__ = []
