"""Reading of raw texts: plain text, web pages, PDF and Word documents; what is no article is reported.

Word documents are read through python-docx; web pages through trafilatura, which drops menus and
advertisements; PDF through pypdf. The last two are optional packages: `pip install "egovkg[texts]"`.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from ...errors import InputError
from ...graph.text import spelling
from ...problems import FaultError, Problem, Severity
from ..faults.messages import fault
from ..recognition.languages import language_of, share_of_own_letters
from ..recognition.sentences import contents_lines
from ..recognition.spans import Sentence
from ..recognition.stated_dates import DateFinder
from ..text.corpus_languages import ARTICLE_LANGUAGE
from ..text.file_kinds import foreign_kind, is_article
from ..text.reading import menu_lines, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ...problems import Fault
    from ..recognition.languages import RulesByLanguage
    from ..recognition.rules import DraftRules

LONGEST = 1_000_000  # characters: some three hundred pages
_MIN_PROSE = 60  # characters of sentences that make an article, and no heading or list
_SENTENCE = re.compile(r"[^\n]{40,}[.!?…”\"]\s*$", re.MULTILINE)  # no heading and no entry of a list
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RULE = r"(?:-{3,}|\*{3,}|_{3,}|={3,})$"  # a line that separates what stands above and below
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*")  # a line that holds nothing else
# of a page, only the day that it marks as its own: one within the text may be that of a document it cites
_MARKED_DAY = {"extensive_search": False, "original_date": True}
_LONGEST_TITLE = 120  # characters; a longer first line is no title, and its beginning stands for one
# what python-docx lets through for an archive that is damaged; a fault of XML is a SyntaxError
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    AttributeError,
    LookupError,
    ValueError,
    RuntimeError,
    OSError,
    EOFError,
)


class _Line(NamedTuple):
    """A line of a text: where it begins, its number from 1, and what it holds."""

    offset: int
    number: int
    text: str


@dataclass(frozen=True)
class RawText:
    """A text to draft from.

    :param text: normalised text
    :param title: its title; the first line if the file states none
    :param published: day of publication, YYYY-MM-DD; empty if the file states none
    :param language: one of the languages of the corpus
    :param problems: warnings about the text
    """

    text: str
    title: str = ""
    published: str = ""
    language: str = ARTICLE_LANGUAGE
    problems: tuple[Problem, ...] = ()


def read_raw(data: bytes, file: str, rules: RulesByLanguage) -> RawText:
    """Read a text of any of the known kinds of files.

    :param file: name of the file in messages
    :raises InputError: if it is empty, no text, too long, of another language, or annotated already
    """
    try:
        raw = _extracted(data, file)
        _refuse(raw.text)
        raw = replace(raw, language=_language(raw.text, rules))
    except FaultError as error:
        raise InputError([Problem(file, 1, 1, error.fault)]) from error
    own_rules = rules[raw.language]
    return replace(described(raw, own_rules), problems=_warnings(raw.text, file, own_rules))


def described(raw: RawText, rules: DraftRules) -> RawText:
    """Complete title and day of a text: by its first line and by the line that holds nothing but a day.

    :param rules: those of the language of the text
    """
    sites = rules.texts("site_names")
    lines = (line.strip() for line in raw.text.split("\n"))
    first_line = next((line for line in lines if line and not spelling(line).startswith(sites)), "")
    title = shorten(raw.title or first_line, _LONGEST_TITLE, placeholder=" …")
    return replace(raw, title=title, published=raw.published or _dateline(raw.text, rules))


def _extracted(data: bytes, file: str) -> RawText:
    kind = foreign_kind(data, file)
    if kind and kind.name in _EXTRACTORS:
        raw = _EXTRACTORS[kind.name](data)
        if not raw.text.strip():
            raise FaultError(fault("KG101.no-words", kind=kind.label))
        return replace(raw, text=_plain(raw.text.encode("utf-8", "replace"), file))
    if kind and kind.family != "register":
        raise FaultError(fault("KG101.no-text", kind=kind.label))
    return RawText(_plain(data, file))


def _plain(data: bytes, file: str) -> str:
    """Decode and normalise a text; control characters, which converters leave behind, are dropped."""
    with suppress(UnicodeDecodeError):
        data = _CONTROL.sub("", data.decode("utf-8")).encode()
    decoded = read_bytes(data, file)
    if decoded.text is None:
        raise FaultError(_empty_or_first(decoded.problems))
    return decoded.text


def _empty_or_first(problems: tuple[Problem, ...]) -> Fault:
    flaw = problems[0].fault
    return fault("KG101.empty") if flaw.code == "KG001" else flaw


def _refuse(text: str) -> None:
    """Raise a fault for a text that is no article to draft from."""
    if is_article(text):
        raise FaultError(fault("KG101.annotated"))
    if len(text) > LONGEST:
        raise FaultError(fault("KG102.too-long", count=len(text), longest=LONGEST))


def _language(text: str, rules: RulesByLanguage) -> str:
    """Tell the language of a text.

    :raises FaultError: KG103 if it is none of those that rules exist for, or has lost its marks
    """
    language = language_of(text, rules)
    if not language:
        raise FaultError(fault("KG103.other-language", percent=round(100 * share_of_own_letters(text))))
    return language


def _warnings(text: str, file: str, rules: DraftRules) -> tuple[Problem, ...]:
    problems = []
    if lines := contents_lines(text, rules):
        contents = fault("KG104.contents", Severity.WARNING, count=len(lines), first=lines[0], last=lines[-1])
        problems.append(Problem(file, lines[0], 1, contents))
    if menu := menu_lines(text):
        stripped = fault("KG104.menu", Severity.WARNING, count=len(menu), first=menu[0], last=menu[-1])
        problems.append(Problem(file, menu[0], 1, stripped))
    for earlier, later in pairwise(_borders(text, rules)):
        second = fault("KG105.second-article", Severity.WARNING, first=earlier, second=later)
        problems.append(Problem(file, later, 1, second))
    return tuple(problems)


def _borders(text: str, rules: DraftRules) -> list[int]:
    """List the numbers of lines at which articles begin or end; at most one where the text is one article.

    A day opens an article whose sentences stand below it, a rule parts two, and a source or a day closes one
    whose sentences stand above it.
    """
    days = _lines_like(text, rules.text("dateline"))
    parts = [_Line(0, 1, ""), *_lines_like(text, _RULE)]
    closings = _lines_like(text, rules.text("dateline"), rules.text("source_line"))
    borders = [_opening(text, days), _opening(text, parts), _closing(text, closings)]
    return max(borders, key=len)


def _opening(text: str, lines: Sequence[_Line]) -> list[int]:
    """List the numbers of those lines that have sentences below them, before the next one."""
    ends = [*(line.offset for line in lines[1:]), len(text)]
    return [
        line.number for line, end in zip(lines, ends, strict=False) if _has_prose(text[line.offset : end])
    ]


def _closing(text: str, lines: Sequence[_Line]) -> list[int]:
    """List the numbers of those lines that have sentences above them, after the one before."""
    starts = [0, *(line.offset for line in lines[:-1])]
    pairs = zip(starts, lines, strict=False)
    return [line.number for start, line in pairs if _has_prose(text[start : line.offset])]


def _has_prose(text: str) -> bool:
    """Tell whether a text has sentences, not only headings and lists."""
    return sum(map(len, _SENTENCE.findall(text))) >= _MIN_PROSE


def _lines_like(text: str, *forms: str) -> list[_Line]:
    """List the lines that have one of the forms."""
    patterns = [re.compile(form, re.IGNORECASE) for form in forms]
    lines = []
    offset = 0
    for number, line in enumerate(text.split("\n"), 1):
        if any(pattern.match(line.strip()) for pattern in patterns):
            lines.append(_Line(offset, number, line.strip()))
        offset += len(line) + 1
    return lines


def _dateline(text: str, rules: DraftRules) -> str:
    """Return the day of the first dateline; empty without one."""
    finder = DateFinder(rules, published_year=0)
    for line in _lines_like(text, rules.text("dateline"))[:1]:
        dates = finder.find(Sentence(0, len(line.text), line.text), ())
        return next((date.value for date in dates if date.is_day), "")
    return ""


def _from_html(data: bytes) -> RawText:
    try:
        import trafilatura
        from trafilatura.settings import Document
    except ImportError:
        raise FaultError(fault("KG107.no-package", package="trafilatura")) from None
    page = trafilatura.bare_extraction(
        data, include_comments=False, with_metadata=True, date_extraction_params=_MARKED_DAY
    )
    if not isinstance(page, Document):
        return RawText("")
    return RawText(page.text or "", page.title or "", page.date or "")


def _from_pdf(data: bytes) -> RawText:
    try:
        import pypdf
    except ImportError:
        raise FaultError(fault("KG107.no-package", package="pypdf")) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings would stand beside the fault
    try:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return RawText("\n".join(_without_number(page.extract_text()) for page in pages))
    except pypdf.errors.PyPdfError as error:
        raise FaultError(fault("KG101.damaged", reason=str(error)[:100])) from error


def _without_number(page: str) -> str:
    """Return the lines of a page without its number, and without the blanks at their ends."""
    lines = [" ".join(line.split()) for line in page.strip().split("\n")]
    first = 1 if len(lines) > 1 and _PAGE_NUMBER.fullmatch(lines[0]) else 0
    last = len(lines) - (1 if len(lines) > 1 and _PAGE_NUMBER.fullmatch(lines[-1]) else 0)
    return "\n".join(lines[first:last])


def _from_docx(data: bytes) -> RawText:
    try:
        import docx
    except ImportError:
        raise FaultError(fault("KG107.no-package", package="python-docx")) from None
    try:
        document = docx.Document(io.BytesIO(data))
        rows = ["\t".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
        lines = [paragraph.text for paragraph in document.paragraphs]
        return RawText("\n".join([*lines, *rows]), document.core_properties.title or "")
    except _BROKEN_ARCHIVE as error:
        raise FaultError(fault("KG101.damaged", reason=str(error)[:100])) from error


_EXTRACTORS: Mapping[str, Callable[[bytes], RawText]] = {
    "html": _from_html,
    "pdf": _from_pdf,
    "docx": _from_docx,
}
