"""The texts that people read: one catalogue per package, one file per language.

The catalogue of a package is its folder `words/` with `vi.yaml` and `en.yaml`, which map keys to texts. Names
in braces are replaced by values. The supported languages are those with a file in the root folder `words/`:
to add one, add a file to each of these folders and labels to the ontology.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

__all__ = [
    "DEFAULT_LANGUAGE",
    "DEVELOPER_LANGUAGE",
    "ROOT",
    "Catalogue",
    "Labelled",
    "Message",
    "MessageValue",
    "Texts",
    "catalogue",
    "in_all_languages",
    "label",
    "languages",
    "message",
    "written_date",
    "written_number",
]

Texts: TypeAlias = "Mapping[str, str]"  # language -> text; the languages may be in any order

ROOT = "egovkg"
DEFAULT_LANGUAGE = (
    "vi"  # the language of the articles; what an answer is given in unless another is asked for
)
DEVELOPER_LANGUAGE = "en"  # of tracebacks and logs, which nobody requested in a language
_ONE = ".one"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """List the codes of the supported languages, the default first.

    >>> languages()[:2]
    ('vi', 'en')
    """
    names = (file.name for file in resources.files(ROOT).joinpath("words").iterdir())
    codes = sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    return (DEFAULT_LANGUAGE, *(code for code in codes if code != DEFAULT_LANGUAGE))


class Catalogue:
    """The texts of one package in one language.

    :param texts: key → text with placeholders in braces, as in `"{count} rows"`

    >>> words = Catalogue({"rows": "{count} rows", "rows.one": "one row"})
    >>> words("rows", count=2), words.counted("rows", 1), words["rows"], "columns" in words
    ('2 rows', 'one row', '{count} rows', False)
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a text with its placeholders filled in.

        :raises KeyError: if the catalogue has no such key, or the value of a placeholder is missing
        """
        return self._texts[key].format(**values)

    def counted(self, key: str, count: int, /, **values: object) -> str:
        """Fill a number into a text; for 1, the text `KEY.one` is used if it exists."""
        singular = count == 1 and key + _ONE in self._texts
        return self(key + _ONE if singular else key, count=count, **values)

    def below(self, prefix: str) -> dict[str, str]:
        """Return the texts below a prefix, by the remainder of their keys.

        >>> Catalogue({"layer.data": "Data", "title": "Title"}).below("layer")
        {'data': 'Data'}
        """
        start = prefix + "."
        return {key.removeprefix(start): text for key, text in self._texts.items() if key.startswith(start)}

    def items(self) -> Iterator[tuple[str, str]]:
        """Iterate over keys and texts with placeholders, in the order of the file."""
        yield from self._texts.items()

    def __getitem__(self, key: str) -> str:
        """Return a text with its placeholders."""
        return self._texts[key]

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def keys(self) -> set[str]:
        """Return the keys, which are the same in every language."""
        return set(self._texts)


@lru_cache(maxsize=256)
def catalogue(package: str, lang: str) -> Catalogue:
    """Read the texts of a package in a language.

    :param package: full name of the package, usually `__package__`
    :param lang: one of :func:`languages`
    :raises FileNotFoundError: if the package has no texts in that language

    >>> catalogue("egovkg", "en")("unexpected", error="x")
    'unexpected error: x'
    """
    import yaml  # not at the top: errors import this module, and starting up shall not load YAML

    text = resources.files(package).joinpath("words", f"{lang}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, where it is there, is 40 times as fast
    return Catalogue(dict(_flat(yaml.load(text, Loader=loader), "")))


def _flat(entries: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    """Flatten nested keys by joining their parts with dots."""
    for key, value in entries.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


def in_all_languages(package: str, key: str, /, **values: object) -> dict[str, str]:
    """Fill a text in every language.

    :returns: language → text
    """
    return {lang: catalogue(package, lang)(key, **values) for lang in languages()}


def label(labels: Texts, lang: str) -> str:
    """Choose the label in a language, else in the default language, else the first.

    :param labels: language → label
    :returns: empty if there is no label

    >>> label({"vi": "Cổng", "en": "portal"}, "en"), label({"vi": "Cổng"}, "en"), label({}, "en")
    ('portal', 'Cổng', '')
    """
    for code in (lang, DEFAULT_LANGUAGE):
        if code in labels:
            return labels[code]
    return next(iter(labels.values()), "")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text that is given in several languages.

    :param labels: pairs of language and text

    >>> Labelled.of({"vi": "Cổng", "en": "portal"}).text("en")
    'portal'
    """

    labels: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, labels: Texts) -> Labelled:
        """Take the labels from a mapping language → text, in the order of the language codes."""
        return cls(tuple(sorted(labels.items())))

    def text(self, lang: str) -> str:
        """Choose the text in a language; see :func:`label`."""
        return label(dict(self.labels), lang)


@dataclass(frozen=True, slots=True)
class Message:
    """A text of a catalogue with its values, independent of language.

    :param package: full name of the package whose catalogue has the key
    :param values: pairs of name and value. A message or labelled text among the values is worded in the same
        language, a tuple is joined by commas, and an integer named `count` chooses between singular and
        plural.

    >>> message("egovkg", "unexpected", error="x").text("en")
    'unexpected error: x'
    """

    package: str
    key: str
    values: tuple[tuple[str, MessageValue], ...] = ()

    def text(self, lang: str) -> str:
        """Word the message in a language.

        :raises KeyError: if the catalogue lacks the key, or the message lacks the value of a placeholder
        """
        words = catalogue(self.package, lang)
        values = {name: _worded(value, lang) for name, value in self.values}
        count = values.pop("count", None)
        if isinstance(count, int):
            return words.counted(self.key, count, **values)
        return words(self.key, **values)

    def __str__(self) -> str:
        return self.text(DEVELOPER_LANGUAGE)


MessageValue: TypeAlias = str | int | float | Labelled | Message | tuple["MessageValue", ...]


def message(package: str, key: str, /, **values: MessageValue) -> Message:
    """Build a message from a key and values."""
    return Message(package, key, tuple(values.items()))


def _worded(value: MessageValue, lang: str) -> str | int | float:
    if isinstance(value, Labelled | Message):
        return value.text(lang)
    if isinstance(value, tuple):
        return ", ".join(str(_worded(part, lang)) for part in value)
    return value


def written_number(number: Decimal | float, lang: str, decimals: int | None = None) -> str:
    """Format a number with the decimal and grouping separators of a language.

    :param decimals: digits after the decimal point; by default those of the number

    >>> written_number(75005, "vi"), written_number(1234.5, "en", decimals=1)
    ('75.005', '1,234.5')
    """
    from decimal import Decimal  # not at the top: errors import this module

    texts = catalogue(ROOT, lang)
    signs = {ord(","): texts["number.group_separator"], ord("."): texts["number.decimal_point"]}
    written = f"{Decimal(number):,f}" if decimals is None else f"{number:,.{decimals}f}"
    return written.translate(signs)


def written_date(year: str | int, month: int, day: int | None, lang: str) -> str:
    """Write a day, or a month, as readers of a language do.

    :param day: ``None`` for a month

    >>> written_date(2020, 3, 19, "vi"), written_date("2020", 3, None, "en")
    ('19/3/2020', 'March 2020')
    """
    texts = catalogue(ROOT, lang)
    return texts("date.day" if day else "date.month", day=day, month=texts[f"month.{month}"], year=year)
