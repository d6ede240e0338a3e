"""Writing of UIMA CAS as XMI with its type system, in the types that INCEpTION has."""

from __future__ import annotations

import keyword
from collections import defaultdict
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from .layers import ENTITY_LAYER, LABEL, LINK, RELATION_LAYER, layer_name, short_name
from .offsets import Utf16Offsets, sentence_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .model import AnnotatedSpan, AnnotatedText

_SEGMENTS = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
_SENTENCE, _TOKEN = f"{_SEGMENTS}.Sentence", f"{_SEGMENTS}.Token"
_ANNOTATION, _STRING = "uima.tcas.Annotation", "uima.cas.String"
_GOVERNOR, _DEPENDENT, _LABEL = "Governor", "Dependent", "label"
_SOFA_ID = "1"


def write(texts: Iterable[AnnotatedText]) -> dict[str, bytes]:
    """Write one file a document, and the type system that all of them share."""
    documents = [*texts]
    files = {f"{text.name}.xmi": _document(text).encode() for text in documents}
    return {"TypeSystem.xml": _type_system(documents).encode(), **files}


def _document(text: AnnotatedText) -> str:
    offsets = Utf16Offsets(text.text)
    elements: list[tuple[str, dict[str, str]]] = []
    for tokens in sentence_tokens(text):
        elements.append((_SENTENCE, _place(offsets, tokens[0][0], tokens[-1][1])))
        elements += [(_TOKEN, _place(offsets, *token)) for token in tokens]
    ids: dict[str, str] = {}
    for span in text.spans:
        ids[span.id] = str(len(elements) + 2)
        place = _place(offsets, span.start, span.end)
        elements.append((layer_name(span.layer), {**place, **_features(span)}))
    spans = {span.id: span for span in text.spans}
    for relation in text.relations:
        source, target = (identifier for _, identifier in relation.arguments)
        features = {_GOVERNOR: ids[source], _DEPENDENT: ids[target], _LABEL: relation.label}
        place = _place(offsets, spans[target].start, spans[target].end)
        elements.append((RELATION_LAYER, {**place, **features, **_named(relation.attributes)}))
    return "\n".join(_lines(text.text, elements))


def _place(offsets: Utf16Offsets, start: int, end: int) -> dict[str, str]:
    return {"begin": str(offsets.to_units(start)), "end": str(offsets.to_units(end))}


def _named(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return attributes as features; words of Python get a low line, since its libraries fail on them.

    >>> _named({"from": "2021", "by": "2022"})
    {'from_': '2021', 'by': '2022'}
    """
    return {f"{name}_" if keyword.iskeyword(name) else name: value for name, value in attributes.items()}


def _features(span: AnnotatedSpan) -> dict[str, str]:
    features = _named(span.attributes)
    if span.link:
        features[LINK] = span.link
    if span.label != short_name(layer_name(span.layer)):
        features[LABEL] = span.label
    return features


def _lines(text: str, elements: Sequence[tuple[str, Mapping[str, str]]]) -> Iterator[str]:
    packages = {name.rpartition(".")[0] for name, _ in elements}
    prefixes = {package: f"p{number}" for number, package in enumerate(sorted(packages), 1)}
    spaces = "".join(
        f' xmlns:{prefix}="http:///{package.replace(".", "/")}.ecore"' for package, prefix in prefixes.items()
    )
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
        f'{spaces} xmi:version="2.0">'
    )
    yield '<cas:NULL xmi:id="0"/>'
    for number, (name, features) in enumerate(elements, 2):
        package, _, local = name.rpartition(".")
        attributes = "".join(f" {key}={quoteattr(value)}" for key, value in features.items())
        yield f'<{prefixes[package]}:{local} xmi:id="{number}" sofa="{_SOFA_ID}"{attributes}/>'
    sofa = f'sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString={quoteattr(text)}'
    yield f'<cas:Sofa xmi:id="{_SOFA_ID}" {sofa}/>'
    members = " ".join(str(number) for number, _ in enumerate(elements, 2))
    yield f'<cas:View sofa="{_SOFA_ID}" members="{members}"/>'
    yield "</xmi:XMI>\n"


def _type_system(texts: Sequence[AnnotatedText]) -> str:
    features: dict[str, dict[str, str]] = defaultdict(dict)
    features[_SENTENCE], features[_TOKEN] = {}, {}
    features[ENTITY_LAYER] = dict.fromkeys((LABEL, LINK), _STRING)
    features[RELATION_LAYER] = {_GOVERNOR: _ANNOTATION, _DEPENDENT: _ANNOTATION, _LABEL: _STRING}
    for text in texts:
        for span in text.spans:
            features[layer_name(span.layer)] |= dict.fromkeys(_features(span), _STRING)
        for relation in text.relations:
            features[RELATION_LAYER] |= dict.fromkeys(_named(relation.attributes), _STRING)
    types = "".join(_type(name, features[name]) for name in sorted(features))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n'
        f"<types>\n{types}</types>\n</typeSystemDescription>\n"
    )


def _type(name: str, features: Mapping[str, str]) -> str:
    rows = "".join(
        f"<featureDescription><name>{escape(feature)}</name><description/>"
        f"<rangeTypeName>{kind}</rangeTypeName></featureDescription>\n"
        for feature, kind in sorted(features.items())
    )
    return (
        f"<typeDescription><name>{name}</name><description/>"
        f"<supertypeName>{_ANNOTATION}</supertypeName>\n<features>\n{rows}</features></typeDescription>\n"
    )
