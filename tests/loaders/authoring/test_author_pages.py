"""The page of relations and the JSON Schemas are up to date; the schemas accept what readers accept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import egovkg
import pytest
import yaml
from egovkg.loaders.authoring.relations_page import relations_page
from egovkg.loaders.authoring.schemas import head_schema, register_schema
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.loaders.register.entries import find_registers
from egovkg.tests.corpora.folders import FIVE
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(egovkg.__file__).parent
ENTRY = {"kind": "EmailSystem", "vi": "Thư", "en": "Mail"}


class TextLoader(yaml.SafeLoader):
    """Reads days as texts, as editors do."""


TextLoader.yaml_implicit_resolvers = {
    letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(schema: dict[str, object], content: object) -> list[str]:
    return [fault.message for fault in Draft202012Validator(schema).iter_errors(content)]


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "relations.md").read_text("utf-8") == relations_page()


def test_the_page_tells_relations_classes_and_codes() -> None:
    page = relations_page()
    assert "| `LegalDocument` | `Agent` | `issuedBy` | do … ban hành · issued by |" in page
    assert (
        "| `EmailSystem` | Hệ thống thư điện tử công vụ · official e-mail system | `InformationSystem` |"
        in page
    )
    assert "| `f2:a-qlvb` |" in page
    assert "`inArticle`" not in page
    assert relations_page("vi").startswith("# Viết gì")


@pytest.mark.parametrize(("name", "schema"), [("register", register_schema), ("head", head_schema)])
def test_the_schemas_are_up_to_date(name: str, schema: Callable[[], dict[str, Any]]) -> None:
    written = json.loads((ROOT / "docs" / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    assert written == schema()
    Draft202012Validator.check_schema(written)


@pytest.mark.parametrize("path", find_registers(FIVE), ids=lambda path: path.stem)
def test_shipped_registers_fit_the_schema(path: Path) -> None:
    assert faults(register_schema(), yaml.load(path.read_text("utf-8"), TextLoader)) == []


@pytest.mark.parametrize("path", find_articles(FIVE), ids=lambda path: path.name)
def test_heads_of_shipped_articles_fit_the_schema(path: Path) -> None:
    head = path.read_text("utf-8").split("---\n")[1]
    assert faults(head_schema(), yaml.load(head, TextLoader)) == []


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({**ENTRY, "kind": "EmialSystem"}, "is not valid under any of the given schemas"),
        ({**ENTRY, "teritory": "vn:ha-noi"}, "'teritory' was unexpected"),
        ({"kind": "EmailSystem", "vi": "Thư"}, "'en' is a required property"),
        ({**ENTRY, "territory": "Hà Nội"}, "does not match"),
        ({**ENTRY, "component": "f2:qlvb"}, "is not valid under any of the given schemas"),
    ],
)
def test_a_wrong_entry_does_not_fit(entry: dict[str, str], message: str) -> None:
    (fault,) = faults(register_schema(), {"prefix": "a", "entities": {"thu": entry}})
    assert message in fault
