"""What may be given any text: each target takes or refuses one; any other error is a fault."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from egovkg.errors import EgovError, InputError
from egovkg.graph.query_guard import refuse_load, refuse_service, refuse_unknown_keyword
from egovkg.graph.untrusted import refuse_hostile
from egovkg.loaders.article.formatting import formatted
from egovkg.loaders.pipeline.article_files import load_article
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.pipeline.reference_file import read_reference_file
from egovkg.loaders.register.entries import find_registers, read_register
from egovkg.loaders.register.measures import read_terms
from egovkg.loaders.register.proposals import read_proposals
from egovkg.loaders.statements.article_quads import Emitter
from egovkg.loaders.statements.resolver import Resolver
from egovkg.loaders.text.dates import read_date
from egovkg.loaders.text.numbers import read_amount
from egovkg.loaders.text.reading import read_bytes
from egovkg.problems import FaultError, errors
from egovkg.queries.questions.header import parse_question
from egovkg.queries.questions.named import questions
from egovkg.service.answers.query_check import check_query
from egovkg.service.contract.settings import Limits
from egovkg.tests.corpora.folders import FIVE
from egovkg.words import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from egovkg.problems import Problem

NAME = "given"


class BrokenRuleError(Exception):
    """A rule that must hold and does not."""


def hold(is_so: bool, reason: object) -> None:
    """Fail unless it is so."""
    if not is_so:
        raise BrokenRuleError(reason)


@dataclass(frozen=True)
class Target:
    """One reader of texts.

    :param seeds: gives sound texts of its kind
    :param take: takes a text; true when it was accepted, false when it was refused by an error of its own
    """

    name: str
    seeds: Callable[[], Sequence[bytes]]
    take: Callable[[bytes], bool]


def report_is_sound(problems: Iterable[Problem]) -> bool:
    """Tell whether nothing stops; what is told must have its place and its words."""
    reported = tuple(problems)
    for problem in reported:
        hold(problem.line >= 1, problem)
        hold(problem.column >= 1, problem)
        hold(bool(problem.code), problem)
        for lang in languages():
            hold(bool(problem.fault.problem.text(lang)), problem)
            hold(bool(problem.fault.fix.text(lang)), problem)
    return not errors(reported)


@cache
def resolver() -> Resolver:
    """Resolve names of the shipped register."""
    return Resolver(load_lexicon([]).lexicon)


def articles() -> Sequence[bytes]:
    """Give the shipped articles."""
    return [path.read_bytes() for path in find_articles(FIVE)]


def take_article(data: bytes) -> bool:
    """Read an article; a sound one gives quads that the engine reads back, and is laid out twice alike."""
    loaded = load_article(data, NAME, resolver())
    sound = report_is_sound(loaded.problems)
    counts = loaded.counts
    hold(counts.read == counts.emitted + counts.rejected + counts.merged, counts)
    if sound and loaded.article:
        quads = Emitter(resolver().lexicon).article(loaded.article)
        read = sum(1 for _ in ox.parse(quads.graph, format=ox.RdfFormat.N_QUADS))
        hold(read == quads.graph.count(b"\n"), "the engine reads fewer quads than were written")
        once = formatted(data.decode())
        hold(formatted(once) == once, "laid out twice is not laid out once")
        again = load_article(once.encode(), NAME, resolver()).article
        hold(again is not None and len(again.claims) == len(loaded.article.claims), "laying out loses claims")
    return sound and loaded.article is not None


def registers() -> Sequence[bytes]:
    """Give the shipped registers."""
    return [path.read_bytes() for path in find_registers(FIVE)]


def take_register(data: bytes) -> bool:
    """Read a register."""
    reading = read_bytes(data, NAME)
    if reading.text is None:
        return report_is_sound(reading.problems)
    register, problems = read_register(reading.text, NAME)
    return report_is_sound(problems) and register is not None


def take_measures(data: bytes) -> bool:
    """Read a list of measures."""
    reading = read_bytes(data, NAME)
    return report_is_sound(
        reading.problems if reading.text is None else read_terms(reading.text, NAME, "measures")[1]
    )


OWN = """framework: so-y-te
vi: Khung y tế số
en: Digital health framework
components:
  H-QLVB: {vi: Quản lý văn bản, en: Document management, layer: applications,
           realised_by: [DocumentManagementSystem], needs: [H-DC], source: Quyết định 1/QĐ-SYT}
  H-DC:
    vi: Trung tâm dữ liệu
    en: Data centre
    layer: infrastructure
    realised_by: [DataCentre]
targets:
  only: {vi: Văn bản điện tử, en: Documents sent only electronically, measure: electronicOnlyShare,
         asked: ">= 90 %", period: 2019/2020, source: Quyết định 1/QĐ-SYT}
""".encode()


def _file(data: bytes, suffix: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}{suffix}"
        path.write_bytes(data)
        try:
            read_reference_file(path)
        except InputError as error:
            hold(not report_is_sound(error.problems), error)
            return False
    return True


def take_reference(data: bytes) -> bool:
    """Read a framework of one's own as YAML."""
    return _file(data, ".yaml")


TURTLE = b"""@prefix egov: <https://w3id.org/egovkg/ontology#> .
@prefix own: <https://example.org/own/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
own:a a egov:Component ; rdfs:label "Mot"@vi, "One"@en ; egov:realisedBy egov:OneStopSystem .
own:b a egov:Component ; egov:requires own:a , [ a egov:Component ] .
"""


def take_turtle(data: bytes) -> bool:
    """Read a framework of one's own as Turtle, in a child of its own: a tenth of a second each."""
    return _file(data, ".ttl")


def take_rdf(data: bytes) -> bool:
    """Look for what no parser should see, in each form of RDF."""
    for form in (ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD, ox.RdfFormat.TRIG):
        with suppress(EgovError):
            refuse_hostile(data, form)
    return True


RDF = (
    b'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    b'{"@context": {"@import": "http://127.0.0.1:1/"}, "@id": "urn:a", "@graph": [{"a": [1, 2.5, null]}]}',
    TURTLE,
)


def queries() -> Sequence[bytes]:
    """Give the texts of the named questions."""
    return [question.text.encode() for question in questions()]


def take_query(data: bytes) -> bool:
    """Hold a query against both gates."""
    text = data.decode("utf-8", "replace")
    for gate in (refuse_service, refuse_load, refuse_unknown_keyword):
        with suppress(EgovError):
            gate(text)
    try:
        check_query(text, Limits())
    except EgovError:
        return False
    return True


def take_question(data: bytes) -> bool:
    """Read a named question with its header; its error names the file."""
    try:
        parse_question(NAME, data.decode("utf-8", "replace"))
    except ValueError as error:
        hold(NAME in str(error), error)
        return False
    return True


PROPOSALS = b"""proposals:
- entity: vn:bac-kan
  same_as: http://www.wikidata.org/entity/Q1
  label: "x"
  accepted: true
- {entity: vn:phu-tho, same_as: http://www.wikidata.org/entity/Q2, accepted: no}
"""


def take_proposals(data: bytes) -> bool:
    """Read proposals for the register."""
    reading = read_bytes(data, NAME)
    if reading.text is None:
        return report_is_sound(reading.problems)
    try:
        read_proposals(reading.text, NAME)
    except EgovError as error:
        hold(str(error).startswith(f"{NAME}:"), error)
        return False
    return True


AMOUNTS = (b"95/1.933", b"~4", b">=30", b"4,9", b"12.345,67", b"<5")
DATES = (b"2020", b"2020-02", b"2020-02-29", b"2019-Q4", b"2016/2020", b"09/10/2017", b"3/2020")


def take_amount(data: bytes) -> bool:
    """Read a number as figures write it."""
    try:
        read_amount(data.decode("utf-8", "replace"))
    except FaultError:
        return False
    return True


def take_date(data: bytes) -> bool:
    """Read a stated time."""
    try:
        stated = read_date(data.decode("utf-8", "replace"), 2020)
    except FaultError:
        return False
    hold(stated.earliest <= stated.latest, stated)
    return True


TARGETS = (
    Target("article", articles, take_article),
    Target("register", registers, take_register),
    Target("measures", lambda: [(FIVE / "measures.yaml").read_bytes()], take_measures),
    Target("framework (YAML)", lambda: [OWN], take_reference),
    Target("framework (Turtle)", lambda: [TURTLE], take_turtle),
    Target("RDF, before it is parsed", lambda: RDF, take_rdf),
    Target("query", queries, take_query),
    Target("named question", queries, take_question),
    Target("proposals", lambda: [PROPOSALS], take_proposals),
    Target("amount", lambda: AMOUNTS, take_amount),
    Target("time", lambda: DATES, take_date),
)
