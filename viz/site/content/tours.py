"""Guided tours: small lessons over the graph, written as data; nothing in them stands without a reference.

    tour: lgsp-la-gi
    title: {vi: LGSP là gì?, en: What is an LGSP?}
    about: {vi: …, en: …}
    minutes: 10
    steps:
      - title: {vi: …, en: …}
        text: {vi: "… [một nền tảng](tq:lgsp) …", en: …}
        show:
          - claim: bp:qlvb connectsTo bp:truc-lgsp
        check: {ask: {vi: …, en: …}, answer: {vi: …, en: …}}

`docs/tours.md` is the reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from ....errors import TourError
from .tour_checks import Checker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ....words import Message
    from .model import Site, Texts

LARGEST = 200_000  # bytes of a tour


@dataclass(frozen=True)
class Show:
    """What a step rests on.

    :param kind: `claim`, `figure`, `entity`, `question` or `paragraph`
    :param name: CURIE, name of the question, or address of the paragraph; empty for statements
    :param of: the subject that a question is asked of
    :param statements: positions in `Known.statements`
    """

    kind: str
    name: str = ""
    of: str = ""
    statements: tuple[int, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step.

    :param text: paragraphs parted by a blank line; `[words](target)` is a link
    :param check: a question to the reader and its answer; empty when there is none
    """

    title: Texts
    text: Texts
    shows: tuple[Show, ...]
    check: Mapping[str, Texts]


@dataclass(frozen=True)
class Tour:
    """A guided tour.

    :param minutes: how long it takes to read
    :param source: the file it was read from, which a teacher may take as a pattern
    """

    name: str
    title: Texts
    about: Texts
    minutes: int
    steps: tuple[Step, ...]
    source: bytes = b""


def read_tours(site: Site, given: Sequence[Path] = ()) -> tuple[tuple[Tour, ...], tuple[str, ...]]:
    """Read the shipped tours and those that a user gives.

    :returns: the tours in order of their names, shipped ones first; and why shipped ones were left out: a
        graph of other articles does not hold what they refer to
    :raises TourError: with every fault of every given tour
    """
    tours: list[Tour] = []
    skipped: list[str] = []
    faults: list[Message | str] = []
    for name, data in _shipped():
        try:
            tours.append(read_tour(site, data, name))
        except TourError as error:
            skipped.append(str(error.faults[0]))
    for path in given:
        try:
            tour = read_tour(site, path.read_bytes(), str(path))
        except TourError as error:
            faults += [*error.faults]
            continue
        if any(tour.name == other.name for other in tours):
            faults.append(f'{path}: there is a tour "{tour.name}" already — choose another name')
        tours.append(tour)
    if faults:
        raise TourError(faults)
    return tuple(tours), tuple(skipped)


def _shipped() -> list[tuple[str, bytes]]:
    folder = resources.files("egovkg.viz.site").joinpath("tours")
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
    )
    return [(file.name, file.read_bytes()) for file in files]


def read_tour(site: Site, data: bytes, name: str) -> Tour:
    """Read one tour and look up everything that it refers to.

    :param name: how faults name the file
    :raises TourError: with every fault
    """
    checker = Checker(site, name)
    content = _content(data, checker)
    tour = Tour(
        name=checker.name(content.get("tour")),
        title=checker.texts(content.get("title"), "title"),
        about=checker.texts(content.get("about"), "about"),
        minutes=checker.number(content.get("minutes"), "minutes"),
        steps=tuple(_step(checker, one, number) for number, one in enumerate(checker.steps(content), 1)),
        source=data,
    )
    checker.known_keys(content, ("tour", "title", "about", "minutes", "steps"), "the tour")
    if checker.faults:
        raise TourError(checker.faults)
    return tour


def _content(data: bytes, checker: Checker) -> Mapping[str, object]:
    if len(data) > LARGEST:
        raise TourError([f"{checker.file}: more than {LARGEST} bytes — split it into several tours"])
    try:
        content = yaml.safe_load(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise TourError([f"{checker.file}: byte {error.start} is not UTF-8 — re-save as UTF-8"]) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split()) or "too deeply nested"
        raise TourError(
            [f"{checker.file}: not YAML ({reason}) — put words in quotation marks; see docs/tours.md"]
        ) from error
    if not isinstance(content, dict):
        raise TourError([f"{checker.file}: holds no tour — see docs/tours.md"])
    return content


def _step(checker: Checker, content: object, number: int) -> Step:
    held = checker.mapping(content, f"step {number}")
    where = f"step {number}"
    checker.known_keys(held, ("title", "text", "show", "check"), where)
    text = checker.texts(held.get("text"), f"{where}: text")
    checker.links(text, where)
    return Step(
        title=checker.texts(held.get("title"), f"{where}: title"),
        text=text,
        shows=tuple(Show(*found) for found in checker.shows(held.get("show"), where)),
        check=checker.check(held.get("check"), where),
    )
