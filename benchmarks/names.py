"""Finding an entity by words among 5 000 and 100 000 invented systems: milliseconds a name, seconds to index.

python benchmarks/names.py
"""

from __future__ import annotations

import time

from egovkg.queries.facts.entity_names import EntityName, EntityNames

SIZES = (5_000, 100_000)
KINDS = (
    "Phần mềm quản lý văn bản",
    "Hệ thống một cửa điện tử",
    "Trung tâm dữ liệu",
    "Cổng dịch vụ công",
    "Mạng truyền số liệu chuyên dùng",
)
SEARCHES = ("QLVB Huyện40 Bình40", "trung tam du lieu huyen5 binh5", "không có gì cả")
_ID = "https://w3id.org/egovkg/id/"
_SYSTEMS_OF_UNIT = 10


def _territory(unit_names: tuple[EntityName, ...], place: int) -> str:
    return unit_names[place % len(unit_names)].words


def invented_names(size: int) -> EntityNames:
    """Name systems of five kinds, ten to a territory."""
    units = [f"{_ID}unit/syn-{place}" for place in range(size // _SYSTEMS_OF_UNIT)]
    unit_names = tuple(
        EntityName(iri, f"syn:u{place}", f"Huyện{place} Bình{place % 97}", "vi", 1)
        for place, iri in enumerate(units)
    )
    systems = {f"{_ID}system/syn-{place}": place for place in range(size)}
    labels = tuple(
        EntityName(
            iri, f"syn:s{place}", f"{KINDS[place % 5]} {unit_names[place % len(units)].words}", "vi", 0
        )
        for iri, place in systems.items()
    )
    territories = {iri: (units[place % len(units)],) for iri, place in systems.items()}
    return EntityNames((*unit_names, *labels), territories, {}, unit_names)


def main() -> None:
    """Print the times."""
    for size in SIZES:
        names = invented_names(size)
        start = time.perf_counter()
        names.find(SEARCHES[0])
        print(f"{size} entities, index: {time.perf_counter() - start:.2f} s")
        for words in SEARCHES:
            start = time.perf_counter()
            names.find(words)
            print(f"{size} entities, {words}: {(time.perf_counter() - start) * 1000:.2f} ms")


if __name__ == "__main__":
    main()
