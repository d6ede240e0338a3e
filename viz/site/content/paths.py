"""Addresses of pages: stable for each entity, article, question and tour, and valid on every file system."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from ....graph.names import ID
from ....words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "anchor",
    "article_path",
    "entity_path",
    "explorer_address",
    "file_name",
    "gap_path",
    "impact_address",
    "in_language",
    "province_path",
    "question_path",
    "relative",
    "tour_path",
]

LONGEST_NAME = 100  # characters of a file name; longer ones are cut and get a hash
_SAFE = re.compile(r"[a-z0-9][a-zA-Z0-9.-]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that Windows keeps for itself


@lru_cache(maxsize=4096)  # one call for each link of a page
def file_name(text: str) -> str:
    """Derive a file name from a text: ASCII names are unchanged, others become ASCII letters and a hash.

    >>> file_name("tq-lgsp")
    'tq-lgsp'
    >>> file_name("../x").startswith("x-")
    True
    """
    is_plain = _SAFE.fullmatch(text) and not _RESERVED.fullmatch(text) and ".." not in text
    if is_plain and len(text) <= LONGEST_NAME and not text.endswith("."):
        return text
    letters = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[: LONGEST_NAME - 20]
    return f"{letters or 'x'}-{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def entity_path(iri: str) -> str:
    """Return the path of the page of an entity: `id/<folder>/<slug>.html`.

    >>> entity_path("https://w3id.org/egovkg/id/system/tq-lgsp")
    'id/system/tq-lgsp.html'
    """
    folder, sign, slug = iri.removeprefix(ID).partition("/")
    if not iri.startswith(ID) or not sign:
        return f"id/other/{file_name(iri)}.html"
    return f"id/{file_name(folder)}/{file_name(slug)}.html"


def article_path(article: str) -> str:
    """Return the path of the page of an article."""
    return f"article/{file_name(article)}.html"


def question_path(name: str) -> str:
    """Return the path of the page of a named question."""
    return f"question/{file_name(name)}.html"


def tour_path(name: str) -> str:
    """Return the path of the page of a guided tour."""
    return f"tour/{file_name(name)}.html"


def gap_path(province: str) -> str:
    """Return the path of the page with the gaps of a province.

    >>> gap_path("vn:bac-kan")
    'gap/vn-bac-kan.html'
    """
    return f"gap/{anchor(province)}.html"


def province_path(province: str) -> str:
    """Return the path of the page of a province of today.

    >>> province_path("vn:ca-mau-2025")
    'province/vn-ca-mau-2025.html'
    """
    return f"province/{anchor(province)}.html"


def impact_address(curie: str) -> str:
    """Return the address of the part of the impact page that is about the failure of a system."""
    return f"impact.html#{anchor(curie)}"


def anchor(text: str) -> str:
    """Return an id for an HTML element; unlike :func:`file_name`, it keeps capital letters.

    >>> anchor("connectsTo"), anchor("tq:lgsp")
    ('connectsTo', 'tq-lgsp')
    """
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", text):
        return text
    if re.fullmatch(r"[a-z][a-z0-9-]*:[a-z0-9][a-z0-9-]*", text):
        return text.replace(":", "-")
    return "x-" + file_name(text)


def in_language(path: str, lang: str) -> str:
    """Return the path of a page in a language: at the root for the default one, else in a folder.

    >>> in_language("index.html", "vi"), in_language("index.html", "en")
    ('index.html', 'en/index.html')
    """
    return path if lang == DEFAULT_LANGUAGE else f"{lang}/{path}"


def relative(target: str, page: str) -> str:
    """Return the relative link from one page to another.

    :param target: path from the root of the site, or a place in the same page such as `#legend`
    :param page: path from the root of the page that contains the link

    >>> relative("site.css", "en/id/system/tq-lgsp.html")
    '../../../site.css'
    """
    return _from_folder(target, page.rpartition("/")[0])


@lru_cache(maxsize=65536)  # the links of the pages of a folder repeat
def _from_folder(target: str, folder: str) -> str:
    path, sign, place = target.partition("#")
    if not path:
        return sign + place
    steps, folders = path.split("/"), folder.split("/") if folder else []
    shared = _shared_folders(steps, folders)
    link = "../" * (len(folders) - shared) + "/".join(steps[shared:])
    return quote(link, safe="/.-_~") + sign + place


def _shared_folders(steps: Sequence[str], folders: Sequence[str]) -> int:
    """Count the leading folders that two paths have in common."""
    for position, (step, folder) in enumerate(zip(steps[:-1], folders, strict=False)):
        if step != folder:
            return position
    return min(len(steps) - 1, len(folders))


def explorer_address(
    node: str = "", edge: tuple[str, str, str] | None = None, step: str = "", lang: str = DEFAULT_LANGUAGE
) -> str:
    """Return the link into the explorer that opens an entity, a relation with its sentences, or a tour.

    :param node: CURIE of the entity
    :param edge: subject, relation and object
    :param step: name of the tour, `~` and the number of the step

    >>> explorer_address("tq:lgsp", lang="en")
    'explorer.html#n=tq%3Algsp&l=en'
    """
    parameters = [f"n={quote(node, safe='')}"] if node else []
    parameters += [f"e={quote('|'.join(edge), safe='')}"] if edge else []
    parameters += [f"i={quote(step, safe='')}"] if step else []
    parameters += [] if lang == DEFAULT_LANGUAGE else [f"l={lang}"]
    return "explorer.html" + (f"#{'&'.join(parameters)}" if parameters else "")
