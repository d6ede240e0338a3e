"""The parts of uvicorn that the service uses though they are not public: a version that lacks one fails."""

from __future__ import annotations

import ast
import inspect
import tomllib
from pathlib import Path

import egovkg
import pytest
import uvicorn
from egovkg.service import run
from egovkg.service.http import server
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

ROOT = Path(egovkg.__file__).parent
# Methods that the protocol of the service overrides, and calls in the base class.
METHODS = (
    "connection_made",
    "connection_lost",
    "data_received",
    "eof_received",
    "on_message_begin",
    "on_header",
    "on_headers_complete",
    "on_body",
    "on_message_complete",
    "on_response_complete",
    "pause_writing",
    "resume_writing",
    "send_400_response",
    "_unsupported_upgrade_warning",
)
# Attributes that it reads, and in which class of uvicorn each is set.
ATTRIBUTES = {
    "client": HttpToolsProtocol,
    "scope": HttpToolsProtocol,
    "cycle": HttpToolsProtocol,
    "expect_100_continue": HttpToolsProtocol,
    "headers": HttpToolsProtocol,
    "loop": HttpToolsProtocol,
    "parser": HttpToolsProtocol,
    "pipeline": HttpToolsProtocol,
    "transport": HttpToolsProtocol,
    "url": HttpToolsProtocol,
    "disconnected": RequestResponseCycle,
    "message_event": RequestResponseCycle,
    "response_complete": RequestResponseCycle,
    "response_started": RequestResponseCycle,
    "waiting_for_100_continue": RequestResponseCycle,
}
SERVER_METHODS = ("capture_signals", "handle_exit", "startup")
ADVICE = f"uvicorn {uvicorn.__version__} lacks it: adapt service/http/server.py, then move the upper bound"


def attributes_set_in(cls: type) -> set[str]:
    """The names that the methods of a class assign to `self`."""
    tree = ast.parse(inspect.getsource(cls))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


# Read while tests are collected: Python 3.11 may fail to parse after tests with many tasks.
SET_IN: dict[type, set[str]] = {
    cls: attributes_set_in(cls) for cls in (HttpToolsProtocol, RequestResponseCycle)
}
OWN_TREE = ast.parse(inspect.getsource(server.DeadlineProtocol))


@pytest.mark.parametrize("name", METHODS)
def test_the_base_class_has_the_method(name: str) -> None:
    assert callable(getattr(HttpToolsProtocol, name, None)), ADVICE


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_the_base_class_has_the_attribute(name: str) -> None:
    assert name in SET_IN[ATTRIBUTES[name]], ADVICE


@pytest.mark.parametrize("name", SERVER_METHODS)
def test_the_server_has_the_method(name: str) -> None:
    assert callable(getattr(uvicorn.Server, name, None)), ADVICE


def test_the_constructor_takes_what_the_service_passes_on() -> None:
    names = list(inspect.signature(HttpToolsProtocol.__init__).parameters)
    assert names == ["self", "config", "server_state", "app_state", "_loop"], ADVICE


def test_every_part_that_is_used_is_named_here() -> None:
    """What the subclass overrides or reads of the base class stands in one of the lists above."""
    inherited = SET_IN[HttpToolsProtocol] | {*dir(HttpToolsProtocol)}
    own = {node.name for node in ast.walk(OWN_TREE) if isinstance(node, ast.FunctionDef)}
    used = {
        node.attr
        for node in ast.walk(OWN_TREE)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    }
    assert (own | used) & inherited - {"__init__"} <= {*METHODS, *ATTRIBUTES}
    overridden = {
        name for name in vars(run._Server) if name in dir(uvicorn.Server) and not name.startswith("__")
    }
    assert overridden <= {*SERVER_METHODS}


def test_the_version_is_bounded_from_above() -> None:
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    (bound,) = [name for name in dependencies if name.startswith("uvicorn")]
    assert ",<" in bound
