"""What an editor shows of a name: labels and definitions in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...ontology.references import component_labels
from ...words import catalogue, label, languages
from ..register.entries import CODE_PREFIX
from .cursor import FilePart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...ontology.vocabulary import Term
    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from ..register.measures import FigureTerm
    from .cursor import Cursor

_MENTION = re.compile(r"\[[^\[\]]*\]\(([^()\s]+)\)")


def name_at(cursor: Cursor) -> tuple[str, int, int]:
    """Return the name at the cursor with its start and end in the line; empty if there is none.

    In a digest only the targets of mentions are names; its other words are words.
    """
    if cursor.part is not FilePart.DIGEST:
        word, start, end = cursor.word
        return word.rstrip(":"), start, end
    for mention in _MENTION.finditer(cursor.line):
        if mention.start() <= cursor.column <= mention.end():
            return mention[1], mention.start(), mention.end()
    return "", cursor.column, cursor.column


def describe(name: str, lexicon: Lexicon, lang: str) -> str:
    """Describe a name in Markdown, with its labels and definitions in all languages.

    :param lang: language of the words around them
    :returns: empty for an unknown name
    """
    if entity := lexicon.register.get(name):
        return _blocks(_entity(entity, lexicon, lang))
    if name in component_labels():
        return _blocks(_labelled(f"`{name}`", component_labels()[name], {}))
    if term := _figure_term(name, lexicon):
        return _blocks(_labelled(f"`{name}`", term.values, _definitions(term)))
    vocabulary = lexicon.vocabulary
    slug = name.removeprefix(f"{CODE_PREFIX}:")
    found = vocabulary.properties.get(name) or vocabulary.classes.get(name) or vocabulary.codes.get(slug)
    return _blocks(_term(found, lang)) if found else ""


def _blocks(lines: Iterator[str]) -> str:
    return "\n\n".join(lines)


def _figure_term(name: str, lexicon: Lexicon) -> FigureTerm | None:
    return lexicon.measures.get(name) or lexicon.units.get(name)


def _definitions(term: FigureTerm) -> dict[str, str]:
    return {lang: term.values.get(f"definition_{lang}", "") for lang in languages()}


def _entity(entity: RegisterEntity, lexicon: Lexicon, lang: str) -> Iterator[str]:
    kind = lexicon.vocabulary.classes[entity.kind]
    place = lexicon.register.get(entity.values.get("territory", ""))
    of_class = label(kind.labels, lang) + (f" · {label(place.values, lang)}" if place else "")
    yield from _labelled(f"`{entity.curie}`  {of_class}", entity.values, {})
    if note := entity.values.get("note"):
        yield note


def _term(term: Term, lang: str) -> Iterator[str]:
    yield from _labelled(f"`{term.name}`", term.labels, term.definitions)
    if term.kind == "object" and (term.domain or term.range):
        words = catalogue(__package__ or "", lang)
        ends = [f"`{end}`" if end else words["any-class"] for end in (term.domain, term.range)]
        yield words("relation-between", subject=ends[0], object=ends[1])


def _labelled(heading: str, labels: Mapping[str, str], definitions: Mapping[str, str]) -> Iterator[str]:
    """Yield a heading, then label and definition in each language."""
    yield heading
    for lang in languages():
        text = f"**{labels[lang]}**" if labels.get(lang) else ""
        if line := ": ".join(filter(None, (text, definitions.get(lang, "")))):
            yield line
