"""The read-only HTTP service of a published graph: pages, SPARQL, linked data and JSON."""

__all__ = ()  # `run` loads the web server, `background` does not: a face would load both
