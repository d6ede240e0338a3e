"""The ontology: classes, properties, code lists and reference data as Turtle, and as Python values."""

from __future__ import annotations

from .codes import Code, CodeError, code_list, find_code
from .layers import Layer, find_layer, layers
from .modules import alignment_files, module_files, read_module, reference_files
from .statuses import Status, find_status, statuses
from .verdicts import GapSign, TargetVerdict, Verdict
from .vocabulary import Term, Vocabulary, load_vocabulary

__all__ = [
    "Code",
    "CodeError",
    "GapSign",
    "Layer",
    "Status",
    "TargetVerdict",
    "Term",
    "Verdict",
    "Vocabulary",
    "alignment_files",
    "code_list",
    "find_code",
    "find_layer",
    "find_status",
    "layers",
    "load_vocabulary",
    "module_files",
    "read_module",
    "reference_files",
    "statuses",
]
