"""The code lists of the ontology as typed, frozen values.

A code list is a subclass of `egov:Code`; `codes.ttl` contains its codes with labels, rank and the annotations
that programs use. The modules `statuses`, `layers`, `qualifiers`, `tones` and `verdicts` provide typed access
to them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self

from ..errors import EgovError
from ..words import label, message
from .modules import CODE, EGOV, RDFS, SKOS, TYPE, TripleIndex

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Code", "CodeEnum", "CodeError", "code_list", "default_code", "find_code", "written_codes"]

_MODULE = "codes.ttl"
_TRUE = "true"


class CodeError(EgovError, LookupError):
    """A code list, code, or annotation of a code that the ontology does not define."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(message(__package__, f"code.{key}", **values))


@dataclass(frozen=True)
class Code:
    """One code of a code list.

    :param slug: local name, such as `under-construction`
    :param list_name: local name of the class that represents its list, such as `Status`
    :param labels: label by language
    :param definitions: one-sentence definition by language
    :param rank: position in its list, from 1
    :param annotations: local name of a property → value as text; IRIs as local names
    """

    slug: str
    list_name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    rank: int
    annotations: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def iri(self) -> str:
        """The full IRI of the code."""
        return CODE + self.slug

    @property
    def written(self) -> str:
        """The spelling of the code in articles: `yes` for `asserted`; the slug unless stated otherwise."""
        return self.annotations.get("writtenAs", self.slug)

    @property
    def symbol(self) -> str:
        """The symbol shown next to the label; empty without one."""
        return self.annotations.get("symbol", "")

    @property
    def is_default(self) -> bool:
        """Whether the code applies if no code of its list is given."""
        return self.states("isDefault")

    @property
    def is_hedge(self) -> bool:
        """Whether the code limits a statement: it holds only partly or not exactly."""
        return self.states("hedges")

    def label(self, lang: str) -> str:
        """Return the label in a language, else in the default language.

        >>> find_code("under-construction").label("en")
        'under construction'
        """
        return label(self.labels, lang)

    def states(self, name: str) -> bool:
        """Tell whether a boolean annotation of the code is true."""
        return self.annotations.get(name) == _TRUE

    def annotation(self, name: str) -> str:
        """Return the value of an annotation of the code.

        :param name: local name of an annotation property
        :raises CodeError: if the code does not have the annotation

        >>> find_code("pilot").annotation("phase")
        'phase-partial'
        """
        if name not in self.annotations:
            raise CodeError("incomplete", slug=self.slug, property=name)
        return self.annotations[name]


class CodeEnum(StrEnum):
    """Base of enums for codes that the program refers to; a test compares them with the ontology.

    The value is used in answers and JSON; the slug identifies the code in the ontology.

    >>> class Verdict(CodeEnum, prefix="verdict-"):
    ...     NO_EVIDENCE = "no_evidence"
    >>> Verdict.NO_EVIDENCE.slug
    'verdict-no-evidence'
    """

    _slug_prefix: ClassVar[str]

    def __init_subclass__(cls, prefix: str = "", **options: object) -> None:
        """Take the prefix that the slugs of a list have before the values."""
        super().__init_subclass__(**options)
        cls._slug_prefix = prefix

    @property
    def slug(self) -> str:
        """Local name of the code."""
        return self._slug_prefix + self.value.replace("_", "-")

    @property
    def code(self) -> Code:
        """The code of the ontology that corresponds to the member."""
        return find_code(self.slug)

    @classmethod
    def of_slug(cls, slug: str) -> Self:
        """Find the member that corresponds to a code.

        :raises CodeError: if the program has no rule for the code
        """
        for member in cls:
            if member.slug == slug:
                return member
        raise CodeError("no_rule", slug=slug, list=cls.__name__)

    def label(self, lang: str) -> str:
        """Return the label in a language, else in the default language."""
        return self.code.label(lang)


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, tuple[Code, ...]]:
    """Read all code lists from `codes.ttl`: name → codes by rank. Takes about 10 ms, once."""
    triples = TripleIndex.of([_MODULE])
    lists: dict[str, list[Code]] = {}
    for iri in triples.index:
        kinds = [kind.removeprefix(EGOV) for kind in triples.values(iri, TYPE) if kind.startswith(EGOV)]
        if iri.startswith(CODE) and kinds:
            lists.setdefault(kinds[0], []).append(_code(triples, iri, kinds[0]))
    return {name: tuple(sorted(codes, key=lambda code: code.rank)) for name, codes in lists.items()}


def _code(triples: TripleIndex, iri: str, list_name: str) -> Code:
    annotations = {
        predicate.removeprefix(EGOV): triples.values(iri, predicate)[0].removeprefix(CODE)
        for predicate in triples.index[iri]
        if predicate.startswith(EGOV)
    }
    slug = iri.removeprefix(CODE)
    if "rank" not in annotations:
        raise CodeError("incomplete", slug=slug, property="rank")
    return Code(
        slug=slug,
        list_name=list_name,
        labels=MappingProxyType(triples.texts(iri, RDFS + "label")),
        definitions=MappingProxyType(triples.texts(iri, SKOS + "definition")),
        rank=int(annotations["rank"]),
        annotations=MappingProxyType(annotations),
    )


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, Code]:
    return {code.slug: code for codes in _lists().values() for code in codes}


def code_list(name: str) -> tuple[Code, ...]:
    """Return the codes of a list by rank.

    :param name: local name of the class that represents the list
    :raises CodeError: if there is no such list

    >>> [code.slug for code in code_list("FigureKind")]
    ['result', 'target']
    """
    if name not in _lists():
        raise CodeError("no_list", list=name)
    return _lists()[name]


def find_code(slug: str) -> Code:
    """Find a code by its slug, which is unique across all lists.

    :raises CodeError: if there is no such code
    """
    if slug not in _codes():
        raise CodeError("unknown", slug=slug, list="Code")
    return _codes()[slug]


@lru_cache(maxsize=64)
def default_code(name: str) -> str:
    """Return the default code of a list, which applies if no code is given.

    :raises CodeError: if the list has no default

    >>> default_code("Status"), default_code("Comparator")
    ('operational', 'equal')
    """
    for code in code_list(name):
        if code.is_default:
            return code.slug
    raise CodeError("no_default", list=name)


def written_codes(name: str) -> dict[str, str]:
    """Map the spelling of each code of a list in articles to its slug.

    >>> written_codes("Polarity")
    {'yes': 'asserted', 'no': 'denied'}
    """
    return {code.written: code.slug for code in code_list(name)}
