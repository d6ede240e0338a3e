"""From statements to N-Quads: the lossless record of one source, in the order of its lines.

Each source gives two texts: what it says, in a graph of its own, and the plain edges that follow from its
claims. An edge follows only from a claim that is asserted, whose status says that it holds, and that is more
than a guess (`certainty: low` marks what the annotator only infers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from ...graph.names import (
    CODE,
    EDTF,
    EGOV,
    GRAPH_EDGES,
    GRAPH_REGISTER,
    ID,
    OWL,
    RDF_TYPE,
    RDFS,
    SKOS,
    XSD,
    article_graph,
)
from ...ontology.qualifiers import Certainty, FigureKind, Polarity
from ...ontology.references import shipped_components
from ...ontology.statuses import find_status
from ..text.dates import read_date
from ..text.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..article.attributes import Attributes
    from ..register.entries import Entity
    from ..register.lexicon import Lexicon
    from .model import Article, Claim, Figure

_TYPE = f"<{RDF_TYPE}>"
_LABEL = f"<{RDFS}label>"
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')
_ESCAPES = str.maketrans(
    {code: f"\\u{code:04X}" for code in (*range(32), 127)}
    | {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)  # those of canonical N-Quads, which the store writes too


@dataclass(frozen=True)
class Quads:
    """One source as N-Quads.

    :param graph: the lines of its own graph, each once
    :param edges: the lines of the plain edges that follow from it, each once
    """

    graph: bytes
    edges: bytes


def holds(attributes: Attributes) -> bool:
    """Tell whether a claim becomes a plain edge: asserted, in force, and no mere guess of the reader's.

    >>> from egovkg.loaders.article.attributes import Attributes
    >>> holds(Attributes()), holds(Attributes(codes={"status": ("planned",)}))
    (True, False)
    """
    return (
        attributes.polarity == Polarity.ASSERTED
        and find_status(attributes.status).materialises
        and attributes.codes.get("certainty") != (Certainty.LOW,)
    )


def literal(text: str, suffix: str = "") -> str:
    r"""Write a literal.

    :param suffix: `@vi`, or `^^<datatype>`, or nothing

    >>> literal('a "b"', "@vi")
    '"a \\"b\\""@vi'
    """
    if _SPECIAL.search(text):
        text = text.translate(_ESCAPES)
    return f'"{text}"{suffix}'


def edtf(text: str) -> str:
    """Write a stated time."""
    return f'"{text}"^^<{EDTF}>'


def day(text: str) -> str:
    """Write a day."""
    return f'"{text}"^^<{XSD}date>'


def integer(number: int) -> str:
    """Write a whole number."""
    return f'"{number}"^^<{XSD}integer>'


def _egov(name: str) -> str:
    return f"<{EGOV}{name}>"


def _lines(quads: Iterable[str]) -> bytes:
    return "".join(dict.fromkeys(quads)).encode()


_STATUS, _POLARITY, _BASIS = map(_egov, ("status", "polarity", "timeBasis"))
_CODED = (
    ("extent", _egov("extent")),
    ("scope", _egov("atGovernmentLevel")),
    ("level", _egov("atServiceLevel")),
    ("kind", _egov("figureKind")),
)
_TIMES = {
    "from": _egov("validFrom"),
    "to": _egov("validTo"),
    "asOf": _egov("asOf"),
    "by": _egov("dueBy"),
    "period": _egov("period"),
    "baseline": _egov("baseline"),
}
_EARLIEST, _LATEST = _egov("earliest"), _egov("latest")
_CLAIM = f"{_TYPE} {_egov('Claim')}"
_SUBJECT, _PREDICATE, _OBJECT, _LITERAL = map(_egov, ("subject", "predicate", "object", "literal"))
_EVIDENCE, _SOURCE_LINE = _egov("evidence"), _egov("sourceLine")
_MENTIONS, _START, _END = _egov("mentions"), _egov("start"), _egov("end")
_INTEGER = f"^^<{XSD}integer>"


class Emitter:
    """Writes articles; memoises what repeats.

    :param lexicon: for the entities that attributes name
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._qualifiers: dict[tuple[str, bool, int], list[str]] = {}

    def article(self, article: Article) -> Quads:
        """Write one article; cost linear in its lines."""
        graph = f"<{article_graph(article.id)}>"
        out = _head(article, graph)
        out += _paragraphs(article, graph)
        edges: list[str] = []
        common = f"{_egov('statedOn')} {day(article.published.isoformat())} {graph} .\n"
        for claim in article.claims:
            self._claim(article, claim, graph, common, out, edges)
        for figure in article.figures:
            self._figure(article, figure, graph, common, out)
        return Quads(_lines(out), _lines(edges))

    def _claim(
        self, article: Article, claim: Claim, graph: str, common: str, out: list[str], edges: list[str]
    ) -> None:
        target, words = self._target(article, claim)
        about = f"{claim.subject.curie} {claim.predicate} {target} {claim.raw}"
        node = f"<{ID}claim/{article.id}/{claim.paragraph}-{_digest(about)}>"
        predicate = f"<{EGOV}{claim.predicate}>"
        relation = _OBJECT if words is None else _LITERAL
        out.append(
            f"{node} {_CLAIM} {graph} .\n"
            f"{node} {_SUBJECT} <{claim.subject.iri}> {graph} .\n"
            f"{node} {_PREDICATE} {predicate} {graph} .\n"
            f"{node} {relation} {target} {graph} .\n"
            f"{node} {common}"
        )
        self._common(article, claim, node, graph, out)
        if claim.item:
            self._item(claim, target, graph, out)
        attributes = claim.attributes
        if holds(attributes):
            edges.append(f"<{claim.subject.iri}> {predicate} {target} <{GRAPH_EDGES}> .\n")

    def _target(self, article: Article, claim: Claim) -> tuple[str, str | None]:
        if claim.object:
            return f"<{claim.object.iri}>", None
        if claim.code:
            return f"<{CODE}{claim.code}>", None
        text = claim.text or ""
        if claim.item:
            about = f"{claim.subject.curie} {claim.predicate} {text}"
            return f"<{ID}item/{article.id}/{claim.paragraph}-{_digest(about)}>", None
        term = self.lexicon.vocabulary.properties[claim.predicate]
        suffix = {"edtf": f"^^<{EDTF}>", "date": f"^^<{XSD}date>"}.get(term.range or "", "")
        return literal(text, suffix), text

    def _item(self, claim: Claim, node: str, graph: str, out: list[str]) -> None:
        english = claim.attributes.texts.get("en", "")
        out.append(f"{node} {_TYPE} <{EGOV}{claim.item}> {graph} .\n")
        for relation in (_egov("text"), _LABEL):
            out.append(f"{node} {relation} {literal(claim.text or '', '@vi')} {graph} .\n")
            if english:
                out.append(f"{node} {relation} {literal(english, '@en')} {graph} .\n")
        for name, relation in (("about", "concerns"), ("responsible", "responsible")):
            for curie, _ in claim.attributes.things.get(name, ()):
                iri = self.lexicon.register.by_curie[curie].iri
                out.append(f"{node} <{EGOV}{relation}> <{iri}> {graph} .\n")

    def _figure(self, article: Article, figure: Figure, graph: str, common: str, out: list[str]) -> None:
        amount = figure.amount
        said = f"{amount.comparator}{amount.value}/{amount.denominator}"
        about = f"{figure.subject.curie} {figure.measure.name} {said} {figure.raw}"
        node = f"<{ID}figure/{article.id}/{figure.paragraph}-{_digest(about)}>"
        out += (
            f"{node} {_TYPE} <{EGOV}Figure> {graph} .\n",
            f"{node} <{EGOV}subject> <{figure.subject.iri}> {graph} .\n",
            f"{node} <{EGOV}measure> <{measure_iri(figure.measure.name)}> {graph} .\n",
            f'{node} <{EGOV}value> "{plain(amount.value)}"^^<{XSD}decimal> {graph} .\n',
            f"{node} <{EGOV}comparator> <{CODE}{amount.comparator}> {graph} .\n",
            f"{node} {common}",
        )
        if amount.denominator is not None:
            out.append(
                f'{node} <{EGOV}denominator> "{plain(amount.denominator)}"^^<{XSD}decimal> {graph} .\n'
            )
        if figure.unit:
            out.append(f"{node} <{EGOV}unit> <{unit_iri(figure.unit.values['slug'])}> {graph} .\n")
        if "kind" not in figure.attributes.codes:
            out.append(f"{node} <{EGOV}figureKind> <{CODE}{FigureKind.RESULT}> {graph} .\n")
        self._common(article, figure, node, graph, out)

    def _common(self, article: Article, line: Claim | Figure, node: str, graph: str, out: list[str]) -> None:
        evidence = f"{ID}evidence/{article.id}/{line.paragraph}"
        end = f" {graph} .\n"
        item = bool(getattr(line, "item", None))
        key = (line.raw, item, article.published.year)
        pairs = self._qualifiers.get(key)
        if pairs is None:
            pairs = self._qualifiers[key] = self._pairs(line.attributes, item)
        said = "".join([f"{node} {pair}{end}" for pair in pairs])
        where = f'{node} {_EVIDENCE} <{evidence}>{end}{node} {_SOURCE_LINE} "{line.line}"{_INTEGER}{end}'
        out.append(where + said)

    def _pairs(self, a: Attributes, item: bool) -> list[str]:
        codes, things = a.codes, a.things
        coded = ((_BASIS, a.basis), (_STATUS, a.status), (_POLARITY, a.polarity))
        pairs = [f"{relation} <{CODE}{slug}>" for relation, slug in coded]
        for name, relation in _CODED:
            if chosen := codes.get(name):
                pairs += [f"{relation} <{CODE}{code}>" for code in chosen]
        pairs += [f"{_TIMES[name]} {edtf(time.edtf)}" for name, time in a.times.items()]
        if first := a.earliest:
            pairs.append(f"{_EARLIEST} {day(first.earliest.isoformat())}")
        if last := a.latest:
            pairs.append(f"{_LATEST} {day(last.latest.isoformat())}")
        if note := a.texts.get("note"):
            pairs.append(f"{_egov('note')} {literal(note)}")
        if sure := codes.get("certainty"):
            pairs += [f"{_egov('certainty')} {literal(code)}" for code in sure]
        if things and not item:
            named = ((name, curie) for name in ("about", "responsible") for curie, _ in things.get(name, ()))
            register = self.lexicon.register.by_curie
            pairs += [f"{_egov(name)} <{register[curie].iri}>" for name, curie in named]
        return pairs


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()


def measure_iri(name: str) -> str:
    """Address of a measure."""
    return f"{ID}measure/{name}"


def unit_iri(slug: str) -> str:
    """Address of a unit of measure."""
    return f"{ID}unit-of-measure/{slug}"


def _head(article: Article, graph: str) -> list[str]:
    node = f"<{ID}article/{article.id}>"
    pairs = [
        f"{_TYPE} <{EGOV}Article>",
        f"{_LABEL} {literal(article.title, '@vi')}",
        f"{_egov('publisher')} <{article.publisher.iri}>",
        f"{_egov('published')} {day(article.published.isoformat())}",
        f"{_egov('ofTerritory')} <{article.scope.iri}>",
        f"{_egov('curie')} {literal(article.id)}",
    ]
    if article.title_en:
        pairs.append(f"{_LABEL} {literal(article.title_en, '@en')}")
    if article.sha256:
        pairs.append(f"{_egov('sha256')} {literal(article.sha256)}")
    if article.url:
        pairs.append(f"{_egov('webAddress')} {literal(article.url)}")
    return [f"{node} {pair} {graph} .\n" for pair in pairs]


def _paragraphs(article: Article, graph: str) -> list[str]:
    out = []
    inside = f"<{EGOV}inArticle> <{ID}article/{article.id}> {graph} .\n"
    for paragraph in article.paragraphs:
        node = f"<{ID}evidence/{article.id}/{paragraph.name}>"
        out.append(f"{node} {_TYPE} <{EGOV}Evidence> {graph} .\n")
        out.append(f"{node} {inside}")
        out.append(f"{node} <{EGOV}text> {literal(paragraph.text, '@vi')} {graph} .\n")
        out.append(f"{node} <{EGOV}sourceLine> {integer(paragraph.line)} {graph} .\n")
        if paragraph.english:
            out.append(f"{node} <{EGOV}text> {literal(paragraph.english, '@en')} {graph} .\n")
    kind = f"{_TYPE} <{EGOV}Mention> {graph} .\n"
    inside = f"<{EGOV}inEvidence> <{ID}evidence/{article.id}/"
    end = f"{_INTEGER} {graph} .\n"
    for paragraph_name, link, entity in article.mentions:
        node = f"<{ID}mention/{article.id}/{paragraph_name}-{link.start}>"
        out.append(
            f"{node} {kind}{node} {_MENTIONS} <{entity.iri}> {graph} .\n"
            f"{node} {inside}{paragraph_name}> {graph} .\n"
            f'{node} {_START} "{link.start}"{end}{node} {_END} "{link.end}"{end}'
        )
    return out


def register_quads(lexicon: Lexicon) -> bytes:
    """Write the register, measures and units as the sorted N-Quads of their graph."""
    graph = f"<{GRAPH_REGISTER}>"
    out: list[str] = []
    for entity in lexicon.register.entities:
        out += [f"<{entity.iri}> {pair} {graph} .\n" for pair in _entity_pairs(entity, lexicon)]
    for measure in lexicon.measures.values():
        values = measure.values
        pairs = [
            f"{_TYPE} <{EGOV}Measure>",
            f"{_egov('curie')} {literal(measure.name)}",
            f"{_LABEL} {literal(values['vi'], '@vi')}",
            f"{_LABEL} {literal(values['en'], '@en')}",
            f"<{SKOS}definition> {literal(values['definition_vi'], '@vi')}",
            f"<{SKOS}definition> {literal(values['definition_en'], '@en')}",
        ]
        if unit := lexicon.units.get(values.get("unit", "")):
            pairs.append(f"{_egov('countedIn')} <{unit_iri(unit.values['slug'])}>")
        out += [f"<{measure_iri(measure.name)}> {pair} {graph} .\n" for pair in pairs]
    for unit in lexicon.units.values():
        pairs = [
            f"{_TYPE} <{EGOV}Unit>",
            f"{_egov('token')} {literal(unit.name)}",
            f"{_LABEL} {literal(unit.values['vi'], '@vi')}",
            f"{_LABEL} {literal(unit.values['en'], '@en')}",
        ]
        out += [f"<{unit_iri(unit.values['slug'])}> {pair} {graph} .\n" for pair in pairs]
    return _lines(sorted(out))


_REGISTER_LITERALS = {
    "short": ("shortName", "@vi"),
    "code": ("unitCode", ""),
    "edition": ("codeEdition", ""),
    "number": ("number", ""),
    "source": ("registerSource", ""),
    "note": ("note", ""),
}
_REGISTER_TIMES = {"from": "validFrom", "until": "validTo", "date": "documentDate"}
_REGISTER_THINGS = {"territory": "ofTerritory", "within": "within", "issuer": "registeredIssuer"}


def _entity_pairs(entity: Entity, lexicon: Lexicon) -> list[str]:
    values, lists = entity.values, entity.lists
    pairs = [
        f"{_TYPE} <{EGOV}{entity.kind}>",
        f"{_egov('curie')} {literal(entity.curie)}",
        f"{_LABEL} {literal(values['vi'], '@vi')}",
        f"{_LABEL} {literal(values['en'], '@en')}",
    ]
    for key, (name, suffix) in _REGISTER_LITERALS.items():
        if text := values.get(key):
            pairs.append(f"{_egov(name)} {literal(text, suffix)}")
    for key, name in _REGISTER_TIMES.items():
        if text := values.get(key):
            pairs.append(f"{_egov(name)} {edtf(read_date(text).edtf)}")
    for key, name in _REGISTER_THINGS.items():
        if curie := values.get(key):
            pairs.append(f"{_egov(name)} <{lexicon.register.by_curie[curie].iri}>")
    pairs += [f"<{SKOS}altLabel> {literal(alias, '@vi')}" for alias in lists.get("aliases", ())]
    pairs += [
        f"{_egov('succeededBy')} <{lexicon.register.by_curie[c].iri}>" for c in lists.get("succeeded_by", ())
    ]
    pairs += [f"<{OWL}sameAs> <{iri}>" for iri in lists.get("same_as", ())]
    realised = (shipped_components()[curie] for curie in lists.get("component", ()))
    pairs += [f"{_egov('implementsComponent')} <{component}>" for component in realised]
    return pairs
