"""Template of a new article: a short text and a register that pass all checks."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from ...errors import InputError, WriteError
from ...files import packaged_text, system_reason, write_atomically
from ...problems import Problem
from ..article.frontmatter import is_id, publication_fault, read_front, split_front
from ..faults.messages import fault, message
from ..register.entries import CODE_PREFIX, is_prefix
from ..statements.head import HEAD_CLASSES
from ..statements.lookup import EntityLookup
from ..statements.problem_list import ProblemList
from ..text.reading import read_bytes
from .corpus import displayed_path, find_articles, shipped_folder
from .lexicon_files import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from ...problems import Fault
    from ..register.lexicon import Lexicon

_HYPHENATED = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINES = {"publisher": 6, "scope": 9}  # of the template


@dataclass(frozen=True)
class ArticleDraft:
    """The data of a new article.

    :param id: id of the article, used as file name
    :param scope: CURIE of the territory that the article is about
    :param published: time of publication: a day YYYY-MM-DD, a month, a year, or an interval
    :param prefix: prefix of its register; by default an unused one derived from the id
    :param publisher: CURIE of the publisher; empty for one of its own
    """

    id: str
    scope: str
    published: str
    prefix: str | None = None
    publisher: str = ""


def prefix_of(article: str) -> str:
    """Derive a short register prefix from an article id.

    >>> prefix_of("minh-hoa-2021")
    'mh'
    """
    return "".join(part[0] for part in article.split("-") if part and part[0].isalpha()) or "a"


def new_article(draft: ArticleDraft, folder: Path) -> tuple[Path, ...]:
    """Write `articles/<id>.kg.md` and `register/<prefix>.yaml`.

    :param folder: the corpus folder
    :returns: the paths of the new files
    :raises InputError: if the data are invalid, or the article exists already
    :raises WriteError: if the folder cannot be written
    """
    lexicon = load_lexicon([folder]).lexicon
    used_prefixes = {*lexicon.register.prefixes, CODE_PREFIX}
    prefix = draft.prefix or unused_prefix(prefix_of(draft.id), used_prefixes)
    article = folder / "articles" / f"{draft.id}.kg.md"
    register = folder / "register" / f"{prefix}.yaml"
    check_new_article(draft, article, lexicon, used_ids(folder))
    if prefix in used_prefixes or not is_prefix(prefix) or os.path.lexists(register):
        raise InputError([Problem(str(register), 1, 1, fault("KG018.unusable-prefix", prefix=prefix))])
    values = {"id": draft.id, "prefix": prefix, "scope": draft.scope, "published": draft.published}
    return write_files(
        {article: _filled("article.kg.md", values), register: _filled("register.yaml", values)}
    )


def check_new_article(
    draft: ArticleDraft, article: Path, lexicon: Lexicon, ids_in_use: Mapping[str, str]
) -> None:
    """Check the data of a new article.

    :param article: the file that is to be written
    :param ids_in_use: see :func:`used_ids`
    :raises InputError: if they are invalid, or the article exists already
    """
    if flaw := _draft_fault(draft, article):
        raise InputError([Problem(str(article), 1, 1, flaw)])
    if used_at := ids_in_use.get(draft.id):
        used = fault("KG015.used-id", article=draft.id, place=used_at)
        raise InputError([Problem(str(article), 1, 1, used)])
    problems = ProblemList(str(article))
    lookup = EntityLookup(lexicon, problems)
    for key, curie in (("publisher", draft.publisher), ("scope", draft.scope)):
        if curie:
            place = (_LINES[key], 1)
            lookup.find_of_class(curie, place, HEAD_CLASSES[key], message("head-role", key=key))
    if problems.problems:
        raise InputError(problems.problems)


def _filled(template: str, values: Mapping[str, str]) -> str:
    return packaged_text(__package__ or "", f"templates/{template}").format(**values)


def unused_prefix(prefix: str, used_prefixes: Container[str]) -> str:
    """Return a prefix, numbered if it is in use.

    >>> unused_prefix("mh", {"mh"})
    'mh2'
    """
    numbered = (f"{prefix}{number if number > 1 else ''}" for number in count(1))
    return next(candidate for candidate in numbered if candidate not in used_prefixes)


def _draft_fault(draft: ArticleDraft, article: Path) -> Fault | None:
    if not _HYPHENATED.fullmatch(draft.id) or not is_id(draft.id):
        return fault("KG014.malformed-id", article=draft.id[:100])
    if os.path.lexists(article):
        return fault("KG015.existing-article", article=draft.id)
    return publication_fault(draft.published)


def used_ids(folder: Path) -> dict[str, str]:
    """Map the ids of the articles of a folder, and of the shipped ones, to file and line."""
    places: dict[str, str] = {}
    for path in (*find_articles(folder), *find_articles(shipped_folder())):
        text = read_bytes(path.read_bytes(), displayed_path(path)).text if path.is_file() else None
        front = read_front(split_front(text, "")[0], "")[0] if text else None
        if front and (article := front.values.get("article")):
            places.setdefault(article, f"{displayed_path(path)}:{front.lines['article']}")
    return places


def write_files(texts: Mapping[Path, str]) -> tuple[Path, ...]:
    """Write files one after the other, with the folders above them.

    :raises WriteError: if one cannot be written; those before it are
    """
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(path, system_reason(error)) from error
        write_atomically(path, text.encode(), str(path))
    return tuple(texts)
