"""Guided tours: short lessons about the graph, written as YAML; every step cites evidence in the graph.

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

from importlib import resources
from typing import TYPE_CHECKING

import yaml

from ....errors import TourError
from ....words import message
from ...shared.explorer_views import VIEWS
from .tour_checks import FaultList, TourPlace
from .tour_evidence import EvidenceReader
from .tour_model import Tour, TourStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ....words import Message, Texts
    from .question_answers import SubjectAnswers
    from .snapshot import GraphSnapshot

__all__ = ["LARGEST_FILE", "read_shipped_tours", "read_tour", "read_tours"]

LARGEST_FILE = 200_000  # bytes of a tour
_TOUR_KEYS = ("tour", "title", "about", "minutes", "steps")
_STEP_KEYS = ("title", "text", "show", "check", "view")
_CHECK_KEYS = ("ask", "answer")


def read_shipped_tours(
    snapshot: GraphSnapshot, answers: Mapping[str, SubjectAnswers]
) -> tuple[tuple[Tour, ...], tuple[Message | str, ...]]:
    """Read the tours shipped with the package.

    :param answers: name of a question → its subjects and answers
    :returns: the tours by name; and the first fault of each tour that was left out because the graph lacks
        its evidence
    """
    tours, faults = [], []
    for name, data in _shipped_files():
        try:
            tours.append(read_tour(snapshot, answers, data, name))
        except TourError as error:
            faults.append(error.faults[0])
    return tuple(tours), tuple(faults)


def read_tours(
    snapshot: GraphSnapshot,
    answers: Mapping[str, SubjectAnswers],
    paths: Iterable[Path],
    taken_names: Iterable[str] = (),
) -> tuple[Tour, ...]:
    """Read tours written by a user.

    :param answers: name of a question → its subjects and answers
    :param taken_names: names that are already in use
    :raises TourError: with all faults of all tours
    """
    tours: dict[str, Tour] = {}
    names = set(taken_names)
    faults: list[Message | str] = []
    for path in paths:
        try:
            tour = read_tour(snapshot, answers, path.read_bytes(), str(path))
        except TourError as error:
            faults += error.faults
            continue
        if tour.name in names:
            faults.append(_file_fault(str(path), message(__package__, "fault.same_name", name=tour.name)))
        names.add(tour.name)
        tours[tour.name] = tour
    if faults:
        raise TourError(faults)
    return tuple(tours.values())


def _shipped_files() -> list[tuple[str, bytes]]:
    folder = resources.files("egovkg.viz.site").joinpath("tours")
    files = {file.name: file for file in folder.iterdir() if file.name.endswith(".yaml")}
    return [(name, files[name].read_bytes()) for name in sorted(files)]


def read_tour(snapshot: GraphSnapshot, answers: Mapping[str, SubjectAnswers], data: bytes, file: str) -> Tour:
    """Read one tour and resolve all its references.

    :param answers: name of a question → its subjects and answers
    :param file: name of the file in faults
    :raises TourError: with all faults of the tour
    """
    content = _content(data, file)
    faults, place = FaultList(file), TourPlace()
    reader = EvidenceReader(snapshot, answers, faults)
    tour = Tour(
        name=faults.name(content.get("tour"), place.below("tour")),
        title=faults.texts(content.get("title"), place.below("title")),
        about=faults.texts(content.get("about"), place.below("about")),
        minutes=faults.minutes(content.get("minutes"), place.below("minutes")),
        steps=tuple(_steps(reader, content.get("steps"))),
        source=data,
    )
    faults.check_keys(content, _TOUR_KEYS, place)
    if faults.faults:
        raise TourError(faults.faults)
    return tour


def _content(data: bytes, file: str) -> Mapping[str, object]:
    """Parse the file of a tour.

    :raises TourError: if the file is too large, or is not UTF-8, YAML or a mapping
    """
    if len(data) > LARGEST_FILE:
        raise TourError([_file_fault(file, message(__package__, "fault.too_large", most=LARGEST_FILE))])
    try:
        content = yaml.safe_load(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        fault = message(__package__, "fault.encoding", position=error.start)
        raise TourError([_file_fault(file, fault)]) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split()) or message(__package__, "fault.too_deep")
        raise TourError([_file_fault(file, message(__package__, "fault.yaml", reason=reason))]) from error
    if not isinstance(content, dict):
        raise TourError([_file_fault(file, message(__package__, "fault.no_tour"))])
    return content


def _file_fault(file: str, problem: Message) -> Message:
    return message(__package__, "fault.of_file", file=file, problem=problem)


def _steps(reader: EvidenceReader, value: object) -> list[TourStep]:
    steps = reader.faults.steps(value, TourPlace().below("steps"))
    return [_step(reader, step, TourPlace(number)) for number, step in enumerate(steps, 1)]


def _step(reader: EvidenceReader, value: object, place: TourPlace) -> TourStep:
    faults = reader.faults
    content = faults.mapping(value, place)
    faults.check_keys(content, _STEP_KEYS, place)
    text = faults.texts(content.get("text"), place.below("text"))
    reader.check_links(text, place)
    return TourStep(
        title=faults.texts(content.get("title"), place.below("title")),
        text=text,
        evidence=tuple(reader.evidence(content.get("show"), place)),
        check=_check(faults, content.get("check"), place.below("check")),
        view=faults.choice(content.get("view"), VIEWS, place.below("view")),
    )


def _check(faults: FaultList, value: object, place: TourPlace) -> Mapping[str, Texts]:
    """Read the quiz question of a step; empty without one."""
    if value is None:
        return {}
    content = faults.mapping(value, place)
    faults.check_keys(content, _CHECK_KEYS, place)
    return {key: faults.texts(content.get(key), place.below(key)) for key in _CHECK_KEYS}
