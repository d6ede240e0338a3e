"""Remote SPARQL endpoints: a store that reads from an endpoint, and upload (push) of a version to one."""

from .push_batches import PushReport, push
from .push_target import Target
from .remote import RemoteStore, limits_of_environment
from .transport import RequestLimits, Transport

__all__ = [
    "PushReport",
    "RemoteStore",
    "RequestLimits",
    "Target",
    "Transport",
    "limits_of_environment",
    "push",
]
