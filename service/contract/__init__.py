"""The contract between the parts of the service: settings, messages, refusals, media types."""

from .media_types import GRAPH_FORMATS, RESULT_FORMATS, best_media_type
from .messages import Job, Reply, error_reply
from .refusals import ServiceError
from .settings import Limits, Settings

__all__ = [
    "GRAPH_FORMATS",
    "RESULT_FORMATS",
    "Job",
    "Limits",
    "Reply",
    "ServiceError",
    "Settings",
    "best_media_type",
    "error_reply",
]
