"""The answers that workers compute from a store and checked parameters, independent of HTTP."""

__all__ = ()  # a worker imports the modules; a face would load the pages with each of them
