"""A new article to start from: a small text and register that already pass every check."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from ...errors import InputError, WriteError
from ...files import write_atomically
from ...problems import Problem
from ..article.frontmatter import is_id, read_front, split_front
from ..text.dates import DateError, read_date
from ..text.reading import read_bytes
from ..text.suggest import did_you_mean
from .corpus import find_articles, load_lexicon, shipped_folder, shown

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

_ARTICLE = """---
kg: 1
article: {id}
title: Tên bài viết
title_en: Title of the article
publisher: {prefix}:toa-soan
published: {published}
lang: vi
scope: {scope}
---

## d1

[Hệ thống mẫu]({prefix}:he-thong) đang phục vụ người dân; viết lại câu này bằng lời của bạn.

> The [sample system]({prefix}:he-thong) serves the people; put this sentence in your own words.

```claims
{prefix}:he-thong  serves  {scope}
```
"""
_REGISTER = """prefix: {prefix}
entities:
  toa-soan:
    kind: MediaOutlet
    vi: Toà soạn của bài {id}
    en: Publisher of {id}
  he-thong:
    kind: InformationSystem
    vi: Hệ thống mẫu của bài {id}
    en: Sample system of {id}
    short: Hệ thống mẫu
"""


def prefix_of(article: str) -> str:
    """Make a short prefix out of an article id.

    >>> prefix_of("minh-hoa-2021")
    'mh'
    """
    return "".join(part[0] for part in article.split("-") if part and part[0].isalpha()) or "a"


def new_article(
    article: str, folder: Path, *, scope: str, published: str, prefix: str | None = None
) -> tuple[Path, ...]:
    """Write `articles/<id>.kg.md` and `register/<prefix>.yaml`.

    :param prefix: of the register; by default one made of the id that is not taken
    :returns: the files written
    :raises InputError: if an option cannot be used, or the article is there already
    :raises WriteError: if the folder cannot be written
    """
    lexicon = load_lexicon([folder]).lexicon
    taken = {*lexicon.register.prefixes, "code"}
    prefix = prefix or _free(prefix_of(article), taken)
    target = folder / "articles" / f"{article}.kg.md"
    if flaw := _flaw(article, target, published) or _taken(article, folder):
        raise InputError([Problem(str(target), 1, 1, *flaw)])
    if scope not in lexicon.register.by_curie:
        fix = did_you_mean(scope, lexicon.register.by_curie, "name a unit of a register, like vn:viet-nam")
        raise InputError([Problem(str(target), 7, 1, "KG021", f"no entity {scope}", fix)])
    register = folder / "register" / f"{prefix}.yaml"
    if prefix in taken or not re.fullmatch(r"[a-z][a-z0-9]{0,19}", prefix) or register.exists():
        fix = "choose another short word of a–z and 0–9 with --prefix"
        raise InputError([Problem(str(register), 1, 1, "KG018", f'prefix "{prefix}" cannot be used', fix)])
    words = {"id": article, "prefix": prefix, "scope": scope, "published": published}
    return _written({target: _ARTICLE.format(**words), register: _REGISTER.format(**words)})


def _free(prefix: str, taken: Container[str]) -> str:
    return next(name for n in count(1) if (name := f"{prefix}{n if n > 1 else ''}") not in taken)


def _flaw(article: str, target: Path, published: str) -> tuple[str, str, str] | None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article) or not is_id(article):
        return "KG014", f'"{article}" is no article id', "write it like bac-kan-2019"
    if target.exists():
        return "KG015", "the article exists already", "choose another id"
    try:
        stated = read_date(published)
    except DateError as error:
        return error.code, error.what, error.fix
    whole = stated.earliest == stated.latest
    return None if whole else ("KG040", f'"{published}" is no day', "write YYYY-MM-DD")


def _taken(article: str, folder: Path) -> tuple[str, str, str] | None:
    """Tell whether an article has the id already, in whatever file it stands."""
    for path in (*find_articles(folder), *find_articles(shipped_folder())):
        text = read_bytes(path.read_bytes(), shown(path)).text if path.is_file() else None
        front = read_front(split_front(text, "")[0], "")[0] if text else None
        if front and front.values.get("article") == article:
            place = f"{shown(path)}:{front.lines['article']}"
            return "KG015", f'article id "{article}" already used in {place}', "choose another id"
    return None


def _written(files: Mapping[Path, str]) -> tuple[Path, ...]:
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(path, error.strerror or str(error)) from error
        write_atomically(path, text.encode(), str(path))
    return tuple(files)
