"""The words by which the rules recognise what a text says, from `cues.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ...files import packaged_text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Cues:
    """Words and patterns of the language of the articles.

    :param building: how tasks begin that build or change something
    :param plural: first words of the labels of several things
    :param comparators: words before a number → comparator
    :param warnings: keys of the messages that are warnings; the others are notes
    """

    building: tuple[str, ...]
    plural: tuple[str, ...]
    draft: tuple[str, ...]
    online_services: str
    system_words: tuple[str, ...]
    period: re.Pattern[str]
    deadline: re.Pattern[str]
    cumulative_level: re.Pattern[str]
    document_number: re.Pattern[str]
    compared_number: re.Pattern[str]
    comparators: Mapping[str, str]
    warnings: frozenset[str]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Read the cues once.

    >>> [match["words"] for match in cues().compared_number.finditer("có khoảng 1.250 hồ sơ, trên 90%")]
    ['khoảng', 'trên']
    """
    words = yaml.safe_load(packaged_text(__package__ or "", "cues.yaml"))
    comparators, after = words["comparators"], words["at-least-after"]
    before = "|".join(comparators)
    return Cues(
        building=tuple(words["building"]),
        plural=tuple(words["plural"]),
        draft=tuple(words["draft"]),
        online_services=words["online-services"],
        system_words=tuple(words["system-words"]),
        period=re.compile(words["period"]),
        deadline=re.compile(words["deadline"]),
        cumulative_level=re.compile(words["cumulative-level"]),
        document_number=re.compile(words["document-number"]),
        compared_number=re.compile(
            rf"(?<!\d )\b(?:(?P<words>{before}) )?(?P<number>{words['number']})(?: ?%)?(?P<after> {after})?"
        ),
        comparators=comparators,
        warnings=frozenset(words["warnings"]),
    )
