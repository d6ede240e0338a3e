"""A new article to start from: a small text and register that already pass every check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import InputError
from .formatting import write_whole
from .problems import Problem

if TYPE_CHECKING:
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


def new_article(article: str, folder: Path, *, prefix: str, scope: str, published: str) -> tuple[Path, ...]:
    """Write `articles/<id>.kg.md` and, where it is missing, `register/<prefix>.yaml`.

    :returns: the files written
    :raises InputError: if the id is malformed, the article exists, or the folder cannot be written
    """
    target = folder / "articles" / f"{article}.kg.md"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article):
        fix = "write it like bac-kan-2019"
        raise InputError([Problem(str(target), 1, 1, "KG014", f'"{article}" is no article id', fix)])
    if target.exists():
        raise InputError(
            [Problem(str(target), 1, 1, "KG015", "the article exists already", "choose another id")]
        )
    words = {"id": article, "prefix": prefix, "scope": scope, "published": published}
    files = {target: _ARTICLE, folder / "register" / f"{prefix}.yaml": _REGISTER}
    written = []
    for path, text in files.items():
        if path.exists():
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"cannot write: {error.strerror or error}"
            raise InputError(
                [Problem(str(path), 1, 1, "KG099", what, "choose another folder with -o")]
            ) from error
        write_whole(path, text.format(**words).encode(), str(path))
        written.append(path)
    return tuple(written)
