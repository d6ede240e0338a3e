"""The graph over HTTP, read-only: pages, SPARQL, linked data and JSON."""

__all__ = ()  # `run` loads the web server and `background` must not: import the one that is needed
