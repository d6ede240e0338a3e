"""UIMA CAS as INCEpTION and other tools write it: XMI, or JSON CAS; offsets count UTF-16 units.

What a file says is enough to read it: references are followed by the names that DKPro Core and INCEpTION use
(`Governor` and `Dependent` of relations, `role` and `target` of slots, `next` of chains), so that no type
system is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from ...problems import Problem
from ..faults.messages import fault
from .decoding import json_of, records, text_of, without_declarations
from .layers import meaning, short_name
from .model import SOURCE, TARGET, AnnotatedSpan, AnnotatedText, AnnotationReading, Relation
from .offsets import Utf16Offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .decoding import JsonValue
    from .model import Argument, Files

ENDINGS = (".xmi", ".json")
_NO_ANNOTATION = frozenset(
    {"Token", "Sentence", "DocumentMetaData", "DocumentAnnotation", "CASMetadata", "TagsetDescription"}
)
_SOFA, _GOVERNOR, _DEPENDENT, _NEXT, _ROLE, _TARGET = (
    "Sofa", "Governor", "Dependent", "next", "role", "target",
)  # fmt: skip
_FIXED = frozenset({"begin", "end", "sofa", _GOVERNOR, _DEPENDENT, _NEXT, "id"})
_ECORE = re.compile(r"http:///(.*?)\.ecore (\w+)")
_XMI_ID = "http://www.omg.org/XMI id"
_ID = re.compile(r'"%ID"\s*:\s*(\d+)')


@dataclass
class Structure:
    """A feature structure; references are ids, several of them parted by blanks."""

    id: str
    type: str
    features: dict[str, str] = field(default_factory=dict)
    line: int = 1

    @property
    def has_place(self) -> bool:
        """Whether it stands at a place of the text."""
        return "begin" in self.features and "end" in self.features


def read(name: str, files: Files, file: str) -> AnnotationReading:
    """Read the texts of one file, as a rule one.

    :param name: name of the file
    :param file: the same as messages call it
    """
    reading = AnnotationReading(file)
    data = files.get(name)
    content = text_of(data, reading)
    if content is None or data is None:
        return reading
    if content.lstrip("\ufeff \t\r\n").startswith("<"):
        structures = _xmi_structures(data, reading) if without_declarations(data, reading) else []
    else:
        structures = _json_structures(content, reading)
    stem = re.sub(r"\.(xmi|json)$", "", name)
    if structures and not reading.problems:
        _add_texts(stem, structures, reading)
    return reading


# the two notations ---------------------------------------------------------------------------------------


class _XmiHandler:
    """Gathers the feature structures of an XMI file while it is parsed."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.structures: list[Structure] = []
        self._open_names: list[str] = []
        self._parser = parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.buffer_text = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open_names.append(name)
        if match := _ECORE.fullmatch(name):
            type_name = f"{match[1].replace('/', '.')}.{match[2]}".lstrip(".")
            features = {key: value for key, value in attributes.items() if key != _XMI_ID}
            line = self._parser.CurrentLineNumber
            self.structures.append(Structure(attributes.get(_XMI_ID, ""), type_name, features, line))

    def _end(self, name: str) -> None:
        self._open_names.pop()

    def _characters(self, text: str) -> None:
        """Add the text of an element to the structure in which it stands: a value of a list."""
        name = self._open_names[-1] if self._open_names else ""
        if self.structures and text.strip() and not _ECORE.fullmatch(name):
            features = self.structures[-1].features
            features[name] = f"{features.get(name, '')} {text}".strip()


def _xmi_structures(data: bytes, reading: AnnotationReading) -> list[Structure]:
    parser = expat.ParserCreate(namespace_separator=" ")
    handler = _XmiHandler(parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        flaw = fault("KG120.no-xml")
        reading.problems.append(Problem(reading.file, error.lineno, error.offset + 1, flaw))
        return []
    if not any(short_name(structure.type) == _SOFA for structure in handler.structures):
        reading.report(1, "KG120.no-cas")
    return handler.structures


def _json_structures(content: str, reading: AnnotationReading) -> list[Structure]:
    root = json_of(content, reading)
    if reading.problems:
        return []
    listed = root.get("%FEATURE_STRUCTURES") if isinstance(root, dict) else None
    if not isinstance(listed, list):
        reading.report(1, "KG120.no-cas")
        return []
    lines: dict[str, int] = {}
    line, last = 1, 0
    for match in _ID.finditer(content):
        line += content.count("\n", last, match.start())
        last = match.start()
        lines.setdefault(match[1], line)
    members = {str(item["%ID"]): item["%ELEMENTS"] for item in records(listed) if "%ELEMENTS" in item}
    return [_json_structure(item, members, lines) for item in records(listed)]


def _json_structure(
    item: dict[str, JsonValue], members: Mapping[str, JsonValue], lines: Mapping[str, int]
) -> Structure:
    identifier = str(item.get("%ID", ""))
    structure = Structure(identifier, str(item.get("%TYPE", "")), line=lines.get(identifier, 1))
    for name, value in item.items():
        if name.startswith(("%", "^", "#")) or value is None:
            continue
        elements = members.get(str(value)) if name.startswith("@") else value
        value = value if elements is None else elements
        text = " ".join(map(str, value)) if isinstance(value, list) else _json_text(value)
        structure.features[name.removeprefix("@")] = text
    return structure


def _json_text(value: JsonValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# the model -----------------------------------------------------------------------------------------------


def _add_texts(stem: str, structures: Sequence[Structure], reading: AnnotationReading) -> None:
    by_id = {structure.id: structure for structure in structures}
    sofas = [s for s in structures if short_name(s.type) == _SOFA and s.features.get("sofaString")]
    if not sofas:
        reading.report(1, "KG120.no-text")
    for sofa in sofas:
        structures_of_view = [s for s in structures if s.features.get("sofa") == sofa.id]
        name = stem if len(sofas) == 1 else f"{stem}-{sofa.features.get('sofaID', sofa.id)}"
        _View(sofa.features["sofaString"], structures_of_view, by_id, reading).add(name)


class _View:
    """One text of a CAS in the making."""

    def __init__(
        self,
        text: str,
        structures_of_view: Sequence[Structure],
        by_id: Mapping[str, Structure],
        reading: AnnotationReading,
    ) -> None:
        self.text, self.structures_of_view, self.by_id, self.reading = (
            text,
            structures_of_view,
            by_id,
            reading,
        )
        self.offsets = Utf16Offsets(text)
        self.spans: dict[str, AnnotatedSpan] = {}
        self.empty: set[str] = set()
        self.relations: list[Relation] = []

    def add(self, name: str) -> None:
        annotations = [
            s for s in self.structures_of_view if s.has_place and short_name(s.type) not in _NO_ANNOTATION
        ]
        relations = [s for s in annotations if _GOVERNOR in s.features or _DEPENDENT in s.features]
        relation_ids = {structure.id for structure in relations}
        ids: set[str] = set()
        for structure in annotations:
            if structure.id not in relation_ids:
                self._add_span(structure, ids)
        for structure in annotations:
            self._add_slots(structure)
            if _NEXT in structure.features:
                word = structure.features.get("referenceRelation") or short_name(structure.type)
                self._relate(structure, word, structure.id, structure.features[_NEXT], {})
        for structure in relations:
            label, _, attributes = meaning(structure.type, _plain(structure, self.by_id))
            source, target = (structure.features.get(key, "") for key in (_GOVERNOR, _DEPENDENT))
            self._relate(structure, label, source, target, attributes)
        spans = tuple(self.spans.values())
        self.reading.add(AnnotatedText(name, self.text, spans, tuple(self.relations), self.reading.file))

    def _add_span(self, structure: Structure, ids: set[str]) -> None:
        begin, end = (_whole_number(structure.features[key]) for key in ("begin", "end"))
        if begin == end:
            self.reading.passed_over[f"{short_name(structure.type)} (0)"] += 1
            self.empty.add(structure.id)
            return
        is_segment = short_name(structure.type) in _NO_ANNOTATION
        features = {} if is_segment else _plain(structure, self.by_id)
        label, link, attributes = meaning(structure.type, features)
        place = self.offsets.to_code_points(begin), self.offsets.to_code_points(end)
        layer = short_name(structure.type)
        span = AnnotatedSpan(structure.id, (place,), label, layer, link, attributes, structure.line)
        if self.reading.is_usable(span, len(self.text), ids):
            self.spans[span.id] = span

    def _add_slots(self, structure: Structure) -> None:
        """Make a span with slots into an event, of which it is the trigger."""
        arguments: list[Argument] = [
            (link.features.get(_ROLE, ""), self._token(link.features.get(_TARGET, "")))
            for value in structure.features.values()
            for link in _links(value, self.by_id)
        ]
        members = (("", structure.id), *arguments)
        if not arguments or structure.id not in self.spans:
            return
        if self.empty & {target for _, target in arguments}:
            self.reading.passed_over[f"{short_name(structure.type)} (0)"] += 1
            return
        label = self.spans[structure.id].label
        identifier = f"R{len(self.relations) + 1}"
        self.relations.append(Relation(identifier, label, members, {}, structure.id, structure.line))

    def _relate(
        self, structure: Structure, label: str, source: str, target: str, attributes: Mapping[str, str]
    ) -> None:
        if {source, target} & self.empty:
            self.reading.passed_over[f"{label} (0)"] += 1
            return
        ends = ((SOURCE, self._token(source)), (TARGET, self._token(target)))
        identifier = f"R{len(self.relations) + 1}"
        self.relations.append(Relation(identifier, label, ends, attributes, line=structure.line))

    def _token(self, identifier: str) -> str:
        """Return an id; a token becomes a span when a relation leads to it."""
        structure = self.by_id.get(identifier)
        if structure and identifier not in self.spans and short_name(structure.type) in _NO_ANNOTATION:
            self._add_span(structure, {*self.spans})
        return identifier


def _whole_number(text: str) -> int:
    return int(text) if text.isdecimal() else -1


def _links(value: str, by_id: Mapping[str, Structure]) -> Iterator[Structure]:
    """Yield the slots to which a feature refers; nothing if it is a plain value."""
    for identifier in value.split():
        link = by_id.get(identifier)
        if link and _TARGET in link.features and not link.has_place:
            yield link


def _plain(structure: Structure, by_id: Mapping[str, Structure]) -> dict[str, str]:
    """Return the features of an annotation that are values of its own."""
    return {
        name.rstrip("_"): value
        for name, value in structure.features.items()
        if name not in _FIXED and value and not any(_links(value, by_id)) and not name.startswith("http")
    }
