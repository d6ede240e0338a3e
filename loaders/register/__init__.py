"""The register: the entities, measures and units named in articles, and proposals of links for them."""

from .assembly import LexiconParts, assemble
from .entity import Register, RegisterEntity
from .entries import RawEntry, RawRegister, find_registers, read_register
from .lexicon import Lexicon
from .measures import FigureTerm, read_terms
from .proposals import Proposal, as_yaml, read_proposals
from .same_as import accept

__all__ = [
    "FigureTerm",
    "Lexicon",
    "LexiconParts",
    "Proposal",
    "RawEntry",
    "RawRegister",
    "Register",
    "RegisterEntity",
    "accept",
    "as_yaml",
    "assemble",
    "find_registers",
    "read_proposals",
    "read_register",
    "read_terms",
]
