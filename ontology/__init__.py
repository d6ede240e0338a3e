"""The ontology: Turtle modules, and what the program reads from them.

``load_vocabulary`` gives every class, property and code with its labels, definitions and place in the
hierarchy; ``read_module`` gives a Turtle file as it is shipped. The consistency check and the generated
documentation page stand in modules of their own, ``consistency`` and ``page``.
"""

from __future__ import annotations

from .vocabulary import (
    Term,
    Vocabulary,
    alignment_files,
    load_vocabulary,
    module_files,
    read_module,
    reference_files,
)

__all__ = [
    "Term",
    "Vocabulary",
    "alignment_files",
    "load_vocabulary",
    "module_files",
    "read_module",
    "reference_files",
]
