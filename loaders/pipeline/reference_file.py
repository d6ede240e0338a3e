"""A framework or targets of one's own, from a Turtle or YAML file.

The YAML form is a short way to write the same triples::

    framework: bo-y-te
    vi: Khung kiến trúc y tế số
    en: Digital health framework
    components:
      H-EMR: {vi: Bệnh án điện tử, en: Electronic health record, layer: applications,
              realised_by: [SectorSystem], needs: [H-HIS], source: Quyết định 1/QĐ-BYT}
    targets:
      emr-share: {vi: Tỷ lệ bệnh viện có bệnh án điện tử, en: Share of hospitals with EMR,
                  measure: emrShare, asked: ">= 50 %", period: 2025/2030, source: Quyết định 1/QĐ-BYT}
"""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox
import yaml

from ...errors import InputError, UntrustedError
from ...graph.names import CODE, EDTF, EGOV, ID, RDF_TYPE, RDFS, XSD, reference_graph, with_prefixes
from ...graph.shacl.validate import validate
from ...graph.store import OxigraphStore
from ...graph.untrusted import parse_untrusted
from ...ontology.codes import written_codes
from ...ontology.qualifiers import GovernmentLevel, Sourcing
from ...ontology.vocabulary import load_vocabulary
from ...problems import Problem
from ..statements.nquads import literal
from ..text.dates import DateError, read_date
from ..text.suggest import did_you_mean
from ..text.yaml_text import compose, words, yaml_problem
from .conformance import ontology_quads
from .corpus import load_lexicon, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from ...ontology.vocabulary import Vocabulary

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")
_ASKED = re.compile(r"(>=|<=|>|<|=)\s*(\d+(?:[.,]\d+)?)\s*(%|[^\W\d][\w-]*)")
_TOP = ("framework", "vi", "en", "components", "targets")
_COMPONENT = ("vi", "en", "layer", "model", "realised_by", "needs", "source")
_TARGET = ("vi", "en", "measure", "asked", "period", "level", "service_level", "scheme", "source")
_MUST = {"component": ("vi", "en", "layer"), "target": ("vi", "en", "measure", "asked", "period", "source")}


def read_reference_file(path: Path, measures: Collection[str] = ()) -> OxigraphStore:
    """Read a framework or targets of one's own into a store of their own.

    :param measures: names of the measures that targets may be of; any when none is given
    :returns: a store in memory with the triples of the file and of the ontology
    :raises InputError: with every problem of the file, each with its line
    """
    name = shown(path)
    data = path.read_bytes()
    is_yaml = path.suffix in {".yaml", ".yml"}
    quads, problems = _from_yaml(data, name, measures) if is_yaml else _from_turtle(data, name)
    if problems:
        raise InputError(sorted(problems))
    store = OxigraphStore.in_memory()
    store.load(ontology_quads())
    store.load(quads)
    if found := [*_shape_problems(store, name), *_circles(store, name)]:
        raise InputError(found)
    return store


def _from_turtle(data: bytes, name: str) -> tuple[bytes, list[Problem]]:
    try:
        triples = parse_untrusted(data, ox.RdfFormat.TURTLE)  # a file may come from anybody
    except UntrustedError as error:
        what, line, column = f"not Turtle: {error}", error.line or 1, error.column or 1
        return b"", [Problem(name, line, column, "KG092", what, "mend the text there")]
    graph = f" <{reference_graph('own')}> .\n".encode()
    return triples.replace(b" .\n", graph), []  # a line ends nowhere within a text


def _shape_problems(store: OxigraphStore, name: str) -> list[Problem]:
    own = {getattr(quad.subject, "value", "") for quad in store.quads(reference_graph("own"))}
    classes, fix = load_vocabulary().classes, "docs/ontology.md lists the classes"
    unknown = [
        Problem(
            name,
            1,
            1,
            "KG019",
            f"no class {kind}",
            did_you_mean(kind, classes, fix),
        )
        for quad in store.quads(reference_graph("own"))
        if quad.predicate.value == EGOV + "realisedBy"
        and (kind := getattr(quad.object, "value", "").removeprefix(EGOV)) not in classes
        and getattr(quad.object, "value", "").startswith(EGOV)
    ]
    return unknown + [
        Problem(name, 1, 1, "KG090", f"{found.focus}: {found.messages.get('en', '')}", "add it, or mend it")
        for found in validate(store)
        if found.focus in own
    ]


_NEEDS = with_prefixes("""
SELECT DISTINCT ?dependent ?provider {
  ?each a egov:Expectation ; egov:dependent/egov:componentCode ?dependent ;
    egov:provider/egov:componentCode ?provider
}
""")


def _circles(store: OxigraphStore, name: str) -> list[Problem]:
    needs: dict[str, set[str]] = {}
    for dependent, provider in store.texts(_NEEDS):
        needs.setdefault(dependent, set()).add(provider)
    if circle := circle_of(needs):
        what = f"needs run in a circle: {' → '.join(circle)}"
        return [Problem(name, 1, 1, "KG091", what, "take one of them out")]
    return []


def circle_of(needs: Mapping[str, Collection[str]]) -> list[str]:
    """Find things that need each other in a circle, each needing the next; empty when there is none.

    >>> circle_of({"A": {"B"}, "B": {"A"}}) in (["A", "B", "A"], ["B", "A", "B"]), circle_of({"A": {"B"}})
    (True, [])
    """
    try:
        TopologicalSorter({one: sorted(others) for one, others in needs.items()}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


# --- the YAML form ------------------------------------------------------------------------------------


def _from_yaml(data: bytes, name: str, measures: Collection[str]) -> tuple[bytes, list[Problem]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8"
        return b"", [Problem(name, 1, 1, "KG002", what, "re-save as UTF-8")]
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        return b"", [yaml_problem(error, text, name)]
    reader = _Reader(name, measures)
    reader.read(node)
    lines = sorted(f"{triple} <{reference_graph('own')}> .\n" for triple in reader.triples)
    return "".join(lines).encode(), reader.problems


class _Reader:
    """Reads one file; collects triples and problems.

    :param file: its name, as the user wrote it
    :param measures: names that are known; any when empty
    """

    def __init__(self, file: str, measures: Collection[str]) -> None:
        self.file = file
        self.measures = measures
        self.needs: dict[str, dict[str, yaml.Node]] = {}
        self.problems: list[Problem] = []
        self.triples: list[str] = []
        self.vocabulary: Vocabulary = load_vocabulary()
        self.framework = ""

    def read(self, node: yaml.Node | None) -> None:
        """Read the whole document."""
        top = self._keys(node, _TOP, "the file")
        name = words(top["framework"]) if "framework" in top else ""
        if not _SLUG.fullmatch(name):
            at = top.get("framework")
            self._tell(at, "KG014", "no `framework:` with a short name", "write framework: my-province")
            return
        self.framework = f"<{ID}architecture/own-{name}>"
        self._say(self.framework, RDF_TYPE, f"<{EGOV}ReferenceArchitecture>")
        self._sourced(self.framework, "vi" in top)
        self._labels(self.framework, top)
        components = self._named(top.get("components"), _CODE, "component code", "A-QLVB")
        for code, entry in components.items():
            self._component(code, entry, components.keys(), name)
        self._circle()
        targets = self._named(top.get("targets"), _SLUG, "target", "online-share")
        for slug, entry in targets.items():
            self._target(slug, entry, name)

    def _component(self, code: str, node: yaml.Node, known: object, name: str) -> None:
        entry = self._keys(node, _COMPONENT, code, must=_MUST["component"])
        iri = self._iri(name, code)
        self._say(iri, RDF_TYPE, f"<{EGOV}ReferenceComponent>")
        self._say(iri, EGOV + "componentCode", literal(code))
        self._say(iri, EGOV + "componentOf", self.framework)
        self._labels(iri, entry)
        self._code(iri, "inLayer", entry.get("layer"), "Layer")
        self._code(iri, "inReferenceModel", entry.get("model"), "ReferenceModel")
        self._sourced(iri, "source" in entry)
        for each in _items(entry.get("realised_by")):
            if words(each) in self.vocabulary.classes:
                self._say(iri, EGOV + "realisedBy", f"<{EGOV}{words(each)}>")
            else:
                fix = did_you_mean(words(each), self.vocabulary.classes, "docs/ontology.md lists the classes")
                self._tell(each, "KG019", f'no class "{words(each)}"', fix)
        for each in _items(entry.get("needs")):
            if words(each) not in (codes := list(known)):  # type: ignore[call-overload]  # keys of a dict
                fix = did_you_mean(words(each), codes, "list it under components")
                self._tell(each, "KG021", f'no component "{words(each)}"', fix)
                continue
            self.needs.setdefault(code, {})[words(each)] = each
            self._expectation(code, words(each), name, "source" in entry)

    def _circle(self) -> None:
        if circle := circle_of(self.needs):
            what = f"needs run in a circle: {' → '.join(circle)}"
            nodes = [self.needs[one][other] for one, other in pairwise(circle)]
            last = max(nodes, key=lambda node: node.start_mark.index)
            self._tell(last, "KG091", what, "take one of them out")

    def _expectation(self, dependent: str, provider: str, name: str, is_sourced: bool) -> None:
        iri = f"<{ID}expectation/own-{name}-{dependent.lower()}-{provider.lower()}>"
        self._say(iri, RDF_TYPE, f"<{EGOV}Expectation>")
        self._say(iri, EGOV + "expectationOf", self.framework)
        self._say(iri, EGOV + "dependent", self._iri(name, dependent))
        self._say(iri, EGOV + "provider", self._iri(name, provider))
        self._sourced(iri, is_sourced)

    def _target(self, slug: str, node: yaml.Node, name: str) -> None:
        entry = self._keys(node, _TARGET, slug, must=_MUST["target"])
        iri = f"<{ID}target/own-{name}-{slug}>"
        self._say(iri, RDF_TYPE, f"<{EGOV}Target>")
        self._labels(iri, entry)
        self._sourced(iri, "source" in entry)
        self._code(iri, "forServiceLevel", entry.get("service_level"), "ServiceLevel")
        self._code(iri, "underScheme", entry.get("scheme"), "ServiceScheme")
        self._code(
            iri,
            "forGovernmentLevel",
            entry.get("level"),
            "GovernmentLevel",
            default=GovernmentLevel.PROVINCE.slug,
        )
        if measure := entry.get("measure"):
            self._measure(iri, measure)
        if source := entry.get("source"):
            self._document(iri, words(source), name)
        if asked := entry.get("asked"):
            self._asked(iri, asked)
        if period := entry.get("period"):
            self._period(iri, period)

    def _measure(self, iri: str, node: yaml.Node) -> None:
        name = words(node)
        if (self.measures and name not in self.measures) or not _NAME.fullmatch(name):
            fix = did_you_mean(name, self.measures, "measures.yaml of the corpus lists them")
            self._tell(node, "KG031", f'no measure "{name}"', fix)
        else:
            self._say(iri, EGOV + "measure", f"<{ID}measure/{name}>")

    def _asked(self, iri: str, node: yaml.Node) -> None:
        match = _ASKED.fullmatch(words(node).strip())
        if match is None:
            what = f'"{words(node)}" is no value with comparator and unit'
            self._tell(node, "KG050", what, "write it like `>= 30 %`")
            return
        self._say(iri, EGOV + "comparator", f"<{CODE}{written_codes('Comparator')[match[1]]}>")
        self._say(iri, EGOV + "value", f'"{match[2].replace(",", ".")}"^^<{XSD}decimal>')
        units = load_lexicon([]).lexicon.units
        if match[3] in units:
            slug = units[match[3]].values["slug"]
            self._say(iri, EGOV + "unit", f"<{ID}unit-of-measure/{slug}>")
        else:
            fix = did_you_mean(match[3], units, f"known: {', '.join(sorted(units))}")
            self._tell(node, "KG052", f'no unit "{match[3]}"', fix)

    def _period(self, iri: str, node: yaml.Node) -> None:
        try:
            stated = read_date(words(node))
        except DateError as error:
            self._tell(node, error.code, error.what, error.fix)
            return
        self._say(iri, EGOV + "forPeriod", f'"{stated.edtf}"^^<{EDTF}>')

    def _document(self, iri: str, title: str, name: str) -> None:
        document = f"<{ID}document/own-{name}-{abs(hash_of(title))}>"
        self._say(iri, EGOV + "setBy", document)
        self._say(document, RDFS + "label", literal(title, "@vi"))
        self._say(document, RDFS + "label", literal(title, "@en"))

    def _iri(self, name: str, code: str) -> str:
        return f"<{ID}component/own-{name}-{code.lower()}>"

    def _labels(self, iri: str, entry: Mapping[str, yaml.Node]) -> None:
        for lang in ("vi", "en"):
            if lang in entry:
                self._say(iri, RDFS + "label", literal(words(entry[lang]), f"@{lang}"))

    def _sourced(self, iri: str, is_sourced: bool) -> None:
        self._say(
            iri, EGOV + "sourcing", f"<{CODE}{Sourcing.CONFIRMED if is_sourced else Sourcing.RECALLED}>"
        )

    def _code(
        self, iri: str, relation: str, node: yaml.Node | None, scheme: str, default: str | None = None
    ) -> None:
        slug = words(node) if node is not None else default
        if slug is None:
            return
        known = self.vocabulary.schemes[scheme]
        if slug in known:
            self._say(iri, EGOV + relation, f"<{CODE}{slug}>")
        else:
            fix = did_you_mean(slug, known, f"known: {', '.join(known)}")
            self._tell(node, "KG036", f'"{slug}" is no {scheme}', fix)

    def _named(
        self, node: yaml.Node | None, form: re.Pattern[str], what: str, like: str
    ) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if not form.fullmatch(words(key)):
                self._tell(key, "KG019", f'"{words(key)}" is no {what}', f"write it like {like}")
            elif words(key) in found:
                self._tell(key, "KG017", f'"{words(key)}" given twice', "keep one of them")
            else:
                found[words(key)] = value
        if node is not None and not isinstance(node, yaml.MappingNode):
            self._tell(node, "KG012", "a list or text stands here", f"write `{like}: {{…}}` lines")
        return found

    def _keys(
        self, node: yaml.Node | None, known: tuple[str, ...], of: str, must: tuple[str, ...] = ()
    ) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if words(key) not in known:
                fix = did_you_mean(words(key), known, f"known keys: {', '.join(known)}")
                self._tell(key, "KG013", f'unknown key "{words(key)}" in {of}', fix)
            elif words(key) in found:
                self._tell(key, "KG013", f'key "{words(key)}" given twice in {of}', "keep one of them")
            else:
                found[words(key)] = value
        for each in must:
            if each not in found or not words(found[each]).strip():
                self._tell(node, "KG014", f'"{each}" missing in {of}', f"add {each}: …")
        return found

    def _tell(self, node: yaml.Node | None, code: str, what: str, fix: str) -> None:
        mark = node.start_mark if node is not None else None
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.problems.append(Problem(self.file, line, column, code, what, fix))

    def _say(self, subject: str, relation: str, value: str) -> None:
        self.triples.append(f"{subject} <{relation}> {value}")


def _items(node: yaml.Node | None) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif node is not None:
        yield node


def hash_of(text: str) -> int:
    """Number a text, the same on every run.

    >>> hash_of("a") == hash_of("a"), hash_of("a") == hash_of("b")
    (True, False)
    """
    from hashlib import sha256

    return int(sha256(text.encode()).hexdigest()[:12], 16)
