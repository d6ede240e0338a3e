"""A model as rows of a workbook: entries, claims, and the list of what has no counterpart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ...graph.archimate.mapping import (
    CLASS_PROPERTY,
    CURIE_PROPERTY,
    PROPERTY_PREFIX,
    RELATION_PROPERTY,
    STATED_PROPERTY,
    STATEMENTS_PROPERTY,
    STATUS_PROPERTY,
    SUBJECT_PROPERTY,
    Correspondence,
    class_of_element,
    creatable_classes,
    relation_of_relationship,
    values_of_text,
)
from ...graph.archimate.model import short_hash
from ...graph.text import spelling
from ...ontology.vocabulary import load_vocabulary
from ...problems import Problem
from ...words import catalogue
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from ..workbook import SHEETS
from ..workbook.cells import SheetCell, cell_text
from ..workbook.records import Reading, SheetRow, for_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...graph.archimate.model import Concept, Element, FilePlace, LabelsByLanguage, Model, Relationship
    from ...problems import Fault
    from ..register.lexicon import Lexicon
    from ..workbook.records import RowKey

_SYSTEM = "TechnicalComponent"
_SYSTEMS, _ENTITIES, _CLAIMS = "systems", "entities", "claims"
_TIMES = {"from": "from", "to": "to", "asOf": "as_of", "period": "period"}  # column → property
_QUALIFIERS = {**_TIMES, "by": "due_by", **{name: name for name in ("certainty", "extent", "polarity")}}
_LONGEST_DOCUMENTATION = 300  # letters in a sentence of evidence
_SEVERAL = ";"  # between statements
_ABOUT = "~"  # mark of a day of publication that is not known exactly; times of statements have none


class LeftOut(NamedTuple):
    """A part of the model that was not taken.

    :param part: `elements`, `relationships`, `views` or `other`
    :param reason: key of the reason among the words of this package
    """

    part: str
    id: str
    type: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConceptRow(SheetRow):
    """The row that a concept of a model becomes; its problems stand where the file states it.

    :param columns: column → the one place in the line at which the concept begins
    """

    @property
    def row_key(self) -> RowKey:
        """Its file, line and column: several concepts may stand on one line."""
        return self.place, self.row, self._start

    @property
    def address(self) -> str:
        """Its line and column in the file."""
        return f"{self.row}:{self._start}"

    @property
    def _start(self) -> int:
        return next(iter(self.columns.values()))

    def problem(self, column: str, flaw: Fault) -> Problem:
        """Build a problem of the concept."""
        return Problem(self.place, self.row, self._start, for_workbook(flaw))


@dataclass
class ModelRows:
    """The rows of a model, and what became of its parts.

    :param taken: part of the model → number of its concepts that became rows
    """

    reading: Reading = field(default_factory=Reading)
    taken: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(frozen=True)
class RowDefaults:
    """What holds of all rows.

    :param file: name of the model in sentences and messages
    :param status: of statements for which the model states none: name of a code; empty for the default
    """

    file: str
    status: str = ""


def model_rows(
    model: Model, passed_over: Mapping[str, int], lexicon: Lexicon, defaults: RowDefaults
) -> ModelRows:
    """Turn a model into rows.

    :param passed_over: kind of what no model of ArchiMate has → number
    :param lexicon: registers of the corpus, in which an export finds its own entities again
    """
    return _RowWriter(model, lexicon, defaults).rows(passed_over)


class _RowWriter:
    """Writes the rows of one model."""

    def __init__(self, model: Model, lexicon: Lexicon, defaults: RowDefaults) -> None:
        self.model, self.lexicon, self.defaults = model, lexicon, defaults
        self.result = ModelRows()
        self.classes: dict[str, str] = {}  # id of an element that was taken → class
        self.references: dict[str, str] = {}  # id → name or CURIE by which rows refer to it
        self.claims: set[tuple[str, ...]] = set()  # the statements of all relationships so far
        self.labels = _unique_labels(model.elements)
        self.concepts: dict[str, Concept] = {c.id: c for c in (*model.elements, *model.relationships)}

    def rows(self, passed_over: Mapping[str, int]) -> ModelRows:
        """Write the rows of all parts."""
        for element in self.model.elements:
            self._element(element)
        for link in self.model.relationships:
            self._relationship(link)
        for view in self.model.views:
            self._leave_out("views", view.id, "Diagram", _label(view.names, view.id), "no-view")
        for kind, number in passed_over.items():
            self.result.left_out += [LeftOut("other", "", kind, "", "no-archimate")] * number
        return self.result

    def _leave_out(self, part: str, concept_id: str, type_name: str, name: str, reason: str) -> None:
        self.result.left_out.append(LeftOut(part, concept_id, type_name, name, reason))

    def _add(self, kind: str, place: FilePlace, texts: Mapping[str, str]) -> None:
        file, line, start = place
        columns = {column.name: start for column in SHEETS[kind]}
        cells = {
            name: SheetCell("", line, start, text, cell_text(text))
            for name, text in texts.items()
            if text.strip()
        }
        reading = self.result.reading
        reading.records.append(ConceptRow(kind, file, "", line, cells, columns))
        reading.counts[kind] = reading.counts.get(kind, 0) + 1

    def _element(self, element: Element) -> None:
        curie, class_name = self._identity(element)
        if not class_name:
            reason = "no-class"
            self._leave_out("elements", element.id, element.type, self.labels[element.id], reason)
            return
        self.classes[element.id] = class_name
        self.references[element.id] = curie or self.labels[element.id]
        self.result.taken["elements"] += 1
        if curie and self.lexicon.register.get(curie):
            self.result.taken["known"] += 1
            return
        is_system = load_vocabulary().is_a(class_name, _SYSTEM)
        name = self.labels[element.id]
        texts = {
            "id": curie,
            ARTICLE_LANGUAGE: name,
            TRANSLATION_LANGUAGE: element.names.get(TRANSLATION_LANGUAGE, name),
            "kind": class_name,
        }
        if is_system:
            texts |= {"status": self._status(element), **self._evidence("element", element, name)}
        self._add(_SYSTEMS if is_system else _ENTITIES, element.place, texts)

    def _identity(self, element: Element) -> tuple[str, str]:
        """Return the CURIE of an element that an export wrote, and the class of its entry; empty without."""
        curie, stated = element.stated(CURIE_PROPERTY), element.stated(CLASS_PROPERTY)
        entity = self.lexicon.register.get(curie) if curie else None
        if entity:
            return curie, entity.kind
        is_foreign = not curie or curie.partition(":")[0] in self.lexicon.register.prefixes
        if stated in creatable_classes():
            return "" if is_foreign else curie, stated
        return "", "" if stated else class_of_element(element.type) or ""

    def _status(self, concept: Concept) -> str:
        stated = concept.stated(STATUS_PROPERTY)
        return stated if stated and _SEVERAL not in stated else self.defaults.status

    def _evidence(self, kind: str, concept: Concept, name: str, **values: str) -> dict[str, str]:
        """Word the sentence of evidence, in the languages of the corpus."""
        texts = {"paragraph": f"m-{short_hash(concept.id)}"}
        text = " ".join(_label(concept.documentation, "").split())
        if len(text) > _LONGEST_DOCUMENTATION:
            text = text[:_LONGEST_DOCUMENTATION].rsplit(" ", 1)[0] + "…"
        for lang, column in ((ARTICLE_LANGUAGE, "sentence"), (TRANSLATION_LANGUAGE, "sentence_en")):
            words = catalogue(__package__ or "", lang)
            key = f"evidence.{kind}_described" if text else f"evidence.{kind}"
            texts[column] = words(
                key, file=self.defaults.file, name=name, type=concept.type, text=text, **values
            )
        return texts

    def _relationship(self, link: Relationship) -> None:
        ends = [self.classes.get(end, "") for end in (link.source, link.target)]
        relation = self._relation(link, *ends) if all(ends) else None
        values = self._values(link)
        if relation is None or values is None:
            reason = "unmatched-values" if relation else "no-relation" if all(ends) else "no-ends"
            self._leave_out_relationship(link, reason)
            return
        subject, target = link.source, link.target
        if relation.is_reversed:
            subject, target = target, subject
        self.result.taken["relationships"] += 1
        ends = [self.references[subject], relation.name, self.references[target]]
        statement = dict(zip(("subject", "predicate", "object"), ends, strict=True))
        self._add_claims(link, [statement | entry for entry in values])

    def _leave_out_relationship(self, link: Relationship, reason: str) -> None:
        ends = (link.source, link.target)
        types, names = (" → ".join(map(text, ends)) for text in (self._type, self._name))
        self._leave_out("relationships", link.id, f"{link.type} ({types})", names, reason)

    def _add_claims(self, link: Relationship, claims: Iterable[dict[str, str]]) -> None:
        """Write a row for each statement that no relationship made before."""
        names = [self._name(end) for end in (link.source, link.target)]
        evidence = self._evidence("relationship", link, names[0], target=names[1])
        new_claims = {key: claim for claim in claims if (key := tuple(claim.values())) not in self.claims}
        self.result.taken["repeated"] += not new_claims
        self.claims |= new_claims.keys()
        for claim in new_claims.values():
            self._add(_CLAIMS, link.place, claim | evidence)

    def _relation(self, link: Relationship, source_class: str, target_class: str) -> Correspondence | None:
        """Return the relation that an export wrote, else the one that fits the type and both classes."""
        stated = link.stated(RELATION_PROPERTY)
        if stated in load_vocabulary().properties:
            source = self.concepts[link.source].stated(CURIE_PROPERTY)
            return Correspondence(stated, is_reversed=link.stated(SUBJECT_PROPERTY) != source)
        if link.source == link.target:
            return None
        return relation_of_relationship(link.type, source_class, target_class)

    def _values(self, link: Relationship) -> list[dict[str, str]] | None:
        """Return status, times and certainty of each statement that a relationship stands for.

        An exported statement without a time of its own holds as of the day on which its source stated it.

        :returns: ``None`` if a property has several values, but not one for each statement
        """
        count = len(link.stated(STATEMENTS_PROPERTY).split(_SEVERAL))
        texts = {column: link.stated(f"{PROPERTY_PREFIX}{name}") for column, name in _QUALIFIERS.items()}
        texts |= {"status": link.stated(STATUS_PROPERTY), "stated": link.stated(STATED_PROPERTY)}
        values = {column: values_of_text(text, count) for column, text in texts.items()}
        listed = [value for value in values.values() if value is not None]
        if len(listed) < len(values):
            return None
        return [self._dated(dict(zip(values, row, strict=True))) for row in zip(*listed, strict=True)]

    def _dated(self, values: dict[str, str]) -> dict[str, str]:
        stated = values.pop("stated").rstrip(_ABOUT)
        is_dated = any(values[column] for column in _TIMES)
        status = values["status"] or self.defaults.status
        return values | {"status": status, "asOf": values["asOf"] if is_dated else stated}

    def _name(self, concept_id: str) -> str:
        concept = self.concepts[concept_id]
        return self.labels.get(concept_id) or _label(concept.names, concept.type)

    def _type(self, concept_id: str) -> str:
        return self.concepts[concept_id].type


def _label(texts: LabelsByLanguage, without: str) -> str:
    """Return the text in the language of articles, else the first."""
    return texts.get(ARTICLE_LANGUAGE) or next(iter(texts.values()), without)


def _unique_labels(elements: Iterable[Element]) -> dict[str, str]:
    """Return the label of each element; labels that several share get their identifier."""
    labels = {element.id: cell_text(_label(element.names, element.id)) for element in elements}
    counts = Counter(map(spelling, labels.values()))
    return {
        concept_id: f"{label} ({concept_id})" if counts[spelling(label)] > 1 else label
        for concept_id, label in labels.items()
    }
