"""Every message of the code has its text and its values; every raised error is worded by a catalogue."""

from __future__ import annotations

import ast
import pickle
import string
from inspect import isclass
from pathlib import Path
from typing import NamedTuple

import egovkg
import pytest
from egovkg import errors
from egovkg.errors import EgovError, EntityError, TourError
from egovkg.words import catalogue, languages, message

ROOT = Path(egovkg.__file__).parent
LOADER_FAULTS = "egovkg.loaders.faults"
SKIPPED = {".venv", "build", "dist", "tests", "benchmarks"}
MODULES = sorted(path for path in ROOT.rglob("*.py") if not SKIPPED & {*path.relative_to(ROOT).parts})


class MessageCall(NamedTuple):
    """A `message(__package__, "key", name=value)` in the code, or one text of a `fault("key", …)`."""

    package: str
    key: str
    values: frozenset[str]
    complete: bool  # whether the call spells out every value
    place: str


def message_calls(path: Path) -> list[MessageCall]:
    package = ".".join(("egovkg", *path.relative_to(ROOT).parent.parts))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    packages = {"__package__": package, **text_constants(tree)}
    calls = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        for owner, key in message_keys(node, packages):
            names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            spelled = all(keyword.arg for keyword in node.keywords)
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            calls.append(MessageCall(owner, key, names, spelled, place))
    return calls


def text_constants(tree: ast.Module) -> dict[str, str]:
    """Give the constants of a module that hold a text, such as the package whose words it speaks."""
    return {
        ast.unparse(node.targets[0]): node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def message_keys(node: ast.Call, packages: dict[str, str]) -> list[tuple[str, str]]:
    """Give the package and key of each text that a call names; those of the loaders name their key alone."""
    texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
    key = next((text for text in texts if isinstance(text, str)), None)
    match ast.unparse(node.func), node.args:
        case "message", [_] if key:
            return [(LOADER_FAULTS, key)]
        case "message", [scope, _] if key:
            return [(packages.get(ast.unparse(scope), "egovkg"), key)]
        case "fault", [ast.Constant(), *_] if key:
            return [(LOADER_FAULTS, f"{key}.{part}") for part in ("problem", "fix")]
    return []


def test_messages_of_the_code_are_in_the_catalogues() -> None:
    faults = []
    for call in (call for path in MODULES for call in message_calls(path)):
        texts = catalogue(call.package, languages()[0])
        if call.key not in texts:
            faults.append(f"{call.place}: {call.package} has no text {call.key}")
            continue
        needed = {name for _, name, _, _ in string.Formatter().parse(texts[call.key]) if name}
        if call.complete and not needed <= call.values:
            faults.append(f"{call.place}: {call.key} needs {', '.join(sorted(needed - call.values))}")
    assert faults == []


def test_a_message_can_travel_between_processes() -> None:
    whole = message("egovkg", "error.store", folder=("a", "b"), reason=message("egovkg", "severity.warning"))
    assert str(whole) == "a, b: warning"
    restored = pickle.loads(pickle.dumps(whole))
    assert (restored, restored.text("vi")) == (whole, "a, b: cảnh báo")


@pytest.mark.parametrize("key", ["no.such.key", "error.store"])
def test_an_error_without_text_or_value_fails_where_it_is_raised(key: str) -> None:
    with pytest.raises(KeyError):
        raise EgovError(message("egovkg", key))


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(EntityError("lgps", ["lgsp"], ambiguous=True)))
    assert isinstance(error, EntityError)
    assert (error.name, error.candidates, error.ambiguous) == ("lgps", ("lgsp",), True)
    assert str(error) == '"lgps" fits 1 entities — choose one of: lgsp'
    assert error.text("vi").startswith('"lgps" khớp với')


def test_errors_of_several_lines_are_worded_line_by_line() -> None:
    warning = message("egovkg", "severity.warning")
    error = TourError([warning, "b"])
    assert (str(error), error.text("vi")) == ("warning\nb", "cảnh báo\nb")


def test_a_plain_text_stays_as_it_is() -> None:
    assert EgovError("as the engine says").text("vi") == "as the engine says"


ERRORS = {name for name, kind in vars(errors).items() if isclass(kind) and issubclass(kind, EgovError)}
FOR_DEVELOPERS = {"InternalError"}  # shown in a traceback only


def plain_texts(path: Path) -> list[str]:
    """List the errors that are made of a text in one language."""
    calls = (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )
    return [
        f"{path.relative_to(ROOT)}:{call.lineno} {ast.unparse(call.func)}"
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in ERRORS - FOR_DEVELOPERS
        and any(is_sentence(argument) for argument in call.args)
    ]


def is_sentence(node: ast.expr) -> bool:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    return is_text or isinstance(node, ast.JoinedStr)


def test_every_error_is_worded_by_a_catalogue() -> None:
    assert [fault for path in MODULES for fault in plain_texts(path)] == []
