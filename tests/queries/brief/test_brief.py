"""Briefs of the five articles, checked against the sentences of its articles and the clauses of the law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from egovkg.errors import EntityError, FrameworkError, ProvinceError, QuestionError
from egovkg.graph.names import ID
from egovkg.ontology.verdicts import TargetVerdict, Verdict
from egovkg.queries.brief import BriefQuestion, BriefSection, LineKind, ask_brief
from egovkg.queries.brief.clauses import read_clauses
from egovkg.queries.brief.lines import law_lines, sentence_lines
from egovkg.queries.brief.report import Period
from egovkg.queries.brief.statements import NewSentence
from egovkg.queries.planning.cells.basis import CLAUSE
from egovkg.queries.planning.provinces import Provinces

if TYPE_CHECKING:
    from egovkg.graph.store import OxigraphStore
    from egovkg.queries.brief import BriefLine, BriefReport

AS_OF = date(2026, 11, 30)


@pytest.fixture(scope="module")
def provinces(store: OxigraphStore) -> Provinces:
    return Provinces(store)


def brief(provinces: Provinces, name: str, since: date | None, as_of: date = AS_OF) -> BriefReport:
    question = BriefQuestion(province=name, since=since, as_of=as_of, languages=("en",))
    return ask_brief(provinces.store, question, provinces)


@pytest.fixture(scope="module")
def ca_mau(provinces: Provinces) -> BriefReport:
    return brief(provinces, "Cà Mau", date(2022, 3, 31))


@pytest.fixture(scope="module")
def thai_nguyen(provinces: Provinces) -> BriefReport:
    """The brief of a quarter, asked for under the name of a former province."""
    return brief(provinces, "Bắc Kạn", None)


@pytest.fixture(scope="module")
def bac_kan(provinces: Provinces) -> BriefReport:
    """The brief of a period in which no source appeared but days passed."""
    return brief(provinces, "vn:bac-kan", date(2019, 12, 31), date(2021, 3, 31))


def remarks(report: BriefReport) -> str:
    return "\n".join(remark.message().text("en") for remark in report.remarks)


def line_about(report: BriefReport, section: BriefSection, matter: str) -> BriefLine:
    return next(line for line in report.lines[section] if matter in line.matter.text("en"))


def test_what_may_be_older_than_the_period_is_listed_apart(ca_mau: BriefReport) -> None:
    period = Period(date(2026, 8, 30), AS_OF, date(2027, 5, 30))
    claims = ca_mau.lines[BriefSection.NEW][0].claims
    unit = ca_mau.lines[BriefSection.NEW][0].units[0]
    surely, perhaps = (NewSentence(unit, date(2026, month, 24), AS_OF, (), claims) for month in (9, 3))
    assert [line.claims for line in sentence_lines([surely, perhaps], period)] == [claims]
    (line,) = sentence_lines([perhaps], period, is_dated=False)
    assert "between 2026-03-24 and 2026-11-30, day not printed" in line.finding.text("en")
    assert not [*sentence_lines([surely], period, is_dated=False)]


class TestWhatChanged:
    def test_a_source_of_the_period_changes_verdicts(self, ca_mau: BriefReport) -> None:
        changed = {line.matter.text("en"): line for line in ca_mau.lines[BriefSection.CHANGED]}
        system = changed["Direction and administration system of the province"]
        assert (system.before, system.verdict) == (Verdict.NO_EVIDENCE, Verdict.MET)
        assert (system.day, "by a source of the period" in system.finding.text("en")) == (
            date(2022, 5, 4),
            True,
        )
        (sentence,) = ca_mau.sentences_of(system)
        assert (sentence.article, sentence.paragraph) == ("bac-lieu-2022", "d27")
        assert "upgraded in the first quarter of 2022" in sentence.text.text("en")
        lan = changed["Local network, broadband and link to the dedicated network"]
        assert lan.verdict is Verdict.STATED_GAP
        assert ca_mau.territory(lan, "en") == "Bac Lieu Province (until 2025-06-30)"

    def test_a_day_that_has_passed_changes_verdicts(self, bac_kan: BriefReport) -> None:
        platform = line_about(bac_kan, BriefSection.CHANGED, "LGSP finished")
        assert (platform.before, platform.verdict) == (TargetVerdict.NOT_DUE, TargetVerdict.MET)
        assert platform.finding.text("en") == "not due → met, because its day has passed"
        assert platform.day == date(2020, 12, 30)
        assert platform.clause is not None
        assert platform.clause.basis.clause == "3.2.a"

    def test_a_plan_that_ended_is_a_change_by_time(self, bac_kan: BriefReport) -> None:
        plan = line_about(bac_kan, BriefSection.CHANGED, "roadmap plans")
        assert (plan.before, plan.verdict) == (Verdict.MET, Verdict.SPOKEN_OF)
        assert "by a day that an earlier source names" in plan.finding.text("en")

    def test_a_quarter_without_a_source_says_so(self, thai_nguyen: BriefReport) -> None:
        assert thai_nguyen.lines[BriefSection.CHANGED] == ()
        assert "no source about the province is dated in the period; the latest is of 2019-12-05" in remarks(
            thai_nguyen
        )

    def test_a_later_framework_is_named_beside_the_change(
        self, ca_mau: BriefReport, bac_kan: BriefReport
    ) -> None:
        basis = "(both days judged by framework 1425, issued on 2026-07-29)"
        components = [line for line in ca_mau.lines[BriefSection.CHANGED] if line.kind is LineKind.COMPONENT]
        assert components
        assert all(line.finding.text("en").endswith(basis) for line in components)
        assert not any(basis in line.finding.text("en") for line in bac_kan.lines[BriefSection.CHANGED])


class TestNews:
    def test_a_target_begins_with_its_period_and_not_with_its_decree(self, ca_mau: BriefReport) -> None:
        name = "put into use from 1 July 2027"
        line = line_about(ca_mau, BriefSection.NEW, name)
        assert line.finding.text("en") == "in force from 2026-07-01; its period begins on 2027-07-01: not due"
        assert not any(name in silent.matter.text("en") for silent in ca_mau.lines[BriefSection.SILENT])

    def test_a_target_that_cannot_be_compared_says_why(self, provinces: Provinces) -> None:
        report = brief(provinces, "Thái Nguyên", date(2019, 1, 1))
        line = line_about(report, BriefSection.OVERDUE, "LGSP finished")
        assert line.finding.text("en") == (
            "was due on 2020-12-30; by the sources: not comparable. The figure or statement is about one of "
            "the former provinces only, not about the whole province."
        )

    def test_each_new_sentence_is_cited(self, ca_mau: BriefReport) -> None:
        news = [line for line in ca_mau.lines[BriefSection.NEW] if line.kind is LineKind.SENTENCE]
        assert {ca_mau.sentences_of(line)[0].published for line in news} == {"2022-05-04"}
        assert {unit.curie for line in news for unit in line.units} == {"vn:bac-lieu"}
        texts = [ca_mau.sentences_of(line)[0].text.text("en") for line in news]
        assert any("IT equipment in Bạc Liêu has degraded" in text for text in texts)
        assert not any("Since the early 2000s Viet Nam" in text for text in texts)

    def test_rules_of_the_period_have_clause_and_day(self, ca_mau: BriefReport) -> None:
        ended = line_about(ca_mau, BriefSection.NEW, "Decree 42/2022/NĐ-CP")
        assert ended.day == date(2022, 8, 15)
        replaced = [
            line for line in ca_mau.lines[BriefSection.NEW] if "article 90.2.b" in line.finding.text("en")
        ]
        assert {line.day for line in replaced} == {date(2026, 7, 1)}
        assert "Decree 42/2022/NĐ-CP" in " ".join(line.matter.text("en") for line in replaced)

    def test_rules_that_were_not_read_stand_apart(self, thai_nguyen: BriefReport) -> None:
        line = line_about(thai_nguyen, BriefSection.UNVERIFIED, "Decree 363/2026/NĐ-CP")
        assert line.clause is not None
        assert line.clause.text("en").endswith(": seen in a code repository only, not read")
        assert line.clause.basis.addresses == ("https://vanban.chinhphu.vn/?pageid=27160&docid=219598",)
        for lines in (thai_nguyen.lines[section] for section in BriefSection):
            is_apart = lines is thai_nguyen.lines[BriefSection.UNVERIFIED]
            rules = [line.clause for line in lines if line.clause]
            assert all(clause.basis.bears_verdict is not is_apart for clause in rules)

    def test_new_law_leads_to_its_clause_on_entry_into_force(self, provinces: Provinces) -> None:
        news = brief(provinces, "vn:ha-noi-2025", date(2026, 6, 30)).lines[BriefSection.NEW]
        begun = {
            line.matter.text("en"): line.clause.text("en")
            for line in news
            if line.clause and line.finding.text("en").startswith("in force from")
        }
        assert begun["Law 116/2025/QH15 (cybersecurity)"].startswith("article 44.1, Law 116/2025/QH15")
        assert begun["Decision 1425/QĐ-TTg of 2026"] == "article 3.1, Decision 1425/QĐ-TTg of 2026"
        assert all(clause.startswith("article ") for clause in begun.values())
        places = [line.clause.basis.addresses for line in news if line.clause]
        assert all(place[0].startswith("https://") for place in places)

    def test_frameworks_of_other_provinces_are_no_news(self, store: OxigraphStore) -> None:
        clauses, documents = read_clauses(store)
        period = BriefQuestion(since=date(2025, 12, 1), as_of=date(2026, 1, 31)).period
        for unit, has_own in (("vn-thai-nguyen-2025", False), ("vn-hung-yen-2025", True)):
            lines = law_lines(clauses, documents, {f"{ID}unit/{unit}"}, period)
            matters = " ".join(line.matter.text("en") for line in lines)
            assert ("2352/QĐ-UBND" in matters) is has_own
            assert "3388/QĐ-UBND" not in matters
            assert "Decision 2629/QĐ-TTg" not in matters  # in force on the first day already
            assert "Law 91/2025/QH15" in matters

    def test_what_the_law_asks_from_now_on(self, ca_mau: BriefReport) -> None:
        portal = line_about(ca_mau, BriefSection.NEW, "joined to the Government portal")
        assert (portal.day, portal.verdict) == (date(2026, 7, 1), Verdict.NO_EVIDENCE)
        assert portal.clause is not None
        assert portal.clause.basis.text("en").startswith("article 11.3, Decree 224/2026/NĐ-CP")
        assert portal.clause.basis.addresses


class TestDays:
    def test_what_is_due_within_six_months(self, thai_nguyen: BriefReport) -> None:
        due = thai_nguyen.lines[BriefSection.DUE]
        assert {line.day for line in due} == {date(2026, 12, 31), date(2027, 1, 29)}
        framework = next(line for line in due if line.day == date(2027, 1, 29))
        assert framework.clause is not None
        assert framework.clause.basis.text("en") == "article 3.4, Decision 1425/QĐ-TTg of 2026"
        assert [line.matter.text("en") for line in due if line.kind is LineKind.DUTY] == [
            "The platform of the province is joined to the data coordination platform (NDOP)"
        ]
        targets = [line.matter.text("en") for line in due if line.kind is LineKind.TARGET]
        assert "Share of work files handled online, 2026: >= 100%" in targets
        assert len(targets) == 8  # plan 11/QĐ-BCĐCP for provinces and communes, and the framework

    def test_what_is_to_be_kept_from_a_day_on_is_not_overdue(self, provinces: Provinces) -> None:
        report = brief(provinces, "vn:ha-noi-2025", date(2026, 6, 30))
        assert report.lines[BriefSection.OVERDUE] == ()
        notice = line_about(report, BriefSection.NEW, "Notice before a planned stop of a service")
        assert (notice.day, notice.clause and notice.clause.basis.clause) == (date(2026, 7, 1), "13.1.a")

    def test_plans_become_overdue_with_their_sentence(self, ca_mau: BriefReport) -> None:
        plan = line_about(ca_mau, BriefSection.OVERDUE, "community digital technology teams")
        assert plan.day == date(2022, 6, 30)
        assert [sentence.paragraph for sentence in ca_mau.sentences_of(plan)] == ["d37"]

    def test_what_was_overdue_before_is_counted_only(self, thai_nguyen: BriefReport) -> None:
        assert thai_nguyen.lines[BriefSection.OVERDUE] == ()
        assert "had passed before 2026-08-30 and no source says that they were reached: 3 plans" in remarks(
            thai_nguyen
        )

    def test_targets_of_periods_that_ended_before_hold_nobody(self, thai_nguyen: BriefReport) -> None:
        said = remarks(thai_nguyen)
        assert (
            "targets whose period ended before 2026: until 2020 (4 of Government Resolution 17/NQ-CP of 2019"
            in said
        )
        assert "2 of Circular 23/2018/TT-BTTTT" in said
        asked = {line.matter.text("en") for section in thai_nguyen.lines.values() for line in section}
        assert not any("level 4" in matter or "LGSP finished" in matter for matter in asked)

    def test_a_met_target_is_not_overdue(self, bac_kan: BriefReport) -> None:
        overdue = [line.matter.text("en") for line in bac_kan.lines[BriefSection.OVERDUE]]
        assert not any("LGSP finished" in matter for matter in overdue)
        assert any("Share of dossiers handled online" in matter for matter in overdue)


class TestWhomToAsk:
    @pytest.mark.parametrize(
        ("matter", "body", "clause"),
        [
            ("e-identification", "Ministry of Public Security", "article 83.6"),
            ("Intelligent operations centre", "Department of Science and Technology", "article 85.6"),
            ("Share of business papers given only once, 2026", "Office of the provincial", "article 5.3"),
        ],
    )
    def test_each_silence_has_a_body(
        self, thai_nguyen: BriefReport, matter: str, body: str, clause: str
    ) -> None:
        line = line_about(thai_nguyen, BriefSection.SILENT, matter)
        assert line.body is not None
        assert line.body.name.text("en").startswith(body)
        assert line.body.clause.basis.text("en").startswith(clause)
        assert line.claims == ()

    def test_silence_may_be_of_one_former_province_only(self, thai_nguyen: BriefReport) -> None:
        centre = line_about(thai_nguyen, BriefSection.SILENT, "Provincial data centre")
        assert [unit.curie for unit in centre.units] == ["vn:thai-nguyen"]  # Bắc Kạn's is stated

    def test_before_decree_224_nobody_is_named(self, bac_kan: BriefReport) -> None:
        line = line_about(bac_kan, BriefSection.SILENT, "Call centre")
        assert line.body is None


@pytest.mark.parametrize("name", ["ca_mau", "thai_nguyen", "bac_kan"])
def test_every_line_leads_to_its_sentence_or_clause(name: str, request: pytest.FixtureRequest) -> None:
    report: BriefReport = request.getfixturevalue(name)
    for section in BriefSection:
        for line in report.lines[section]:
            assert line.clause is not None or report.sentences_of(line)
            assert line.before is None or report.sentences_of(line) or line.day
            if line.clause is not None and line.clause.basis.kind != CLAUSE:
                assert " not read" in line.clause.text("en") or not line.clause.basis.document_labels
            assert len(report.sentences_of(line)) > 0 or not line.claims
            assert line.finding.text("vi")
            assert line.finding.text("en") != line.finding.text("vi")
    numbers = [report.number(sentence) for sentence in report.cited_sentences]
    assert numbers == [*range(1, len(numbers) + 1)]


class TestNames:
    def test_a_former_province_stands_for_the_present_one(self, thai_nguyen: BriefReport) -> None:
        assert thai_nguyen.province.curie == "vn:thai-nguyen-2025"
        assert [unit.curie for unit in thai_nguyen.units] == ["vn:bac-kan", "vn:thai-nguyen"]
        assert "(vn:bac-kan) no longer exists; this answer is about Thai Nguyen" in remarks(thai_nguyen)

    def test_on_a_day_of_its_own_it_stands_for_itself(self, bac_kan: BriefReport) -> None:
        assert [unit.curie for unit in bac_kan.units] == ["vn:bac-kan"]

    def test_a_province_without_a_source_is_not_spoken_of(self, provinces: Provinces) -> None:
        report = brief(provinces, "vn:ha-noi-2025", None)
        assert "is not spoken of by any source of the corpus; that does not mean" in remarks(report)
        assert report.cited_sentences == ()
        verdicts = {line.verdict for line in report.lines[BriefSection.SILENT]}
        assert verdicts == {Verdict.NO_EVIDENCE, TargetVerdict.NO_FIGURE}

    def test_names_that_cannot_be_briefed(self, provinces: Provinces) -> None:
        with pytest.raises(EntityError, match="Hanoi City"):
            brief(provinces, "Hanoix", None)
        with pytest.raises(ProvinceError, match="Phu Tho"):
            brief(provinces, "Yên Lập", None)
        question = BriefQuestion(province="Cà Mau", as_of=AS_OF, framework="9.9")
        with pytest.raises(FrameworkError):
            ask_brief(provinces.store, question, provinces)


def test_a_period_has_to_begin_before_it_ends() -> None:
    for since in (AS_OF, date(2027, 1, 1)):
        with pytest.raises(QuestionError, match="is not before 2026-11-30"):
            _ = BriefQuestion(province="Cà Mau", since=since, as_of=AS_OF).period


def test_a_quarter_is_the_period_of_who_names_none() -> None:
    period = BriefQuestion(province="Cà Mau", as_of=date(2026, 5, 31)).period
    assert (period.since, period.until) == (date(2026, 2, 28), date(2026, 11, 30))


def test_a_day_ahead_is_told(provinces: Provinces) -> None:
    report = brief(provinces, "vn:ha-noi-2025", None, date(2999, 1, 1))
    assert "2999-01-01 has not come yet" in remarks(report)


def test_the_record_holds_sentences_by_number(ca_mau: BriefReport) -> None:
    record = ca_mau.as_dict("en")
    assert [*record][:6] == ["province", "province_id", "units", "since", "as_of", "due_until"]
    changed = record["changed"]
    assert isinstance(changed, list)
    (first,) = [row for row in changed if isinstance(row, dict) and row["matter"] == "Provincial data centre"]
    assert (first["verdict_before"], first["verdict"]) == ("no_evidence", "met")
    sentences = record["sentences"]
    assert isinstance(sentences, list)
    numbers = first["sentences"]
    assert isinstance(numbers, list)
    (number,) = numbers
    assert isinstance(number, int)
    cited = sentences[number - 1]
    assert isinstance(cited, dict)
    assert cited["number"] == number
    assert cited["article"] == "bac-lieu-2022"
