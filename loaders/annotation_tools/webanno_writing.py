"""Writing of WebAnno TSV 3.3: spans as named entities, which INCEpTION has, relations in a custom layer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from .layers import LABEL, LINK, RELATION_LAYER, layer_name, short_name
from .offsets import Utf16Offsets, sentence_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .model import AnnotatedSpan, AnnotatedText, Relation, TextPlace

_RESERVED = re.compile(r"[\\\[\]|_;*]|->")
_CONTROL = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_UNSET, _NO_VALUE, _LABEL = "_", "*", "label"


class _Columns(NamedTuple):
    """The columns of one layer of spans: all features that a document uses."""

    layer: str
    features: tuple[str, ...]


def write(texts: Iterable[AnnotatedText]) -> dict[str, bytes]:
    """Write one file a document."""
    return {f"{text.name}.tsv": "\n".join(_Sheet(text).lines()).encode() for text in texts}


class _Sheet:
    """One document in the making."""

    def __init__(self, text: AnnotatedText) -> None:
        self.text = text
        self.sentences = [*sentence_tokens(text)]
        self.units = {
            place: f"{number}-{position}"
            for number, tokens in enumerate(self.sentences, 1)
            for position, place in enumerate(tokens, 1)
        }
        self.covering: dict[TextPlace, list[AnnotatedSpan]] = defaultdict(list)
        self.first_units: dict[str, str] = {}  # id of a span → its first token
        self.layers = _layers(text)
        self._cover()
        self.numbers = self._numbers()
        self.spans = {span.id: span for span in text.spans}
        self.incoming: dict[str, list[Relation]] = defaultdict(list)  # id of a span → relations to it
        for relation in text.relations:
            self.incoming[_target(relation)].append(relation)
        self.bases = sorted({layer_name(self.spans[target].layer) for target in self.incoming})
        self.relation_features = {base: self._relation_features(base) for base in self.bases}

    def lines(self) -> Iterator[str]:
        """Yield the lines of the file."""
        yield "#FORMAT=WebAnno TSV 3.3"
        for columns in self.layers:
            yield f"#T_SP={columns.layer}|{'|'.join(columns.features)}"
        for base in self.bases:
            yield f"#T_RL={'|'.join([RELATION_LAYER, *self.relation_features[base], f'BT_{base}'])}"
        yield ""
        offsets = Utf16Offsets(self.text.text)
        for tokens in self.sentences:
            yield ""
            words = self.text.text[tokens[0][0] : tokens[-1][1]]
            yield f"#Text={_escaped_text(words)}"
            for place in tokens:
                start, end = map(offsets.to_units, place)
                token = self.text.text[slice(*place)]
                yield "\t".join([self.units[place], f"{start}-{end}", token, *self._cells(place), ""])
        yield ""

    def _cover(self) -> None:
        """Find the tokens of each span, in one walk over both."""
        places = sorted(self.units)
        starts = [start for start, _ in places]
        for span in self.text.spans:
            position = bisect_left(starts, span.start)
            self.first_units[span.id] = self.units[places[position]] if position < len(places) else ""
            while position < len(places) and places[position][0] < span.end:
                self.covering[places[position]].append(span)
                position += 1

    def _numbers(self) -> dict[str, int]:
        """Number the spans of several tokens and those that share one."""
        numbered: dict[str, None] = {}
        tokens: dict[str, int] = defaultdict(int)
        for spans in self.covering.values():
            by_layer: dict[str, list[str]] = defaultdict(list)
            for span in spans:
                tokens[span.id] += 1
                by_layer[span.layer].append(span.id)
            shared = [identifier for group in by_layer.values() if len(group) > 1 for identifier in group]
            numbered |= dict.fromkeys(shared)
        several = [span.id for span in self.text.spans if tokens[span.id] > 1 or span.id in numbered]
        return dict(zip(several, count(1), strict=False))

    def _cells(self, place: TextPlace) -> Iterator[str]:
        spans = self.covering.get(place, [])
        for columns in self.layers:
            fitting = [span for span in spans if layer_name(span.layer) == columns.layer]
            for feature in columns.features:
                cells = [self._numbered(_feature(span, feature), span.id) for span in fitting]
                yield "|".join(cells) or _UNSET
        for base in self.bases:
            yield from self._relation_cells(place, base)

    def _numbered(self, cell: str, span: str) -> str:
        return f"{cell}[{self.numbers[span]}]" if span in self.numbers else cell

    def _relation_features(self, base: str) -> tuple[str, ...]:
        names = {name for relation in self._relations(base) for name in relation.attributes}
        return (*sorted(names), _LABEL)

    def _relations(self, base: str) -> list[Relation]:
        return [r for r in self.text.relations if layer_name(self.spans[_target(r)].layer) == base]

    def _relation_cells(self, place: TextPlace, base: str) -> Iterator[str]:
        """Yield the cells of the relations whose target starts at a token."""
        targets = [
            span
            for span in self.covering.get(place, [])
            if span.start == place[0] and layer_name(span.layer) == base
        ]
        relations = [relation for span in targets for relation in self.incoming.get(span.id, ())]
        for feature in self.relation_features[base]:
            values = [
                relation.label if feature == _LABEL else relation.attributes.get(feature, "")
                for relation in relations
            ]
            yield "|".join(_escaped(value) or _NO_VALUE for value in values) or _UNSET
        yield "|".join(self._reference(relation) for relation in relations) or _UNSET

    def _reference(self, relation: Relation) -> str:
        ends = relation.arguments[0][1], relation.arguments[1][1]
        numbers = [self.numbers.get(end, 0) for end in ends]
        return self.first_units[ends[0]] + (f"[{numbers[0]}_{numbers[1]}]" if any(numbers) else "")


def _target(relation: Relation) -> str:
    return relation.arguments[1][1]


def _layers(text: AnnotatedText) -> list[_Columns]:
    features: dict[str, set[str]] = defaultdict(set)
    for span in text.spans:
        layer = layer_name(span.layer)
        features[layer] |= {*span.attributes}
        if span.link:
            features[layer].add(LINK)
        if span.label != short_name(layer):
            features[layer].add(LABEL)
    return [_Columns(layer, tuple(sorted(names)) or (LABEL,)) for layer, names in sorted(features.items())]


def _feature(span: AnnotatedSpan, feature: str) -> str:
    is_named_by_layer = span.label == short_name(layer_name(span.layer))
    values: Mapping[str, str] = {
        **span.attributes,
        LINK: span.link,
        LABEL: "" if is_named_by_layer else span.label,
    }
    return _escaped(values.get(feature, "")) or _NO_VALUE


def _escaped(value: str) -> str:
    r"""Escape the signs that have a meaning in cells.

    >>> _escaped("a_b|c")
    'a\\_b\\|c'
    """
    escaped = _RESERVED.sub(lambda match: f"\\{match[0]}", value)
    return "".join(_CONTROL.get(character, character) for character in escaped)


def _escaped_text(words: str) -> str:
    return words.replace("\\", "\\\\").replace("\t", "\\t")
