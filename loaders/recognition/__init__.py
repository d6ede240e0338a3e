"""Recognition in raw texts by rules: names, documents, times, figures, and relations between names."""

from .documents import DocumentFinder
from .names import NameFinder
from .quantities import QuantityFinder
from .relations import Circumstances, RelationFinder
from .rules import DraftRules, load_rules
from .sentences import sentences
from .stated_dates import DateFinder

__all__ = [
    "Circumstances",
    "DateFinder",
    "DocumentFinder",
    "DraftRules",
    "NameFinder",
    "QuantityFinder",
    "RelationFinder",
    "load_rules",
    "sentences",
]
