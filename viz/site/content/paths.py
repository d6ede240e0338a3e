"""Where things stand in the site: one stable address each, safe on every file system."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import quote

from ....graph.names import ID

LONGEST = 100  # letters of a file name; longer ones are cut and told apart by a hash
_SAFE = re.compile(r"[a-z0-9][a-zA-Z0-9.-]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that Windows keeps for itself


def file_name(text: str) -> str:
    """Make a file name of a text: what is plain stays, all else gets letters and a hash of its own.

    >>> file_name("tq-lgsp")
    'tq-lgsp'
    >>> file_name("../x").startswith("x-")
    True
    """
    plain = _SAFE.fullmatch(text) and not _RESERVED.fullmatch(text) and ".." not in text
    if plain and len(text) <= LONGEST and not text.endswith("."):
        return text
    letters = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[: LONGEST - 20]
    return f"{letters or 'x'}-{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def thing_path(iri: str) -> str:
    """Give the page of a thing: `id/<folder>/<slug>.html`.

    >>> thing_path("https://w3id.org/egovkg/id/system/tq-lgsp")
    'id/system/tq-lgsp.html'
    """
    folder, sign, slug = iri.removeprefix(ID).partition("/")
    if not iri.startswith(ID) or not sign:
        return f"id/other/{file_name(iri)}.html"
    return f"id/{file_name(folder)}/{file_name(slug)}.html"


def article_path(article: str) -> str:
    """Give the page of an article."""
    return f"article/{file_name(article)}.html"


def question_path(name: str) -> str:
    """Give the page of a named question."""
    return f"question/{file_name(name)}.html"


def tour_path(name: str) -> str:
    """Give the page of a guided tour."""
    return f"tour/{file_name(name)}.html"


def gap_path(province: str) -> str:
    """Give the page of how a province stands against the framework.

    >>> gap_path("vn:bac-kan")
    'gap/vn-bac-kan.html'
    """
    return f"gap/{anchor(province)}.html"


def impact_place(curie: str) -> str:
    """Give the place that tells what stops with a system."""
    return f"impact.html#{anchor(curie)}"


def anchor(text: str) -> str:
    """Make the name of a place in a page; like :func:`file_name`, capital letters stay apart.

    >>> anchor("connectsTo"), anchor("tq:lgsp")
    ('connectsTo', 'tq-lgsp')
    """
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", text):
        return text
    if re.fullmatch(r"[a-z][a-z0-9-]*:[a-z0-9][a-z0-9-]*", text):
        return text.replace(":", "-")
    return "x-" + file_name(text)


def in_language(path: str, lang: str) -> str:
    """Give the address of a page in a language: Vietnamese at the root, English under `en/`."""
    return path if lang == "vi" else f"{lang}/{path}"


def relative(target: str, page: str) -> str:
    """Write the way from one page to another; both from the root.

    >>> relative("site.css", "en/id/system/tq-lgsp.html")
    '../../../site.css'
    """
    path, sign, place = target.partition("#")
    if not path:
        return sign + place
    steps, folders = path.split("/"), page.split("/")[:-1]
    shared = 0
    while shared < min(len(steps) - 1, len(folders)) and steps[shared] == folders[shared]:
        shared += 1
    way = "../" * (len(folders) - shared) + "/".join(steps[shared:])
    return quote(way, safe="/.-_~") + sign + place


def explorer_place(node: str = "", edge: tuple[str, str, str] | None = None, lang: str = "vi") -> str:
    """Write the deep link into the explorer that opens an entity, or a relation with its sentences.

    >>> explorer_place("tq:lgsp", lang="en")
    'explorer.html#n=tq%3Algsp&l=en'
    """
    parts = [f"n={quote(node, safe='')}"] if node else []
    parts += [f"e={quote('|'.join(edge), safe='')}"] if edge else []
    parts += ["l=en"] if lang == "en" else []
    return "explorer.html" + (f"#{'&'.join(parts)}" if parts else "")
