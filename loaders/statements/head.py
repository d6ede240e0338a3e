"""Resolution of the front matter: publisher, scope, time of publication, and the version that was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...ontology.codes import written_codes
from ...problems import FaultError
from ..article.frontmatter import INVENTORY, TRANSLATED_TITLE, is_id
from ..faults.messages import message
from ..text.corpus_languages import ARTICLE_LANGUAGE
from ..text.dates import read_publication_time
from .model import ArticleHead, ReadVersion
from .unit_times import early_unit_fault

if TYPE_CHECKING:
    from ..article.frontmatter import FrontMatter
    from ..register.entity import RegisterEntity
    from ..text.dates import StatedTime
    from .lookup import EntityLookup

_LEAP_YEAR = 2000
HEAD_CLASSES = {"publisher": "Body", "scope": "AdministrativeUnit"}  # key -> class of what it names


@dataclass(frozen=True)
class HeadResolution:
    """The result of resolving a front matter, even if it is not usable as a whole.

    :param head: ``None`` if the front matter cannot be used
    :param published: ``None`` if no valid time is stated
    :param scope: CURIE of the territory that the article is about; empty if it names none
    :param own_prefixes: prefixes of the registers of publisher and scope
    """

    head: ArticleHead | None = None
    published: StatedTime | None = None
    scope: str = ""
    own_prefixes: frozenset[str] = frozenset()

    @property
    def year(self) -> int | None:
        """The year for dates without one; ``None`` if the article can be of several years.

        Without a time of publication it is a leap year, because nothing is stored then.
        """
        return self.published.year if self.published else _LEAP_YEAR


def resolve_head(front: FrontMatter | None, lookup: EntityLookup) -> HeadResolution:
    """Resolve the names in a front matter; unknown ones are reported."""
    if front is None:
        return HeadResolution()
    published = _publication_time(front.values.get("published", ""))
    publisher = _entity(front, "publisher", lookup)
    scope = _entity(front, "scope", lookup)
    if scope and published and (early := early_unit_fault(scope, published.latest, lookup.lexicon)):
        lookup.problems.report(front.lines["scope"], len("scope: ") + 1, early)
    head = None
    if publisher and scope and published and _has_id_and_title(front):
        head = _head(front, publisher, scope, published)
    own_prefixes = frozenset(entity.prefix for entity in (publisher, scope) if entity)
    return HeadResolution(head, published, scope.curie if scope else "", own_prefixes)


def _head(
    front: FrontMatter, publisher: RegisterEntity, scope: RegisterEntity, published: StatedTime
) -> ArticleHead:
    values = front.values
    return ArticleHead(
        id=values["article"],
        line=front.lines["article"],
        title=values["title"],
        translated_title=values.get(TRANSLATED_TITLE, ""),
        publisher=publisher,
        published=published,
        scope=scope,
        sha256=front.source.get("sha256", ""),
        chars=front.source.get("chars", ""),
        url=values.get("url", ""),
        version=_version(front),
        is_inventory=front.source.get("kind") == INVENTORY,
    )


def _version(front: FrontMatter) -> ReadVersion:
    values = front.values
    written = values.get("lang", ARTICLE_LANGUAGE)
    read = values.get("seen", written)
    return ReadVersion(
        language=written,
        language_read=read if read != written else "",
        translation=written_codes("TranslationKind").get(values.get("translation", ""), ""),
        extent=written_codes("ReadingExtent").get(front.source.get("kind", ""), ""),
        original=values.get("original", ""),
        copy_of=values.get("copy_of", ""),
    )


def _has_id_and_title(front: FrontMatter) -> bool:
    return is_id(front.values.get("article", "")) and bool(front.values.get("title"))


def _publication_time(text: str) -> StatedTime | None:
    try:
        return read_publication_time(text)
    except FaultError:
        return None  # reported when the head was read


def _entity(front: FrontMatter, key: str, lookup: EntityLookup) -> RegisterEntity | None:
    curie = front.values.get(key, "")
    if not curie:
        return None
    place = (front.lines[key], len(f"{key}: ") + 1)
    return lookup.find_of_class(curie, place, HEAD_CLASSES[key], message("head-role", key=key))
