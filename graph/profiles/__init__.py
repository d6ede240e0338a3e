"""Exports in profiles of others: public services and bodies as CPSV-AP and CPOV, the data set as DCAT-AP."""

from __future__ import annotations

from .profile import PROFILES, Profile, profile_of

__all__ = ["PROFILES", "Profile", "profile_of"]
