"""The graph as an ArchiMate model: elements, relationships, their tree, and views with positions."""

__all__: list[str] = []
