"""The answers of a worker: functions of a store and checked parameters, nothing of HTTP."""

__all__ = ()  # a worker imports the modules; a face would load the pages with each of them
