"""The answers of a worker: functions of a store and checked parameters, nothing of HTTP."""

__all__: list[
    str
] = []  # a worker imports the modules themselves; a face would load the pages with each of them
