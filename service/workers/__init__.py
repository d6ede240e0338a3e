"""The worker processes of the service, and the scheduling of requests among them."""

from .live_site import LiveSite
from .pool import Pool
from .sandbox import NETWORK_LAYERS

__all__ = ["NETWORK_LAYERS", "LiveSite", "Pool"]
