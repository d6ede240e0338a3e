"""Reference data: the shipped catalogue, a framework of one's own, and what to build first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.errors import FrameworkError, InputError
from egovkg.graph.publish import open_published
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.reference_file import read_reference_file
from egovkg.ontology.references import FRAMEWORK_2_0, shipped_components
from egovkg.ontology.verdicts import Verdict
from egovkg.queries.planning.ask import GapQuestion, ask_gap_columns, ask_gaps, ask_roadmap
from egovkg.queries.planning.frameworks import Frameworks
from egovkg.queries.planning.roadmap import needs_of, roadmap
from egovkg.queries.planning.target_reading import check_measures, read_targets
from egovkg.tests.corpora.folders import FIVE

OWN = """\
framework: so-y-te
vi: Khung y tế số
en: Digital health framework
components:
  H-QLVB: {vi: Quản lý văn bản, en: Document management, layer: applications,
           realised_by: [DocumentManagementSystem], needs: [H-DC], source: Quyết định 1/QĐ-BYT}
  H-DC: {vi: Trung tâm dữ liệu, en: Data centre, layer: infrastructure,
         realised_by: [DataCentre], source: Quyết định 1/QĐ-BYT}
  H-EMR: {vi: Bệnh án điện tử, en: Health record, layer: applications, needs: [H-DC]}
targets:
  only: {vi: Văn bản chỉ gửi bản điện tử, en: Documents sent only electronically,
         measure: electronicOnlyShare, asked: ">= 90 %", period: 2019/2020, source: Quyết định 1/QĐ-BYT}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    build([FIVE], folder)
    return folder


@pytest.fixture(scope="module")
def store(home: Path) -> OxigraphStore:
    return open_published(home)


class TestShipped:
    def test_the_catalogue_is_whole(self, store: OxigraphStore) -> None:
        reference = Frameworks.of(store).read(FRAMEWORK_2_0, unsourced=True)
        assert len(reference.components) == sum(name.startswith("f2:") for name in shipped_components()) - 1
        assert len(reference.components) == 58
        assert len(reference.expectations) == 62
        assert len({component.code for component in reference.components}) == 58
        assert "N-EID" not in {component.code for component in reference.components}  # of framework 3.0

    def test_what_has_no_source_stays_out_unless_asked_for(self, store: OxigraphStore) -> None:
        sourced, whole = (
            Frameworks.of(store).read(FRAMEWORK_2_0),
            Frameworks.of(store).read(FRAMEWORK_2_0, unsourced=True),
        )
        assert {c.sourcing for c in sourced.components} == {"clause", "confirmed", "article"}
        assert sourced.unsourced == len(whole.components) - len(sourced.components) == 7
        assert len(sourced.expectations) == 26

    def test_everything_sourced_names_its_source(self, store: OxigraphStore) -> None:
        reference = Frameworks.of(store).read(FRAMEWORK_2_0)
        silent = [c.code for c in reference.components if not c.sources and c.sourcing != "article"]
        assert silent == []
        assert all(expectation.sources for expectation in reference.expectations)

    def test_frameworks_follow_each_other_to_the_present(self, store: OxigraphStore) -> None:
        query = """
            PREFIX egov: <https://w3id.org/egovkg/ontology#>
            PREFIX architecture: <https://w3id.org/egovkg/id/architecture/>
            SELECT ?number {
              ?framework egov:succeedsFramework* architecture:framework-1-0 ;
                egov:definedBy/egov:number ?number
            } ORDER BY ?number"""
        numbers = [row[0].value for row in store.select(query).rows]  # type: ignore[union-attr]
        assert numbers == ["1178/BTTTT-THH", "2323/QĐ-BTTTT", "2568/QĐ-BTTTT", "292/QĐ-BKHCN"]

    def test_layers_have_their_place_in_the_later_framework(self, store: OxigraphStore) -> None:
        later = {c.layer: c.later_layer for c in Frameworks.of(store).read(FRAMEWORK_2_0).components}
        assert later["portals"] == later["channels"] == "four-channels"
        assert later["security"] == later["infrastructure"] == "four-infrastructure"
        assert later["platform"] == later["data"] == "four-data"
        assert later["steering"] is None


class TestOwn:
    def test_a_framework_of_ones_own_is_judged(self, store: OxigraphStore, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        path.write_text(OWN, encoding="utf-8")
        own = read_reference_file(path)
        frameworks = Frameworks.of(own)
        reference = frameworks.read(frameworks.default(date.today()))
        assert [c.code for c in reference.components] == ["H-QLVB", "H-DC"]
        shipped, added = ask_gap_columns(store, GapQuestion(as_of=date(2026, 1, 1), reference=own)).reports
        assert shipped.framework.short_name == "3090"  # the framework in force on that day
        cells = added.cells
        verdicts = {(c.judged.province.curie, c.component.code): c.verdict for c in cells}
        assert verdicts["vn:tuyen-quang", "H-DC"] is Verdict.MET
        assert verdicts["vn:binh-phuoc", "H-DC"] is Verdict.NO_EVIDENCE
        check_measures(store, read_targets(own))

    def test_the_command_takes_it(self, home: Path, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        path.write_text(OWN, encoding="utf-8")
        for verb in ("gaps", "targets", "roadmap"):
            result = CliRunner().invoke(main, [verb, "--reference", str(path), "--graph", str(home)])
            assert result.exit_code == 0, result.output
        assert (
            "H-DC"
            in CliRunner()
            .invoke(main, ["gaps", "--reference", str(path), "--graph", str(home), "--format", "csv"])
            .stdout
        )

    @pytest.mark.parametrize(
        ("old", "new", "code", "words"),
        [
            (
                "layer: applications,\n           realised",
                "layer: application,\n           realised",
                "KG036",
                'did you mean "applications"?',
            ),
            ("[H-DC], source", "[H-DX], source", "KG021", 'did you mean "H-DC"?'),
            ("[DataCentre]", "[DataCenter]", "KG019", 'did you mean "DataCentre"?'),
            ("period: 2019/2020, ", "", "KG014", '"period" missing'),
            ('">= 90 %"', "90", "KG050", "comparator and unit"),
            ('">= 90 %"', '">= 90 vănbản"', "KG052", 'did you mean "văn-bản"?'),
            ("electronicOnlyShare", "electronicOnlyshare", "KG031", 'did you mean "electronicOnlyShare"?'),
            ("realised_by: [DataCentre]", "needs: [H-QLVB]", "KG091", "H-QLVB → H-DC → H-QLVB"),
            ("framework: so-y-te", "framework: Sở Y tế", "KG014", "framework: my-province"),
            ("period: 2019/2020", "period: 2020/2019", "KG043", "swap or correct"),
            ("H-EMR:", "h emr:", "KG019", "A-QLVB"),
            ("vi: Khung", "vn: Khung", "KG013", '"vn"'),
        ],
    )
    def test_each_fault_is_told_at_its_place(
        self, tmp_path: Path, old: str, new: str, code: str, words: str
    ) -> None:
        assert old in OWN
        path = tmp_path / "own.yaml"
        path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_reference_file(path, {"electronicOnlyShare"})
        problems = [problem for problem in caught.value.problems if problem.code == code]
        assert problems, caught.value
        assert all(problem.line > 1 or old in OWN.splitlines()[0] for problem in problems)
        assert any(words in str(problem) for problem in problems), caught.value

    def test_a_measure_that_is_no_name_is_refused_without_a_list_too(self, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        path.write_text(OWN.replace("electronicOnlyShare", "'a\"> <b'"), encoding="utf-8")
        with pytest.raises(InputError, match=r"KG031 no measure \"a\"> <b\""):
            read_reference_file(path)

    def test_turtle_that_lacks_something_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "own.ttl"
        path.write_text("@prefix egov: <https://w3id.org/egovkg/ontology#> .\n<x:y> a egov", encoding="utf-8")
        with pytest.raises(InputError, match='KG092 not Turtle from "egov" on'):
            read_reference_file(path)
        path.write_text("<x:y> a egv:Z .", encoding="utf-8")
        with pytest.raises(InputError, match='KG092 the prefix "egv:" is not declared'):
            read_reference_file(path)
        path.write_text("<x:y> a ", encoding="utf-8")
        with pytest.raises(InputError, match="KG092 the Turtle ends in the middle of a statement"):
            read_reference_file(path)
        path.write_text(
            "@prefix egov: <https://w3id.org/egovkg/ontology#> .\n"
            "<https://w3id.org/egovkg/id/component/x> a egov:ReferenceComponent .",
            encoding="utf-8",
        )
        with pytest.raises(InputError, match="a component belongs to a framework"):
            read_reference_file(path)

    def test_a_target_of_an_unknown_measure_is_refused(self, store: OxigraphStore, tmp_path: Path) -> None:
        path = tmp_path / "own.yaml"
        path.write_text(OWN.replace("electronicOnlyShare", "paperShare"), encoding="utf-8")
        with pytest.raises(FrameworkError, match="paperShare"):
            check_measures(store, read_targets(read_reference_file(path)))


class TestRoadmap:
    def test_no_step_comes_before_what_it_needs(self, store: OxigraphStore) -> None:
        reference = Frameworks.of(store).read(FRAMEWORK_2_0, unsourced=True)
        report = ask_gaps(store, GapQuestion(as_of=date(2023, 12, 1), unverified=True))
        for province in report.provinces:
            steps = roadmap(report.cells_of(province), reference)
            order = {step.gap.component.code: step.order or 0 for step in steps}
            assert all(order.values())
            for step in steps:
                needs = needs_of(reference)[step.gap.component.code]
                assert all(order[need] < order[step.gap.component.code] for need in needs & order.keys())
                assert set(step.after) == needs & order.keys()
            there = {c.component.code for c in report.cells_of(province) if c.verdict is Verdict.MET}
            assert there.isdisjoint(order)

    def test_stated_plans_come_first_among_equals(self, store: OxigraphStore) -> None:
        steps = ask_roadmap(store, GapQuestion(provinces=("vn:tuyen-quang",), as_of=date(2023, 12, 1))).steps
        planned = [step.gap.component.code for step in steps if step.plans]
        assert [step.gap.component.code for step in steps][: len(planned)] == planned
        assert set(planned) >= {"A-REPORT", "L-PAY", "G-ARCH"}
