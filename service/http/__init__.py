"""The HTTP side of the service: from a request to a job, from a reply to a response."""

from .app import application
from .server import protocol_class

__all__ = ["application", "protocol_class"]
