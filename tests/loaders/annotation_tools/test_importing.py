"""The import of annotations as drafts: mapping, account, register, and nothing half done."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
import yaml
from egovkg import files as egovkg_files
from egovkg.errors import InputError
from egovkg.loaders.annotation_tools.comparison import ATTRIBUTES, LINKS, RELATIONS, SPANS
from egovkg.loaders.annotation_tools.exporting import AnnotationExport, export_annotations
from egovkg.loaders.annotation_tools.formats import FORMATS
from egovkg.loaders.annotation_tools.importing import AnnotationImport, import_annotations
from egovkg.loaders.annotation_tools.mapping import mapping_schema
from egovkg.loaders.annotation_tools.model import AnnotatedSpan, AnnotatedText, Relation
from egovkg.loaders.drafts import DraftArticle, DraftRequest
from egovkg.loaders.pipeline.checking import check
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from egovkg.loaders.annotation_tools.importing import AnnotationReport

CASE = Path(__file__).parents[2] / "cases" / "drafts"
ROOT = Path(__file__).parents[3]
TEXT = "LGSP nối với Cổng dịch vụ công quốc gia.\r\nSở Nội vụ dùng LGSP từ năm 2021; kho số liệu thì chưa."
SAID = DraftRequest(scope="mh:tinh", published="2021-07-01", publisher="mh:bao")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(copytree(CASE, "corpus"))


def brat(*rows: str, text: str = TEXT, name: str = "tin") -> Path:
    """Write a text and its annotations; a row is `T1 ORG words` or any line of brat."""
    lines = []
    for row in rows:
        key, _, content = row.partition(" ")
        if key.startswith("T"):
            label, _, words = content.partition(" ")
            start = text.index(words)
            row = f"{key}\t{label} {start} {start + len(words)}\t{words}"
        lines.append(row)
    Path(f"{name}.txt").write_bytes(text.encode())
    Path(f"{name}.ann").write_text("\n".join(lines), encoding="utf-8")
    return Path(f"{name}.ann")


def run(*paths: Path, **request: object) -> AnnotationReport:
    return import_annotations(AnnotationImport(paths, Path("corpus"), SAID, **request))  # type: ignore[arg-type]


MAPPING = """
spans: {SYS: InformationSystem, DATE: none}
relations:
  Use: {relation: usesDataOf, subject: Who, object: What}
attributes:
  Seen: {attribute: certainty, values: {"true": low}}
links: {"kb:": "mh:"}
"""


def test_spans_events_and_attributes_become_proposals_and_the_account_adds_up(corpus: Path) -> None:
    Path("map.yaml").write_text(MAPPING, encoding="utf-8")
    path = brat(
        "T1 SYS LGSP",
        "T2 PublicServicePortal Cổng dịch vụ công quốc gia",
        "T3 Department Sở Nội vụ",
        "T4 SYS kho số liệu",
        "T5 Verb dùng",
        "T6 DATE 2021",
        "R1\tconnectsTo Arg1:T1 Arg2:T2",
        "R2\tconnectsTo Arg1:T1 Arg2:T2",
        "R3\tsees Arg1:T3 Arg2:T2",
        "R4\tconnectsTo Arg1:T3 Arg2:T2",
        "E1\tUse:T5 Who:T4 What:T1",
        "A1\tSeen E1",
        "A2\tSeen E1 twice",
        "A3\tNegation E1",
        "N1\tReference T4 kb:kho\tkho",
        "N2\tReference T1 Wikidata:Q5\tLGSP",
    )
    report = run(path, mapping=Path("map.yaml"))
    account = report.account
    for kind in (SPANS, RELATIONS, ATTRIBUTES, LINKS):
        placed = account.mapped[kind] + account.merged[kind] + account.left_out[kind]
        assert account.read[kind] == placed + account.without_mapping(kind)
    assert account.read == {SPANS: 6, RELATIONS: 5, ATTRIBUTES: 2, LINKS: 2}
    assert account.mapped == {SPANS: 4, RELATIONS: 2, ATTRIBUTES: 1, LINKS: 1}
    assert account.merged == {RELATIONS: 1}
    assert account.unmapped == {
        (SPANS, "Verb"): 1,
        (SPANS, "DATE"): 1,
        (LINKS, "Wikidata"): 1,
        (RELATIONS, "sees"): 1,
        (ATTRIBUTES, "Seen=twice"): 1,
    }
    assert account.left_out[RELATIONS] == 1
    assert [problem.line for problem in report.problems] == [10]  # R4: a department connects to nothing
    article = DraftArticle(Path("corpus/articles/tin.kg.md"))
    contents = [" ".join(proposal.content.split()) for proposal in article.proposals()]
    assert "mh:lgsp connectsTo nat:cong-dvcqg" in contents
    assert "mh:kho usesDataOf mh:lgsp {polarity: no}" in contents
    original = Path("corpus/originals/tin.txt").read_text("utf-8")
    assert [original[slice(*p.place)] for p in article.proposals() if p.content == "mh:kho"] == [
        "kho số liệu"
    ]
    article.accept(article.proposals())
    assert [str(problem) for problem in check([corpus])] == []


@pytest.mark.parametrize(
    ("attributes", "written"),
    [
        ({"of": "các xã còn lại", "of_en": "other"}, '{of: "các xã còn lại", of_en: other}'),
        ({"of": "mh:so-nv"}, "{of: mh:so-nv}"),
    ],
)
def test_whom_a_claim_covers_comes_back(corpus: Path, attributes: dict[str, str], written: str) -> None:
    spans = (
        AnnotatedSpan("s1", ((0, 4),), "IntegrationPlatform", link="mh:lgsp"),
        AnnotatedSpan("s2", ((13, 39),), "PublicServicePortal", link="nat:cong-dvcqg"),
    )
    claim = Relation("r1", "connectsTo", (("Arg1", "s1"), ("Arg2", "s2")), attributes)
    for name, data in FORMATS["brat"].write([AnnotatedText("tin", TEXT, spans, (claim,))]).items():
        Path(name).write_bytes(data)
    assert run(Path("tin.ann")).account.unmapped == {}
    article = DraftArticle(Path("corpus/articles/tin.kg.md"))
    assert [proposal.content.endswith(written) for proposal in article.proposals()].count(True) == 1
    article.accept(article.proposals())
    assert [str(problem) for problem in check([corpus]) if problem.code == "KG036"] == []


def test_decomposed_text_is_composed_with_its_places(corpus: Path) -> None:
    text = normalize("NFD", TEXT)
    words = normalize("NFD", "Sở Nội vụ")
    start = text.index(words)
    Path("tin.txt").write_bytes(f"\ufeff{text}".encode())
    Path("tin.ann").write_text(
        f"T1\tDepartment {start + 1} {start + 1 + len(words)}\t{words}", encoding="utf-8"
    )
    run(Path("tin.ann"))
    original = Path("corpus/originals/tin.txt").read_text("utf-8")
    assert original == TEXT.replace("\r\n", "\n")
    (proposal,) = DraftArticle(Path("corpus/articles/tin.kg.md")).proposals()
    assert original[slice(*proposal.place)] == "Sở Nội vụ"


def test_all_files_or_none(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = brat("T1 Department Sở Nội vụ")
    bad = brat("R1\tx Arg1:T7 Arg2:T8", name="sai")
    with pytest.raises(InputError, match="R1 refers to T8"):
        run(good, bad, Path("khong.docx"))
    assert not (corpus / "articles").exists()

    def full_disk(path: Path, data: bytes, name: str) -> None:
        if path.suffix == ".md":
            raise OSError(28, "full")
        path.write_bytes(data)

    before = {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()}
    monkeypatch.setattr(egovkg_files, "write_atomically", full_disk)
    with pytest.raises(OSError, match="full"):
        run(good)
    assert {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()} == before
    monkeypatch.undo()


def test_two_texts_share_a_register_and_an_article_is_never_replaced(corpus: Path) -> None:
    first = brat("T1 InformationSystem kho số liệu")
    second = brat("T1 InformationSystem kho số liệu", "T2 InformationSystem Cổng dịch vụ", name="tin-2")
    report = run(first, second, only_checked=True)
    assert (report.written, len(report.texts)) == ((), 2)
    run(first, second)
    register = Path("corpus/register/mh.yaml").read_text("utf-8")
    assert register.count("  kho-so-lieu:") == 1
    with pytest.raises(InputError, match=r"KG015 .*exists"):
        run(first)


def test_an_export_comes_back_as_the_same_proposals(corpus: Path) -> None:
    path = brat(
        "T1 SYSTEM LGSP",
        "T2 PublicServicePortal Cổng dịch vụ công quốc gia",
        "R1\tconnectsTo Arg1:T1 Arg2:T2",
    )
    run(path)
    article = Path("corpus/articles/tin.kg.md")
    text = article.read_text("utf-8")
    report = export_annotations(AnnotationExport([corpus], Path("tasks"), "label-studio", has_proposals=True))
    assert (report.originals, report.digests) == (1, 0)
    article.unlink()
    run(Path("tasks"), form="label-studio")
    assert article.read_text("utf-8").replace("# label-studio\n", "# brat\n") == text


FAULTY_MAPPING = """spans:
  A: Bdoy
relations:
  b: conectsTo
  c: {relaton: x}
attributes:
  d: {attribute: status, values: {x: pilto}}
sapns: {}
"""


def test_a_faulty_mapping_is_told_line_by_line(corpus: Path) -> None:
    Path("map.yaml").write_text(FAULTY_MAPPING, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        run(brat("T1 Body Sở Nội vụ"), mapping=Path("map.yaml"))
    lines = [problem.text("en").split(" — ") for problem in sorted(raised.value.problems)]
    assert [line[0].partition(" ")[0] for line in lines] == [
        f"map.yaml:{n}" for n in ("2:6", "4:6", "5:6", "7:6", "8:1")
    ]
    assert lines[0][1] == 'did you mean "Body"?'


def test_the_schema_of_mappings_is_up_to_date_and_takes_the_shipped_one() -> None:
    schema = mapping_schema()
    assert json.loads((ROOT / "docs/schemas/mapping.schema.json").read_text("utf-8")) == schema
    shipped = yaml.safe_load((ROOT / "loaders/annotation_tools/mapping.yaml").read_text("utf-8"))
    assert [*Draft202012Validator(schema).iter_errors(shipped)] == []
    assert [*Draft202012Validator(schema).iter_errors({"spans": {"x": "Bdoy"}})]
