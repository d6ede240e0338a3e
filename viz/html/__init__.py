"""What every HTML page shares: the template environment, the content security policy, embedded data."""

from __future__ import annotations

from .safety import content_security_policy, embedded_json, source_hash
from .templates import template_environment

__all__ = ["content_security_policy", "embedded_json", "source_hash", "template_environment"]
