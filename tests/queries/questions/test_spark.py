"""The Spark recipe answers as the embedded store does; `make spark` runs this with pyspark."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from egovkg.errors import ExportError
from egovkg.graph.export import export
from egovkg.graph.network.reachability import reach
from egovkg.graph.publish import Version
from egovkg.queries import spark as recipe
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.queries.questions.ask import NamedQuestion, ask_question

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PAGE = Path(__file__).parents[3] / "docs" / "scaling.md"
MISSING = [
    *([] if find_spec("pyspark") else ["pyspark is not installed (make spark installs it)"]),
    *([] if shutil.which("java") else ["no program named java is on the path"]),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """One local session; where it is required, what is missing is a failure."""
    if MISSING:
        (pytest.fail if os.environ.get("EGOVKG_SPARK") else pytest.skip)("; ".join(MISSING))
    session = recipe.session("local[2]")
    yield session
    session.stop()


@pytest.fixture(scope="module", params=["kind", "predicate"])
def quads(
    spark: SparkSession,
    version: Version,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> DataFrame:
    folder = tmp_path_factory.mktemp("spark") / "graph-files"
    export(version, folder, form="parquet", by=request.param)
    return recipe.read(spark, folder)


def rows(frame: DataFrame) -> list[tuple[object, ...]]:
    return [tuple(row) for row in frame.collect()]


def answers(frame: DataFrame) -> dict[object, object]:
    """Rows of two columns as a mapping, each key once."""
    found = rows(frame)
    made = {row[0]: row[1] for row in found}
    assert len(made) == len(found)
    return made


def labels(version: Version) -> dict[str, str]:
    query = 'SELECT ?s ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l FILTER(LANG(?l) = "vi") }'
    return {s.value: o.value for s, o in version.open().select(query).rows}  # type: ignore[union-attr]


def test_spark_reads_every_quad(quads: DataFrame, version: Version) -> None:
    assert quads.count() == len(version.open())


def test_systems_per_province_are_those_of_the_question(quads: DataFrame, version: Version) -> None:
    store = version.open()
    found = answers(recipe.systems_per_province(quads))
    provinces = store.select("SELECT DISTINCT ?p { ?p a <https://w3id.org/egovkg/ontology#Province> }").rows
    wanted = {}
    for (province,) in provinces:
        answer = ask_question(store, NamedQuestion("systems-of-province", {"province": province.value}))  # type: ignore[union-attr]
        wanted[province.value] = len({row[0] for row in answer.rows})  # type: ignore[union-attr]
    assert found == {province: count for province, count in wanted.items() if count}
    assert len(found) >= 5


def test_impact_is_that_of_the_arrays(quads: DataFrame, home: Path) -> None:
    network = Dependencies.published(home).network
    sizes = sorted((len(reach(network, [node]).nodes), node) for node in range(len(network)))
    for failed in ([sizes[-1][1]], [sizes[-1][1], sizes[-2][1]], [sizes[0][1]]):
        met = reach(network, failed)
        wanted = {network.name(n): h for n, h in zip(met.nodes.tolist(), met.hops.tolist(), strict=True)}
        assert answers(recipe.impact_of(quads, [network.name(node) for node in failed])) == wanted
    assert sizes[-1][0] > 3
    assert sizes[0][0] == 0


def test_gaps_are_those_of_the_question(quads: DataFrame, version: Version) -> None:
    words = labels(version)
    wanted = list(ask_question(version.open(), NamedQuestion("not-stated-systems")).rows)
    found = sorted((words[str(p)], words[str(kind)]) for p, kind in rows(recipe.not_stated(quads)))
    assert found == sorted(wanted)
    counts = {words[str(province)]: count for province, count in rows(recipe.gap_counts(quads))}
    assert counts == Counter(province for province, _ in wanted)
    assert len(wanted) > 20


def test_the_python_of_the_page_runs(
    spark: SparkSession,
    version: Version,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = re.search(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert code
    export(version, tmp_path / "graph-files", form="parquet")
    monkeypatch.chdir(tmp_path)
    exec(compile(code[1], PAGE.name, "exec"), {})
    assert "hops" in capsys.readouterr().out


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ExportError, match=r"pyspark|java"):
        recipe.session()
