"""The landscape of a province: one function from a typed question to a report.

>>> LandscapeQuestion(province="vn:thai-nguyen-2025").unverified
False
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from ...words import DEFAULT_LANGUAGE
from ..dependencies.ask import MatrixQuestion, ask_matrix
from ..dependencies.network.choice import EdgeChoice
from ..dependencies.network.scope import Scope
from ..facts.sentences import read_sentences
from ..facts.sources import read_sources
from ..planning.ask import GapQuestion, ask_gaps
from ..planning.provinces import Provinces
from ..planning.roll_up import province_cells
from ..planning.units import NoSource
from .remarks import FormerUnits, LandscapeAccount, LandscapeDay
from .report import LandscapeReport
from .statements import ProvinceStatements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ...graph.store import Store
    from ..dependencies.matrix import MatrixReport
    from ..facts.sentences import DigestSentence
    from ..facts.units import Remark
    from ..planning.gap_report import GapReport
    from ..planning.units import Province


@dataclass(frozen=True, slots=True, kw_only=True)
class LandscapeQuestion:
    """What do sources say exists in a province, and what is it connected to?

    :param province: name or CURIE of a province; a former one stands for the present one
    :param as_of: the day of the report; `None` for today. Statements made after it are left out
    :param framework: name of the framework whose components are looked for; `None` for the one in force
    :param unverified: whether components count that were seen in code repositories only, or are recalled
    :param lang: language of labels, texts and sentences
    """

    province: str
    as_of: date | None = None
    framework: str | None = None
    unverified: bool = False
    lang: str = DEFAULT_LANGUAGE

    @property
    def day(self) -> date:
        """The day of the report."""
        return self.as_of or date.today()


def ask_landscape(store: Store, question: LandscapeQuestion) -> LandscapeReport:
    """Collect the systems, connections, figures and gaps of a province, each with its sentences.

    What sources say of the former units of the province counts, under the names of those units.

    :returns: a report without systems where no source speaks of the province
    :raises EntityError: if the name matches no unit
    :raises ProvinceError: if the name refers to a unit below a province, or to one without a single successor
    :raises FrameworkError: if no framework, or more than one, has the name

    Cost: about sixty queries; linear in the claims.
    """
    provinces, day, lang = Provinces(store), question.day, question.lang
    province, understood = provinces.present(question.province, day, lang)
    stated = ProvinceStatements.read(provinces, province, day, lang)
    gaps = _gaps(provinces, province, question)
    cells = province_cells(gaps.cells)
    deciding = (weighed.id for cell in cells for weighed in cell.deciding_statements)
    claims = chain((statement.fact.id for statement in stated.statements), deciding)
    sentences = _in_order(read_sentences(store, claims, (lang,)))
    cited = {sentence.article for sentence in sentences.values()}
    account = LandscapeAccount(
        sentences=len(set(sentences.values())),
        sources=len(cited),
        systems=len(entries := stated.entries(lang)),
        connections=len(stated.connections),
        figures=len(stated.figures),
        silent=sum(cell.verdict.lacks_evidence for cell in cells),
    )
    return LandscapeReport(
        province=province,
        day=day,
        lang=lang,
        systems=entries,
        connections=stated.connections,
        figures=stated.figures,
        others=stated.others,
        network=_network(store, province, question, stated.units),
        gaps=gaps,
        cells=cells,
        sentences=sentences,
        sources=tuple(source for key, source in read_sources(store).items() if key in cited),
        remarks=(
            LandscapeDay(province, day),
            account,
            *understood,
            *_about_units(provinces, province, gaps),
        ),
    )


def _gaps(provinces: Provinces, province: Province, question: LandscapeQuestion) -> GapReport:
    frameworks = (question.framework,) if question.framework else ()
    gap_question = GapQuestion(
        provinces=(province.curie,),
        as_of=question.day,
        known_by=question.as_of,
        frameworks=frameworks,
        unverified=question.unverified,
        languages=(question.lang,),
    )
    return ask_gaps(provinces.store, gap_question, provinces)


def _network(
    store: Store, province: Province, question: LandscapeQuestion, units: Collection[str]
) -> MatrixReport:
    """Read the connections that count on the day, planned ones too, of systems that belong to units.

    :param units: CURIEs of the province and its former provinces
    """
    choice = EdgeChoice(as_of=question.day, plans=True, lang=question.lang)
    network = ask_matrix(store, MatrixQuestion(choice, Scope(province.curie)))
    own = {system.curie for system in network.systems if system.province in units}
    return network.limited_to(own)


def _about_units(provinces: Provinces, province: Province, gaps: GapReport) -> Iterator[Remark]:
    """Say that former units count, which articles cover each unit, or that no source speaks of any."""
    lineage = [judged.province for judged in provinces.lineage(province)]
    if not any(unit.iri in provinces.covered for unit in lineage):
        yield NoSource(province)
        return
    if former := tuple(unit for unit in lineage if unit != province):
        yield FormerUnits(province, former)
    yield from gaps.province_remarks


def _in_order(sentences: Mapping[str, DigestSentence]) -> dict[str, DigestSentence]:
    """Order sentences source by source, as the paragraphs of the digest follow each other."""

    def place(claim: str) -> tuple[str, int, str]:
        sentence = sentences[claim]
        number = "".join(filter(str.isdigit, sentence.paragraph))
        return sentence.article, int(number or 0), claim

    return {claim: sentences[claim] for claim in sorted(sentences, key=place)}
