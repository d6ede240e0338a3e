"""The template of a workbook: its sheets with headings, and the values offered for the cells of a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.text import fold
from ...ontology.codes import code_list
from ...ontology.references import component_names
from ...words import catalogue, label
from .layout import GUIDE, SHEETS, required_heading, sheet_name
from .names import claim_relations, entry_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...ontology.vocabulary import Term
    from ..register.lexicon import Lexicon
    from .layout import Column


@dataclass(frozen=True)
class TemplateSheet:
    """One sheet of the template.

    :param headings: of its columns, in one language
    :param choices: number of a column, from 0 → the values offered for its cells
    :param rows: texts below the headings; only the guide has some
    """

    name: str
    headings: Sequence[str]
    choices: Mapping[int, Sequence[str]]
    rows: Sequence[Sequence[str]] = ()


def template(lexicon: Lexicon, lang: str) -> tuple[TemplateSheet, ...]:
    """Return the sheets of an empty workbook in a language, the guide first.

    :param lexicon: vocabulary, measures and units that cells may name
    :param lang: one of :func:`egovkg.words.languages`
    """
    name = sheet_name(GUIDE, lang)
    guide = TemplateSheet(name, [name], {}, [[text] for text in guide_texts(lang)])
    return (guide, *(_sheet(sheet, lexicon, lang) for sheet in SHEETS))


def guide_texts(lang: str) -> tuple[str, ...]:
    """Return the lines of the guide in a language, among them where the form comes from."""
    return tuple(catalogue(__package__ or "", lang).below("guide").values())


def _sheet(sheet: str, lexicon: Lexicon, lang: str) -> TemplateSheet:
    columns = [column for column in SHEETS[sheet] if column.is_read]
    choices = {number: _choices(sheet, column, lexicon, lang) for number, column in enumerate(columns)}
    return TemplateSheet(
        sheet_name(sheet, lang),
        [required_heading(sheet, column, lang) for column in columns],
        {number: values for number, values in choices.items() if values},
    )


def _choices(sheet: str, column: Column, lexicon: Lexicon, lang: str) -> list[str]:
    """List the values that cells of a column may have; empty if they are free."""
    if column.value in lexicon.vocabulary.schemes:
        return [code.label(lang) for code in code_list(column.value)]
    if column.value == "class":
        return _labels(entry_classes(lexicon, sheet), lang)
    if column.value == "relation":
        return _labels(claim_relations(lexicon, sheet), lang)
    if column.value in {"measure", "unit"}:
        terms = lexicon.measures if column.value == "measure" else lexicon.units
        return sorted({term.values[lang] for term in terms.values()}, key=fold)
    return sorted(component_names()) if column.value == "component" else []


def _labels(terms: Iterable[Term], lang: str) -> list[str]:
    return sorted({label(term.labels, lang) for term in terms}, key=fold)
