"""The software that egovkg runs on: packages, licences, bill of materials, known faults."""

from __future__ import annotations

from .advisories import AuditReport, KnownFault, ask_audit
from .bill_of_materials import bill_of_materials
from .components import Component, components

__all__ = ["AuditReport", "Component", "KnownFault", "ask_audit", "bill_of_materials", "components"]
