"""Second readings: who read articles again, when, and how many of their rows were right.

Import from the modules: nothing is exported here.
"""

__all__ = []
