"""Validation of a guided tour: every fault is recorded with its place in the file and a fix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ....graph.nearest import nearest
from ....words import languages, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ....words import Message, Texts

__all__ = ["FaultList", "TourPlace", "nearest_names"]

MOST_STEPS = 30
MOST_MINUTES = 999
LONGEST_NAME = 60
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class TourPlace(NamedTuple):
    """The place of a value in a tour.

    :param step: number of the step, from 1; 0 outside steps
    :param keys: path of keys from the tour or the step to the value; empty for the whole tour or step
    """

    step: int = 0
    keys: tuple[str, ...] = ()

    def below(self, *keys: str) -> TourPlace:
        """Return the place of a value below this one."""
        return self._replace(keys=(*self.keys, *keys))

    def wording(self) -> Message | str:
        """Return the place in words: `step 2: show`."""
        if self.step:
            part = "".join(f": {key}" for key in self.keys)
            return message(__package__, "fault.step", number=self.step, part=part)
        return ": ".join(self.keys) or message(__package__, "fault.whole_tour")


class FaultList:
    """Collects the faults of one tour while values are read from it.

    :param file: name of the file in the faults
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Message] = []

    def add(self, place: TourPlace, problem: Message) -> None:
        """Record a fault."""
        wording = place.wording()
        fault = message(__package__, "fault.line", file=self.file, place=wording, problem=problem)
        self.faults.append(fault)

    def name(self, value: object, place: TourPlace) -> str:
        """Read the name of a tour."""
        if isinstance(value, str) and _NAME.fullmatch(value) and len(value) <= LONGEST_NAME:
            return value
        self.add(place, message(__package__, "fault.name"))
        return ""

    def minutes(self, value: object, place: TourPlace) -> int:
        """Read a number of minutes."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_MINUTES:
            return value
        self.add(place, message(__package__, "fault.minutes"))
        return 1

    def choice(self, value: object, choices: Sequence[str], place: TourPlace) -> str:
        """Read one of several names; empty without any."""
        if value is None or (isinstance(value, str) and value in choices):
            return value or ""
        self.add(place, message(__package__, "fault.choice", choices=tuple(choices)))
        return ""

    def texts(self, value: object, place: TourPlace) -> Texts:
        """Read a text in every language."""
        codes = languages()
        if isinstance(value, dict) and all(_is_text(value.get(lang)) for lang in codes):
            self.check_keys(value, codes, place)
            return {lang: value[lang].strip() for lang in codes}
        pattern = "{" + ", ".join(f"{lang}: …" for lang in codes) + "}"
        self.add(place, message(__package__, "fault.texts", languages=pattern))
        return dict.fromkeys(codes, "")

    def steps(self, value: object, place: TourPlace) -> Sequence[object]:
        """Read the list of steps."""
        if isinstance(value, list) and 1 <= len(value) <= MOST_STEPS:
            return value
        self.add(place, message(__package__, "fault.steps", most=MOST_STEPS))
        return ()

    def mapping(self, value: object, place: TourPlace) -> Mapping[str, object]:
        """Read a mapping."""
        if isinstance(value, dict):
            return value
        self.add(place, message(__package__, "fault.mapping"))
        return {}

    def check_keys(self, mapping: Mapping[str, object], keys: Sequence[str], place: TourPlace) -> None:
        """Record a fault for each unknown key."""
        for key in mapping:
            if key not in keys:
                self.add(place, message(__package__, "fault.key", name=str(key), keys=tuple(keys)))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def nearest_names(name: str, names: Iterable[str]) -> Message | str:
    """Suggest names similar to an unknown one; empty without any."""
    suggestions = nearest(name, names)
    return message(__package__, "fault.nearest", names=suggestions) if suggestions else ""
