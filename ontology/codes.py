"""The code lists of the ontology as typed, frozen values.

A code list is a class below `egov:Code`; its codes stand in `codes.ttl` with labels, rank and what programs
need to know of each. The modules `statuses`, `layers`, `qualifiers`, `tones` and `verdicts` type the lists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from ..errors import EgovError
from ..words import label
from .modules import CODE, EGOV, RDFS, SKOS, TYPE, Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Code", "CodeEnum", "UnknownCodeError", "code_list", "default_code", "find_code", "written_codes"]

_MODULE = "codes.ttl"
_TRUE = "true"


class UnknownCodeError(EgovError, LookupError):
    """A code, or a property of a code, that the ontology does not have.

    :param slug: the code
    :param where: the list or property in which it was looked for
    """

    def __init__(self, slug: str, where: str) -> None:
        super().__init__(f"code:{slug} is not stated under egov:{where} (add it to ontology/{_MODULE})")
        self.slug, self.where = slug, where


@dataclass(frozen=True)
class Code:
    """One code of a closed list.

    :param slug: local name, such as `under-construction`
    :param list_name: local name of the class that is its list, such as `Status`
    :param labels: language -> label
    :param definitions: language -> one sentence
    :param rank: place in its list, from 1
    :param annotations: local name of a property -> its value as text, an IRI as local name
    """

    slug: str
    list_name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    rank: int
    annotations: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def iri(self) -> str:
        """Full IRI of the code."""
        return CODE + self.slug

    @property
    def written(self) -> str:
        """How authors write the code in an article: `yes` for `asserted`; its slug unless stated."""
        return self.annotations.get("writtenAs", self.slug)

    @property
    def symbol(self) -> str:
        """The sign beside its label; empty when there is none."""
        return self.annotations.get("symbol", "")

    @property
    def is_default(self) -> bool:
        """Whether the code holds where none of its list is written."""
        return self.states("isDefault")

    @property
    def is_hedge(self) -> bool:
        """Whether the code bounds what is said: not all of it, or not exactly."""
        return self.states("hedges")

    def label(self, lang: str) -> str:
        """Give its label in a language, else in the default language.

        >>> find_code("under-construction").label("en")
        'under construction'
        """
        return label(self.labels, lang)

    def states(self, name: str) -> bool:
        """Tell whether an annotation of the code is stated to be true."""
        return self.annotations.get(name) == _TRUE

    def annotation(self, name: str) -> str:
        """Read what the ontology states of the code.

        :param name: local name of an annotation property
        :raises UnknownCodeError: if nothing is stated

        >>> find_code("pilot").annotation("phase")
        'phase-partial'
        """
        if name not in self.annotations:
            raise UnknownCodeError(self.slug, name)
        return self.annotations[name]


class CodeEnum(StrEnum):
    """Codes that rules of the program name one by one; a test holds the members against the ontology.

    The value is what answers and contracts write; the slug names the code of the ontology.
    """

    @property
    def slug(self) -> str:
        """Local name of the code; a list whose slugs bear a prefix overrides this."""
        return self.value.replace("_", "-")

    @property
    def code(self) -> Code:
        """What the ontology states of it."""
        return find_code(self.slug)

    @classmethod
    def of_slug(cls, slug: str) -> Self:
        """Find the member of a code.

        :raises UnknownCodeError: if the program has no rule for the code
        """
        for member in cls:
            if member.slug == slug:
                return member
        raise UnknownCodeError(slug, cls.__name__)

    def label(self, lang: str) -> str:
        """Give its label in a language, else in the default language."""
        return self.code.label(lang)


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, tuple[Code, ...]]:
    """Read every list: name -> codes by rank; about 5 ms the first time."""
    facts = Facts.of([_MODULE])
    lists: dict[str, list[Code]] = {}
    for iri in facts.index:
        kinds = [kind.removeprefix(EGOV) for kind in facts.values(iri, TYPE) if kind.startswith(EGOV)]
        if iri.startswith(CODE) and kinds:
            lists.setdefault(kinds[0], []).append(_code(facts, iri, kinds[0]))
    return {name: tuple(sorted(codes, key=lambda each: each.rank)) for name, codes in lists.items()}


def _code(facts: Facts, iri: str, list_name: str) -> Code:
    annotations = {
        predicate.removeprefix(EGOV): facts.values(iri, predicate)[0].removeprefix(CODE)
        for predicate in facts.index[iri]
        if predicate.startswith(EGOV)
    }
    slug = iri.removeprefix(CODE)
    if "rank" not in annotations:
        raise UnknownCodeError(slug, "rank")
    return Code(
        slug=slug,
        list_name=list_name,
        labels=MappingProxyType(facts.texts(iri, RDFS + "label")),
        definitions=MappingProxyType(facts.texts(iri, SKOS + "definition")),
        rank=int(annotations["rank"]),
        annotations=MappingProxyType(annotations),
    )


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, Code]:
    return {each.slug: each for codes in _lists().values() for each in codes}


def code_list(name: str) -> tuple[Code, ...]:
    """List the codes of a list by rank.

    :param name: local name of its class
    :raises UnknownCodeError: if there is no such list

    >>> [code.slug for code in code_list("FigureKind")]
    ['result', 'target']
    """
    if name not in _lists():
        raise UnknownCodeError("", name)
    return _lists()[name]


def find_code(slug: str) -> Code:
    """Find a code of any list; a slug stands in one list only.

    :raises UnknownCodeError: if there is none
    """
    if slug not in _codes():
        raise UnknownCodeError(slug, "Code")
    return _codes()[slug]


@lru_cache(maxsize=64)
def default_code(name: str) -> str:
    """Name the code of a list that holds where none is written.

    :raises UnknownCodeError: if the list states no default

    >>> default_code("Status"), default_code("Comparator")
    ('operational', 'equal')
    """
    for each in code_list(name):
        if each.is_default:
            return each.slug
    raise UnknownCodeError("", f"{name}, egov:isDefault")


def written_codes(name: str) -> dict[str, str]:
    """Map how authors write the codes of a list to their slugs.

    >>> written_codes("Polarity")
    {'yes': 'asserted', 'no': 'denied'}
    """
    return {each.written: each.slug for each in code_list(name)}
