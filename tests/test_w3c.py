"""The suites of the W3C, through the program's own doors; run where `EGOVKG_W3C` names their folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from egovkg.tests.w3c import protocol, served, shacl, sparql, syntax
from egovkg.tests.w3c.suites import judge, suite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from egovkg.tests.w3c.suites import Case

posix = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
COUNT = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


def tell(line: str) -> None:
    """Print a figure; `make w3c` shows it."""
    print(f"\n{line}")


def test_the_turtle_family() -> None:
    root, ran, failed = suite("rdf-tests"), list[str](), dict[str, str]()
    for folder in syntax.FAMILY:
        cases, wrong = syntax.run(root, folder)
        ran += [case.name for case in cases]
        failed |= wrong
    assert len(ran) >= 826
    tell(judge("turtle", failed, ran))


@posix
def test_the_query_language(tmp_path: Path) -> None:
    cases = sparql.cases(suite("rdf-tests"))
    with served.serving(tmp_path, sparql.graphs(cases)) as client:
        failed = {case.name: why for case in cases if (why := sparql.fault(case, client))}
    assert len(cases) >= 328
    tell(judge("query", failed, [case.name for case in cases]))


class Protocol:
    """The requests of the suite and a service that they go to."""

    def __init__(self, cases: list[Case], client: served.Client) -> None:
        self.queries = [case for case in cases if not protocol.is_update(case)]
        self.updates = [case for case in cases if protocol.is_update(case)]
        self.client = client


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Protocol]:
    cases = protocol.cases(suite("rdf-tests"))
    with served.serving(tmp_path_factory.mktemp("protocol"), protocol.graphs(cases)) as client:
        yield Protocol(cases, client)


@posix
def test_the_protocol(spoken: Protocol) -> None:
    assert len(spoken.queries) >= 20
    failed = {case.name: why for case in spoken.queries if (why := protocol.fault(case, spoken.client))}
    tell(judge("protocol", failed, [case.name for case in spoken.queries]))


@posix
def test_updates_are_refused(spoken: Protocol) -> None:
    assert len(spoken.updates) >= 14
    before = spoken.client.ask(COUNT, (), ())
    failed = {case.name: why for case in spoken.updates if (why := protocol.taken(case, spoken.client))}
    assert before.status == 200
    assert spoken.client.ask(COUNT, (), ()) == before
    tell(judge("updates", failed, [case.name for case in spoken.updates]) + " refused")


@pytest.fixture(scope="module")
def shapes() -> list[shacl.Case]:
    return shacl.cases(suite("data-shapes"))


@pytest.mark.parametrize("name", shacl.ENGINES)
@pytest.mark.filterwarnings("default")
def test_shacl(shapes: list[shacl.Case], name: str) -> None:
    pytest.importorskip(name)
    assert len(shapes) >= 98
    failed = {case.name: why for case in shapes if (why := shacl.fault(case, shacl.ENGINES[name]))}
    tell(judge(name, failed, [case.name for case in shapes]))


@pytest.mark.filterwarnings("default")
def test_both_engines_of_shacl_agree(shapes: list[shacl.Case]) -> None:
    for name in shacl.ENGINES:
        pytest.importorskip(name)
    failed = {case.name: why for case in shapes if (why := shacl.quarrel(case))}
    tell(judge("agreement", failed, [case.name for case in shapes]))


@pytest.mark.parametrize(("known", "failing"), [([], ["a/new"]), (["a/old"], [])])
def test_a_new_failure_and_a_new_pass_both_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: list[str], failing: list[str]
) -> None:
    listed = tmp_path / "expected.yaml"
    listed.write_text(f"query: {{why: {known}}}", encoding="utf-8")
    monkeypatch.setattr("egovkg.tests.w3c.suites.EXPECTED", listed)
    with pytest.raises(AssertionError, match=r"fails: wrong|passes now"):
        judge("query", dict.fromkeys(failing, "wrong"), ["a/new", "a/old"])
    listed.write_text(f"query: {{why: {failing}}}", encoding="utf-8")
    judge("query", dict.fromkeys(failing, "wrong"), ["a/new", "a/old"])
