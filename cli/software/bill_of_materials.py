"""The bill of materials (SBOM) in the format CycloneDX 1.6, ECMA-424."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from .components import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .components import Component


def bill_of_materials(parts: Iterable[Component]) -> Mapping[str, object]:
    """Build the bill of materials of an installation; equal packages give equal bills.

    :param parts: egovkg and the packages that it needs
    """
    by_name = {part.name: part for part in parts}
    content = " ".join(part.purl for part in by_name.values())
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": _record(by_name[PROJECT], "application")},
        "components": [_record(part, "library") for name, part in by_name.items() if name != PROJECT],
        "dependencies": [
            {"ref": part.purl, "dependsOn": [by_name[name].purl for name in part.needs if name in by_name]}
            for part in by_name.values()
        ],
    }


def _record(part: Component, kind: str) -> Mapping[str, object]:
    record: dict[str, object] = {
        "type": kind,
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "scope": "optional" if part.is_optional else "required",
        "purl": part.purl,
    }
    if part.licence:
        stated = {"expression": part.licence} if part.is_expression else {"license": {"name": part.licence}}
        record["licenses"] = [stated]
    return record
