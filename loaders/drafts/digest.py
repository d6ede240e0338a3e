"""Wording of a paragraph from its statements: a digest in words of our own, which the author may rewrite.

Statements on the same subject become one sentence, and so do those that say the same of several subjects. The
same statements give the same words.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from ..article.statement_lines import ClaimLine, FigureLine, read_claims, read_figures
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from .clauses import ClauseWriter
from .proposals import CLAIMS
from .statement_text import CURIE, curies_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from ..register.lexicon import Lexicon
    from .proposal_lines import ParagraphRows

    Subjects: TypeAlias = tuple[str, ...]

_MOST_CLAUSES = 3  # of one sentence
_FIRST_LETTER = re.compile(r"^([\[“\"]*)(\w)")
_DIGITS = re.compile(r"\d+")


class DigestWriter:
    """Words statements in both languages of a corpus.

    :param names: the labels of entities by CURIE, which may be proposed ones: language → label
    """

    def __init__(self, lexicon: Lexicon, names: Callable[[str], Mapping[str, str]]) -> None:
        self._lexicon, self._names = lexicon, names

    def word(self, paragraph: ParagraphRows) -> tuple[str, str]:
        """Word the accepted statements and mentions of a paragraph.

        :returns: the text in the language of the articles, with mentions, and the translation; empty for a
            paragraph without any
        """
        text, translation = (
            _Wording(ClauseWriter(self._lexicon, self._names, lang), paragraph.name).word(paragraph)
            for lang in (ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE)
        )
        return text, translation


class _Wording:
    """The wording of one paragraph in one language.

    :param name: name of the paragraph, by whose number one of several openings is chosen
    """

    def __init__(self, clauses: ClauseWriter, name: str) -> None:
        self._clauses, self._words = clauses, clauses.words
        number = _DIGITS.search(name)
        self._turn = int(number[0]) if number else 0

    def word(self, paragraph: ParagraphRows) -> str:
        lines = [line for block, text in paragraph.statements for line in _read(block, text)]
        sentences = [*self._claims([line for line in lines if isinstance(line, ClaimLine)])]
        sentences += self._figures([line for line in lines if isinstance(line, FigureLine)])
        stated = {curie for _, line in paragraph.statements for curie in curies_in(line)}
        mentioned = [curie for curie in dict.fromkeys(paragraph.mentions) if curie not in stated]
        if mentioned:
            names = self._clauses.listed([self._clauses.name(curie) for curie in mentioned])
            key = "digest.also_mentions" if sentences else "digest.mentions"
            is_plural = len(mentioned) > 1 or self._clauses.is_plural(mentioned[0])
            sentences.append(self._varied(key + ("_many" if is_plural else ""), names=names))
        return " ".join(map(_capitalised, sentences))

    def _varied(self, key: str, **values: str) -> str:
        """Fill one of the texts below a key, the next one each time."""
        texts = [*self._words.below(key)]
        self._turn += 1
        return self._words(f"{key}.{texts[self._turn % len(texts)]}", **values)

    # claims ------------------------------------------------------------------------------------------

    def _claims(self, lines: Sequence[ClaimLine]) -> Iterable[str]:
        """Word claims: each group of subjects of which the same is said is the subject of a sentence."""
        said_of: dict[tuple[str, str, str], list[str]] = {}
        for line in lines:
            said_of.setdefault(_said(line), []).append(line.subject)
        groups: dict[Subjects, list[ClaimLine]] = {}
        for line in lines:
            subjects = tuple(dict.fromkeys(said_of[_said(line)]))
            if line.subject == subjects[0]:
                groups.setdefault(subjects, []).append(line)
        for subjects, own_lines in groups.items():
            yield from self._sentences(subjects, own_lines)

    def _sentences(self, subjects: Subjects, lines: Sequence[ClaimLine]) -> Iterable[str]:
        """Word what is said of subjects, a few clauses to a sentence."""
        is_plural = len(subjects) > 1 or self._clauses.is_plural(subjects[0])
        name = self._clauses.listed([self._clauses.name(curie) for curie in subjects])
        clauses = [self._clauses.claim(group, is_plural=is_plural) for group in _alike(lines)]
        telling = [clause for clause in clauses if not clause.text or clause.text not in name]
        words = [clause.words for clause in telling or clauses]
        for start in range(0, len(words), _MOST_CLAUSES):
            if start:
                name = self._clauses.listed([self._clauses.name(curie) for curie in subjects])
            chunk = self._clauses.listed(words[start : start + _MOST_CLAUSES])
            sentence = self._words("digest.sentence", subject=name, clauses=chunk)
            yield self._varied("digest.again", sentence=sentence) if start else sentence

    # figures -----------------------------------------------------------------------------------------

    def _figures(self, lines: Sequence[FigureLine]) -> Iterable[str]:
        """Word figures, those of one subject in a sentence."""
        by_subject: dict[str, list[FigureLine]] = {}
        for line in lines:
            by_subject.setdefault(line.subject, []).append(line)
        for own_lines in by_subject.values():
            for start in range(0, len(own_lines), _MOST_CLAUSES):
                chunk = own_lines[start : start + _MOST_CLAUSES]
                clauses = [self._clauses.figure(line, is_first=line is chunk[0]) for line in chunk]
                sentence = f"{self._clauses.listed(clauses)}."
                yield self._varied("digest.again", sentence=sentence) if start else sentence


def _read(block: str, text: str) -> list[ClaimLine | FigureLine]:
    """Read a line of a block; empty if it is none."""
    read = read_claims if block == CLAIMS else read_figures
    return [line for line in read(text, 1) if isinstance(line, ClaimLine | FigureLine)]


def _said(line: ClaimLine) -> tuple[str, str, str]:
    """Return what a claim says of its subject."""
    return line.predicate, line.object, line.attributes


def _alike(lines: Sequence[ClaimLine]) -> list[list[ClaimLine]]:
    """Put claims together that differ in the thing or code alone that they lead to."""

    def kind(line: ClaimLine) -> tuple[str, str, str]:
        return line.predicate, line.attributes, "" if CURIE.fullmatch(line.object) else line.object

    ordered = sorted(lines, key=lambda line: [kind(candidate) for candidate in lines].index(kind(line)))
    return [[*group] for _, group in groupby(ordered, key=kind)]


def _capitalised(sentence: str) -> str:
    return _FIRST_LETTER.sub(lambda match: match[1] + match[2].upper(), sentence)


def as_rows(text: str, translation: str) -> list[str]:
    """Lay a digest out as the lines of a paragraph; empty for an empty text."""
    return ["", text, "", f"> {translation}", ""] if text else [""]
