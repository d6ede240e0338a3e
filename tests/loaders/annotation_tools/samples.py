"""An invented text with annotations of every sort that articles have, and reading of files in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from egovkg.loaders.annotation_tools.formats import FORMATS
from egovkg.loaders.annotation_tools.model import AnnotatedSpan, AnnotatedText, AnnotationReading, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = (
    "😊 Tỉnh Minh Hoạ nối LGSP với Cổng dịch vụ công_quốc gia.\n"
    "Dòng hai có \\ [x]|y; *z* -> và\ttab; phần mềm văn bản <chưa> nối & “LGSP”.\n"
)


def place(words: str, after: int = 0) -> tuple[int, int]:
    start = TEXT.index(words, after)
    return start, start + len(words)


SAMPLE = AnnotatedText(
    "mau",
    TEXT,
    (
        AnnotatedSpan("s1", (place("Tỉnh Minh Hoạ"),), "Province", link="mh:tinh"),
        AnnotatedSpan("s2", (place("Minh Hoạ"),), "Body", link="mh:ubnd"),  # inside s1
        AnnotatedSpan("s3", (place("LGSP"),), "IntegrationPlatform", link="mh:lgsp"),
        AnnotatedSpan("s4", (place("Cổng dịch vụ công_quốc gia"),), "PublicServicePortal"),
        AnnotatedSpan("s5", (place("[x]|y; *z* ->"),), "InformationSystem"),
        AnnotatedSpan("s6", (place("phần mềm văn bản"),), "DocumentManagementSystem", link="mh:edoc"),
        AnnotatedSpan("s7", (place("LGSP", 70),), "IntegrationPlatform", link="mh:lgsp"),
        AnnotatedSpan(
            "s8",
            ((0, len(TEXT) - 1),),
            "Statement",
            "Statement",
            attributes={"statement": 'mh:tinh indexRank 12/63 {note: "a|b_[1]; <x> -> *"}'},
        ),
    ),
    (
        Relation("r1", "connectsTo", (("Arg1", "s3"), ("Arg2", "s4")), {"status": "planned", "by": "2022"}),
        Relation("r2", "connectsTo", (("Arg1", "s6"), ("Arg2", "s7")), {"polarity": "no"}),
        Relation("r3", "usesDataOf", (("Arg1", "s6"), ("Arg2", "s4")), {"note": 'có \\ và "ngoặc" = x'}),
    ),
)


def read(form: str, files: Mapping[str, bytes | str], name: str = "") -> AnnotationReading:
    """Read the only file of a format among files in memory, or a named one."""
    contents = {key: text.encode() if isinstance(text, str) else text for key, text in files.items()}
    chosen = name or next(key for key in contents if key.endswith(FORMATS[form].endings))
    return FORMATS[form].read(chosen, contents, chosen)


def only(form: str, files: Mapping[str, bytes | str]) -> AnnotatedText:
    """Read the only text of files in memory, which have no problem."""
    reading = read(form, files)
    assert [str(problem) for problem in reading.problems] == []
    (text,) = reading.texts
    return text


def words(text: AnnotatedText) -> dict[str, str]:
    """Return the words of spans by the label."""
    return {span.label: text.surface(span) for span in text.spans}
