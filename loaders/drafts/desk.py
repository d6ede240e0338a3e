"""From files to drafts in a corpus folder: what is not stated about a text is assumed, and reported."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ...graph.text import fold
from ..article.frontmatter import publication_fault
from ..pipeline.lexicon_files import load_lexicon
from ..pipeline.scaffold import (
    ArticleDraft,
    check_new_article,
    prefix_of,
    unused_prefix,
    used_ids,
    write_files,
)
from ..recognition.languages import load_all_rules
from ..register.entries import CODE_PREFIX
from ..register.translated_names import names_in
from ..text.corpus_languages import ARTICLE_LANGUAGE
from ..text.dates import read_publication_time
from .draft_files import DraftHead, draft_files
from .drafting import Drafter, TextFrame
from .entities import TextEntities
from .raw_text import read_raw

if TYPE_CHECKING:
    from ..register.entity import RegisterEntity
    from .proposals import Draft
    from .raw_text import RawText

_COUNTRY, _PROVINCE = "vn:viet-nam", "Province"
_NO_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 60  # characters of an id that is made of a file's name


@dataclass(frozen=True)
class DraftRequest:
    """What the author says of a text; ``None`` for what is to be assumed.

    :param article: id of the article
    :param scope: CURIE of the unit that it is about
    :param published: time of publication, as articles may write it: `2023-03-15`, `15/3/2023`, `2023`
    :param publisher: CURIE of the publisher
    :param prefix: prefix of the register for proposed entries
    """

    article: str | None = None
    scope: str | None = None
    published: str | None = None
    publisher: str | None = None
    prefix: str | None = None


@dataclass(frozen=True)
class DraftedText:
    """A text with its draft.

    :param is_day_assumed: whether today stands for the day of publication
    :param is_scope_assumed: whether the scope was taken from the places that the text names
    """

    head: DraftHead
    raw: RawText
    draft: Draft
    is_day_assumed: bool
    is_scope_assumed: bool


class DraftDesk:
    """Drafts texts into one corpus folder.

    :param folder: the corpus folder, whose register and rules add to the shipped ones
    :raises InputError: if the rules of the folder cannot be read
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rules = load_all_rules(folder)
        self.lexicon = load_lexicon([folder]).lexicon
        self._drafters: dict[str, Drafter] = {}  # by language
        self._ids = used_ids(folder)
        self._used_prefixes = {*self.lexicon.register.prefixes, CODE_PREFIX}
        self._own_prefixes = self._prefixes_by_territory()

    def draft(self, data: bytes, file: str, request: DraftRequest) -> DraftedText:
        """Draft one text, without writing anything.

        :param file: name of the file, of which the id of the article is made
        :raises InputError: if the text cannot be used, or what is said of it is wrong
        """
        raw = read_raw(data, file, self.rules)
        head = self.head(raw, file, request)
        draft = self.drafter(raw.language).draft(raw.text, TextFrame(head.scope, head.published, head.prefix))
        is_day_assumed = not (request.published or raw.published)
        return DraftedText(head, raw, draft, is_day_assumed, request.scope is None)

    def head(self, raw: RawText, file: str, request: DraftRequest) -> DraftHead:
        """Complete what is said of a text by what can be assumed of it.

        :param file: name of the file, of which the id of the article is made
        :raises InputError: if what is said of it is wrong, or there is such an article already
        """
        article = request.article or _NO_NAME.sub("-", fold(Path(file).name.partition(".")[0]))[:_LONGEST_ID]
        article = article.strip("-")
        published = _as_edtf(request.published or raw.published or date.today().isoformat())
        scope = request.scope or self._scope(raw, published)
        prefix = request.prefix or self.prefix(article, scope)
        path = self.folder / "articles" / f"{article}.kg.md"
        publisher = request.publisher or ""
        draft = ArticleDraft(article, scope, published, prefix, publisher)
        check_new_article(draft, path, self.lexicon, self._ids)
        return DraftHead(article, raw.title, published, scope, prefix, publisher, raw.language)

    def drafter(self, language: str) -> Drafter:
        """Return what drafts texts in a language; its dictionaries are made at the first text."""
        if language not in self._drafters:
            self._drafters[language] = Drafter(self.lexicon, self.rules[language])
        return self._drafters[language]

    def entities(self, head: DraftHead) -> TextEntities:
        """Return what finds the entities of a text."""
        drafter = self.drafter(head.language)
        place = (head.scope, head.published, head.prefix)
        return TextEntities(drafter.index, drafter.names, drafter.rules, place)

    def write(self, drafted: DraftedText) -> Path:
        """Write article, register and original of a draft.

        :returns: the file of the article
        :raises WriteError: if one cannot be written
        """
        paths = write_files(draft_files(drafted.head, drafted.draft, drafted.raw.text, self.folder))
        self.reserve(drafted.head, paths[-1])
        return paths[-1]

    def reserve(self, head: DraftHead, path: Path) -> None:
        """Keep the id and the prefix of a draft from being used again.

        :param path: the file of the article
        """
        self._used_prefixes.add(head.prefix)
        self._own_prefixes.setdefault(head.scope, head.prefix)
        self._ids[head.article] = str(path)

    def prefix(self, article: str, scope: str) -> str:
        """Return the prefix of the folder's own register for a place, else an unused one."""
        return self._own_prefixes.get(scope) or unused_prefix(prefix_of(article), self._used_prefixes)

    def _prefixes_by_territory(self) -> dict[str, str]:
        own = {path.stem for path in (self.folder / "register").glob("*.yaml")}
        prefixes: dict[str, str] = {}
        for entity in self.lexicon.register.entities:
            territory = entity.values.get("territory", "")
            if entity.prefix in own and territory:
                prefixes.setdefault(territory, entity.prefix)
        return prefixes

    def _scope(self, raw: RawText, published: str) -> str:
        """Return the province named most often, one of that time first; the country without any."""
        text = _tight_hyphens(raw.text)
        counts: Counter[tuple[bool, str]] = Counter()
        for entity in self.lexicon.register.entities:
            if entity.kind == _PROVINCE:
                names = names_in(entity, raw.language) if raw.language != ARTICLE_LANGUAGE else ()
                forms = {_tight_hyphens(name) for name in (entity.values.get("short", entity.label), *names)}
                count = sum(text.count(form) for form in forms)
                if count:
                    counts[_is_of_time(entity, published), entity.curie] = count
        best = max(counts, key=lambda key: (key[0], counts[key], key[1]), default=(False, _COUNTRY))
        return best[1]


def _as_edtf(published: str) -> str:
    """Return a time of publication in the notation that times are compared in; one that is none, as it is.

    >>> _as_edtf("15/3/2023"), _as_edtf("hôm qua")
    ('2023-03-15', 'hôm qua')
    """
    return published if publication_fault(published) else read_publication_time(published).edtf


def _tight_hyphens(text: str) -> str:
    """Take the blanks around hyphens out, as in "Bà Rịa - Vũng Tàu"."""
    return text.replace(" - ", "-").replace(" – ", "-")


def _is_of_time(entity: RegisterEntity, day: str) -> bool:
    return entity.values.get("from", "") <= day <= entity.values.get("until", "9999")
