"""WebAnno TSV 3: one line a token, with the features of spans and relations in columns that the head defines.

Offsets count UTF-16 units. The format: appendix B of the user guide of WebAnno 3.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .decoding import text_of
from .layers import meaning, short_name
from .model import SOURCE, TARGET, AnnotatedSpan, AnnotatedText, AnnotationReading, Relation
from .offsets import Utf16Offsets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .model import Argument, Files, TextPlace

ENDING = ".tsv"
_HEAD = "#FORMAT=WebAnno TSV 3"
_LAYER = re.compile(r"#T_(SP|RL|CH)=([^|]*)\|?(.*)")
_SPANS, _RELATIONS, _CHAINS = "SP", "RL", "CH"
_BASE, _ROLE = "BT_", "ROLE_"
_TEXT = "#Text="
_STRANGE = re.compile(r"\s*[^#\s]")  # neither empty nor a comment
_ROW = re.compile(r"(\d+-\d+(?:\.\d+)?)\t(\d+)-(\d+)\t([^\t]*)(?:\t(.*))?")
_REFERENCE = re.compile(r"(\d+-\d+(?:\.\d+)?)(?:\[(\d+)(?:_(\d+))?\])?")
_LINK_OF_CHAIN = re.compile(r"(.*)->(\d+)-(\d+)", re.DOTALL)
_NUMBERED = re.compile(r"(.*?)(?<!\\)\[(\d+)\]", re.DOTALL)
_UNSET, _NO_VALUE, _NO_NUMBER = "_", "*", "0"
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CONTROL = {"t": "\t", "n": "\n", "r": "\r"}
_TOKEN = "Token"


class LayerColumns(NamedTuple):
    """A layer as the head of a file defines it; `features` are its columns."""

    kind: str
    name: str
    features: tuple[str, ...]


class TokenRow(NamedTuple):
    """A token or a part of one; `start` and `end` count UTF-16 units."""

    unit: str
    start: int
    end: int
    text: str
    cells: tuple[str, ...]
    line: int


@dataclass
class _Stretch:
    """An annotation of a layer while its rows are being read."""

    layer: LayerColumns
    unit: str
    number: str
    cells: tuple[str, ...]
    start: int
    end: int
    line: int
    id: str = ""


@dataclass
class _Table:
    """What the rows of a file say; stretches by layer, and by the row on which they begin."""

    layers: list[LayerColumns] = field(default_factory=list)
    rows: list[TokenRow] = field(default_factory=list)
    sentences: list[tuple[str, int]] = field(default_factory=list)  # text, index of the first row
    stretches: list[_Stretch] = field(default_factory=list)
    starting: dict[tuple[str, str], list[_Stretch]] = field(default_factory=lambda: defaultdict(list))

    def begin_sentence(self, lines: list[str]) -> None:
        """Begin a sentence with the next row if lines of its text were read; they are used up."""
        if lines:
            self.sentences.append(("\n".join(lines), len(self.rows)))
            lines.clear()


def read(name: str, files: Files, file: str) -> AnnotationReading:
    """Read one document.

    :param name: name of the file
    :param file: the same as messages call it
    """
    reading = AnnotationReading(file)
    content = text_of(files.get(name), reading)
    if content is None:
        return reading
    content = content.removeprefix("\ufeff")
    if not content.startswith(_HEAD):
        reading.report(1, "KG120.other-version", version=content.split("\n", 1)[0][:60], known=_HEAD)
        return reading
    table = _Table()
    _read_rows(content, table, reading)
    if reading.problems:
        return reading
    text = _text(table)
    _check_tokens(table, text, reading)
    _read_annotations(table)
    if not reading.problems:
        _Document(name.removesuffix(ENDING), text, table, reading).add()
    return reading


def _read_rows(content: str, table: _Table, reading: AnnotationReading) -> None:
    sentence: list[str] = []
    for number, line in enumerate(re.split(r"\r?\n", content), 1):
        if layer := _LAYER.fullmatch(line):
            table.layers.append(LayerColumns(layer[1], layer[2], tuple(layer[3].split("|"))))
        elif line.startswith(_TEXT):
            sentence.append(_unescaped(line.removeprefix(_TEXT)))
        elif row := _ROW.fullmatch(line):
            table.begin_sentence(sentence)
            table.rows.append(_row(row, number, table, reading))
        elif _STRANGE.match(line):
            reading.report(number, "KG120.malformed-line", text=line[:60])


def _row(match: re.Match[str], number: int, table: _Table, reading: AnnotationReading) -> TokenRow:
    unit, start, end, words, cells = match.groups("")
    columns = sum(len(layer.features) for layer in table.layers)
    content = cells.removesuffix("\t").split("\t") if cells else []
    if len(content) != columns:
        reading.report(number, "KG120.columns", count=len(content), expected=columns)
    return TokenRow(unit, int(start), int(end), _unescaped(words), tuple(content), number)


def _text(table: _Table) -> str:
    """Rebuild the text: sentences at their offsets, with line ends between them."""
    pieces: list[str] = []
    units = 0
    for text, index in table.sentences:
        row = table.rows[index]
        start = row.start - len(text[: max(0, text.find(row.text))].encode("utf-16-le")) // 2
        pieces.append("\n" * (start - units) + text)
        units = max(start, units) + len(text.encode("utf-16-le")) // 2
    return "".join(pieces)


def _check_tokens(table: _Table, text: str, reading: AnnotationReading) -> None:
    offsets = Utf16Offsets(text)
    for row in table.rows:
        there = text[offsets.to_code_points(row.start) : offsets.to_code_points(row.end)]
        if there != row.text:
            reading.report(row.line, "KG121.other-words", id=row.unit, words=there[:60], stated=row.text[:60])


def _read_annotations(table: _Table) -> None:
    """Gather the annotations of every row; those with a number go on over several rows."""
    numbered: dict[tuple[str, str], _Stretch] = {}
    for row in table.rows:
        column = 0
        for layer in table.layers:
            cells = row.cells[column : column + len(layer.features)]
            column += len(layer.features)
            if layer.kind != _RELATIONS and any(cell != _UNSET for cell in cells):
                _read_stack(layer, cells, row, (table, numbered))


def _read_stack(
    layer: LayerColumns,
    cells: Sequence[str],
    row: TokenRow,
    context: tuple[_Table, dict[tuple[str, str], _Stretch]],
) -> None:
    table, numbered = context
    stacks = [_split(cell) for cell in cells]
    for position in range(max(map(len, stacks))):
        values = tuple(stack[position] if position < len(stack) else _UNSET for stack in stacks)
        number = _number(layer, values)
        stretch = numbered.get((layer.name, number)) if number else None
        if stretch:
            stretch.end = max(stretch.end, row.end)
        else:
            stretch = _Stretch(layer, row.unit, number, values, row.start, row.end, row.line)
            stretch.id = f"{short_name(layer.name)}-{len(table.stretches) + 1}"
            table.stretches.append(stretch)
            table.starting[layer.name, row.unit].append(stretch)
            if number:
                numbered[layer.name, number] = stretch


def _number(layer: LayerColumns, cells: Sequence[str]) -> str:
    """Return the number that an annotation bears on all its rows; of a chain, those of chain and element."""
    if layer.kind == _CHAINS and (link := _LINK_OF_CHAIN.fullmatch(cells[0])):
        return f"{link[2]}-{link[3]}"
    return next((match[2] for cell in cells if (match := _NUMBERED.fullmatch(cell))), "")


class _Document:
    """The document that a table describes, in the making."""

    def __init__(self, name: str, text: str, table: _Table, reading: AnnotationReading) -> None:
        self.name, self.text, self.table, self.reading = name, text, table, reading
        self.offsets = Utf16Offsets(text)
        self.spans: dict[str, AnnotatedSpan] = {}
        self.relations: list[Relation] = []
        self.empty: set[str] = set()  # ids of annotations between two characters

    def add(self) -> None:
        ids: set[str] = set()
        for stretch in self.table.stretches:
            self._add_span(stretch, ids)
        self._add_chains()
        for stretch in self.table.stretches:
            self._add_slots(stretch)
        for row in self.table.rows:
            self._add_relations(row)
        relations = tuple(relation for relation in self.relations if self._is_whole(relation))
        spans = tuple(self.spans.values())
        self.reading.add(AnnotatedText(self.name, self.text, spans, relations, self.reading.file))

    def _is_whole(self, relation: Relation) -> bool:
        """Tell whether a relation joins spans that hold words; count the others."""
        is_whole = not any(target in self.empty for _, target in relation.arguments)
        if not is_whole:
            self.reading.passed_over[f"{relation.label} (0)"] += 1
        return is_whole

    def _place(self, start: int, end: int) -> TextPlace:
        return self.offsets.to_code_points(start), self.offsets.to_code_points(end)

    def _add_span(self, stretch: _Stretch, ids: set[str]) -> None:
        if stretch.start == stretch.end:
            self.reading.passed_over[f"{short_name(stretch.layer.name)} (0)"] += 1
            self.empty.add(stretch.id)
            return
        label, link, attributes = meaning(stretch.layer.name, _features(stretch))
        place = self._place(stretch.start, stretch.end)
        layer = short_name(stretch.layer.name)
        span = AnnotatedSpan(stretch.id, (place,), label, layer, link, attributes, stretch.line)
        if self.reading.is_usable(span, len(self.text), ids):
            self.spans[span.id] = span

    def _add_chains(self) -> None:
        """Make the links of chains into relations from each element to the next one."""
        chains: dict[tuple[str, str], list[tuple[int, str, _Stretch]]] = defaultdict(list)
        for stretch in self.table.stretches:
            match = _LINK_OF_CHAIN.fullmatch(_bare(stretch.cells[0]))
            if stretch.layer.kind == _CHAINS and match:
                chains[stretch.layer.name, match[2]].append((int(match[3]), match[1], stretch))
        for (layer, _), elements in chains.items():
            elements.sort(key=lambda element: element[0])
            for (_, word, stretch), (_, _, following) in pairwise(elements):
                label = short_name(layer) if word == _NO_VALUE else _unescaped(word)
                self._relate(label, ((SOURCE, stretch.id), (TARGET, following.id)), {}, stretch.line)

    def _add_slots(self, stretch: _Stretch) -> None:
        """Make a span with slots into an event, of which it is the trigger."""
        arguments: list[Argument] = []
        for index, feature in enumerate(stretch.layer.features):
            if feature.startswith(_ROLE) and stretch.cells[index + 1] != _NO_VALUE:
                filler = stretch.layer.features[index + 1]
                roles = _split(_bare(stretch.cells[index]), ";")
                targets = _split(stretch.cells[index + 1], ";")
                for role, reference in zip(roles, targets, strict=False):
                    target = self._referred(reference, filler)
                    arguments.append((_unescaped(role), target or reference))
        if arguments and stretch.id not in self.empty:
            members = (("", stretch.id), *arguments)
            label = self.spans[stretch.id].label
            self._relate(label, members, {}, stretch.line, trigger=stretch.id)

    def _add_relations(self, row: TokenRow) -> None:
        column = 0
        for layer in self.table.layers:
            cells = row.cells[column : column + len(layer.features)]
            column += len(layer.features)
            if layer.kind == _RELATIONS and cells[-1] != _UNSET:
                stacks = [_split(cell) for cell in cells]
                for values in zip(*stacks, strict=False):
                    self._add_relation(layer, values, row)

    def _add_relation(self, layer: LayerColumns, values: Sequence[str], row: TokenRow) -> None:
        base = layer.features[-1].removeprefix(_BASE)
        match = _REFERENCE.fullmatch(values[-1])
        source = self._referred(values[-1], base)
        own_reference = f"{row.unit}[{match[3]}]" if match and match[3] else row.unit
        target = self._referred(own_reference, base)
        features = _set_features(layer.features[:-1], values[:-1])
        label, _, attributes = meaning(layer.name, features)
        ends = ((SOURCE, source or values[-1]), (TARGET, target or own_reference))
        self._relate(label, ends, attributes, row.line)

    def _relate(
        self,
        label: str,
        arguments: tuple[Argument, ...],
        attributes: Mapping[str, str],
        line: int,
        *,
        trigger: str = "",
    ) -> None:
        identifier = f"R{len(self.relations) + 1}"
        self.relations.append(Relation(identifier, label, arguments, attributes, trigger, line))

    def _referred(self, reference: str, layer: str) -> str:
        """Return the id of the annotation of a layer to which a reference leads; empty if there is none."""
        match = _REFERENCE.fullmatch(reference)
        if not match:
            return ""
        unit, number = match[1], match[2] or _NO_NUMBER
        candidates = self.table.starting.get((layer, unit), [])
        if number != _NO_NUMBER:
            candidates = [stretch for stretch in candidates if stretch.number == number]
        if candidates:
            return candidates[0].id
        return self._token(unit) if short_name(layer) == _TOKEN else self._anywhere(unit, number)

    def _anywhere(self, unit: str, number: str) -> str:
        """Return the id of an annotation of any layer that starts on a row."""
        for (_, row), stretches in self.table.starting.items():
            if row == unit:
                fitting = [s for s in stretches if number in {_NO_NUMBER, s.number}]
                if fitting:
                    return fitting[0].id
        return ""

    def _token(self, unit: str) -> str:
        """Return the id of a token, which becomes a span when a relation leads to it."""
        row = next((row for row in self.table.rows if row.unit == unit), None)
        if row is None:
            return ""
        identifier = f"{_TOKEN}-{unit}"
        place = self._place(row.start, row.end)
        self.spans.setdefault(identifier, AnnotatedSpan(identifier, (place,), _TOKEN, line=row.line))
        return identifier


def _features(stretch: _Stretch) -> dict[str, str]:
    """Return the features of a span that have a value, slots aside."""
    features = stretch.layer.features
    plain = [
        index
        for index, feature in enumerate(features)
        if not feature.startswith(_ROLE) and not (index and features[index - 1].startswith(_ROLE))
    ]
    cells = [_bare(stretch.cells[index]) for index in plain]
    if stretch.layer.kind == _CHAINS:
        return _set_features([*stretch.layer.features[1:]], cells[1:])
    return _set_features([features[index] for index in plain], cells)


def _set_features(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    values = zip(names, map(_bare, cells), strict=True)
    return {name: _unescaped(cell) for name, cell in values if name and cell not in {_UNSET, _NO_VALUE}}


def _bare(cell: str) -> str:
    """Return a cell without the number that tells stacked annotations apart."""
    match = _NUMBERED.fullmatch(cell)
    return match[1] if match else cell


def _split(cell: str, sign: str = "|") -> list[str]:
    r"""Split a cell at a sign that is not escaped.

    >>> _split(r"a\|b|c")
    ['a\\|b', 'c']
    """
    return [match[0] for match in re.finditer(rf"(?:\\.|[^\\{re.escape(sign)}])+", cell, re.DOTALL)]


def _unescaped(cell: str) -> str:
    return _ESCAPED.sub(lambda match: _CONTROL.get(match[1], match[1]), cell)
