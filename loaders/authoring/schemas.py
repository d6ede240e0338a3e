"""JSON Schemas of registers and of the head of articles, for completion and checks in any editor.

`python -m egovkg.loaders.authoring.schemas docs/schemas` writes them; a test checks that the files are up to
date. They know the keys and classes; everything else is checked by `egovkg check`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ...files import json_text
from ...ontology.references import shipped_components
from ...ontology.vocabulary import load_vocabulary
from ...words import DEVELOPER_LANGUAGE, catalogue
from ..article.frontmatter import ADDRESSES, OPTIONAL, REQUIRED, SOURCE, head_choices, source_kinds
from ..register.entries import KEYS, LIST_KEYS, REQUIRED_KEYS
from .relations_page import entry_classes

if TYPE_CHECKING:
    from collections.abc import Mapping

JsonSchema: TypeAlias = "dict[str, object]"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CURIE = "^[a-z][a-z0-9]{0,19}:[a-z0-9]+(-[a-z0-9]+)*$"
_PUBLISHED = r"^\d{4}(-\d{2}(-\d{2})?)?([~?%]|/\d{4}(-\d{2}(-\d{2})?)?)?$"
_TIME = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_PATTERNS = {  # key -> form of its texts
    **dict.fromkeys(
        ("territory", "within", "branch_of", "issuer", "publisher", "scope", "succeeded_by"), _CURIE
    ),
    **dict.fromkeys(("from", "until", "date"), _TIME),
    "published": _PUBLISHED,
    "article": "^[a-z0-9-]{1,100}$",
    "sha256": "^[0-9a-f]{64}$",
    **dict.fromkeys(("same_as", *ADDRESSES), "^https?://"),
}


def register_schema(lang: str = DEVELOPER_LANGUAGE) -> JsonSchema:
    """Return the schema of a register file.

    :param lang: language of the descriptions

    >>> register_schema()["required"]
    ['prefix', 'entities']
    """
    prefix = {"type": "string", "pattern": "^[a-z][a-z0-9]{0,19}$"}
    entities: JsonSchema = {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "additionalProperties": _object({key: _entry_value(key, lang) for key in KEYS}, REQUIRED_KEYS),
    }
    top = _object({"prefix": prefix, "entities": entities}, ("prefix", "entities"))
    return {"$schema": _DIALECT, "title": catalogue(__package__ or "", lang)["schema.register"], **top}


def head_schema(lang: str = DEVELOPER_LANGUAGE) -> JsonSchema:
    """Return the schema of the YAML between the two lines `---` of an article.

    :param lang: language of the title

    >>> head_schema()["properties"]["scope"]["type"]
    'string'
    """
    keys: dict[str, object] = {key: _text(key) for key in (*REQUIRED, *OPTIONAL)}
    keys["kg"] = {"const": 1}
    keys |= {key: {"enum": [*choices]} for key, choices in head_choices().items()}
    source: dict[str, object] = {key: _text(key) for key in SOURCE}
    source["kind"] = {"enum": [*source_kinds()]}
    keys["source"] = _object({**source, "chars": {"type": "integer", "minimum": 1}}, ())
    title = catalogue(__package__ or "", lang)["schema.head"]
    return {"$schema": _DIALECT, "title": title, **_object(keys, REQUIRED)}


def _object(properties: Mapping[str, object], required: tuple[str, ...]) -> JsonSchema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [*required],
        "additionalProperties": False,
    }


def _entry_value(key: str, lang: str) -> JsonSchema:
    """Return the schema of one key of an entry."""
    if key == "kind":
        return _kinds(lang)
    if key == "component":
        codes: JsonSchema = {"enum": sorted(shipped_components())}
        return {"anyOf": [codes, {"type": "array", "items": codes}]}
    if key in LIST_KEYS:
        return {"anyOf": [_text(key), {"type": "array", "items": _text(key)}]}
    return _text(key)


def _kinds(lang: str) -> JsonSchema:
    """List the classes, each with its definition for the editor to show."""
    classes = load_vocabulary().classes
    names = entry_classes(load_vocabulary())
    return {"oneOf": [{"const": name, "description": classes[name].definitions[lang]} for name in names]}


def _text(key: str) -> JsonSchema:
    """Return the schema of a text; YAML readers take unquoted numbers and days for other types."""
    pattern = _PATTERNS.get(key)
    is_often_unquoted = key in {"code", "number", "date", "from", "until"}
    schema: JsonSchema = {"type": ["string", "number"] if is_often_unquoted else "string"}
    return {**schema, "pattern": pattern} if pattern else schema


def main(folder: Path) -> None:
    """Write the schemas into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in (("register", register_schema()), ("head", head_schema())):
        (folder / f"{name}.schema.json").write_text(json_text(schema), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
