"""Exchange with other tools for the verbs `import` and `export`: annotations and models."""

__all__ = []
