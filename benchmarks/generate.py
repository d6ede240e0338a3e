"""Synthetic corpora: articles of 200 mentions and 120 statements each, about things of 63 invented provinces.

    python benchmarks/generate.py DIR --articles 100 --systems 1

The seed is fixed: equal calls write equal bytes. 340 articles give about a million quads. Each province has
so many systems of each kind, among which the articles choose at random; the first platforms and data centres
are the hubs.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

PROVINCES = 63
KINDS = (
    ("lgsp", "IntegrationPlatform", "Nền tảng tích hợp, chia sẻ dữ liệu"),
    ("dc", "DataCentre", "Trung tâm dữ liệu"),
    ("edoc", "DocumentManagementSystem", "Hệ thống quản lý văn bản"),
    ("onestop", "OneStopSystem", "Hệ thống một cửa điện tử"),
    ("portal", "PublicServicePortal", "Cổng dịch vụ công"),
    ("mail", "EmailSystem", "Hệ thống thư điện tử"),
    ("sign", "DigitalSignatureSystem", "Hệ thống ký số"),
    ("report", "ReportingSystem", "Hệ thống báo cáo"),
)
PARAGRAPHS = 20
MENTIONS, CLAIMS, FIGURES = 10, 5, 1  # a paragraph
STATUSES = (
    "operational, from",
    "operational, from",
    "under-construction, asOf",
    "pilot, from",
    "completed, from",
)


def name_of(kind: str, p: int, number: int) -> str:
    """Name a system: the first of its kind in a province, or a further one."""
    return f"{kind}-{p}-{number}" if number else f"{kind}-{p}"


def register(systems: int = 1) -> str:
    """Write the register: in each province a committee, a department, and systems of each kind."""
    rows = ["prefix: syn", "entities:"]

    def entity(name: str, kind: str, vi: str, en: str, *lines: str) -> None:
        rows.extend(
            [
                f"  {name}:",
                f"    kind: {kind}",
                f"    vi: {vi}",
                f"    en: {en}",
                *(f"    {m}" for m in lines),
            ]
        )

    entity("bao", "MediaOutlet", "Báo mẫu", "Sample newspaper")
    for p in range(PROVINCES):
        inside = f"territory: syn:p{p}"
        entity(f"p{p}", "Province", f"Tỉnh mẫu {p}", f"Sample province {p}", "within: vn:viet-nam")
        entity(f"ubnd-{p}", "PeoplesCommittee", f"UBND tỉnh mẫu {p}", f"Committee of province {p}", inside)
        entity(f"so-{p}", "Department", f"Sở mẫu {p}", f"Department of province {p}", inside)
        for name, kind, label in KINDS:
            for number in range(systems):
                tail = f"{p} số {number}" if number else f"{p}"
                english = f"{kind} {p} number {number}" if number else f"{kind} {p}"
                entity(name_of(name, p, number), kind, f'"{label} tỉnh mẫu {tail}"', english, inside)
    return "\n".join(rows) + "\n"


def a_system(rng: random.Random, p: int, systems: int) -> str:
    """Choose a system of province `p`."""
    kind = rng.choice(KINDS)[0]
    return name_of(kind, p, rng.randrange(systems) if systems > 1 else 0)


def claim(rng: random.Random, p: int, number: int, systems: int) -> str:
    """Write one claim line about province `p`."""
    year, month, day = rng.randint(2010, 2019), rng.randint(1, 12), rng.randint(1, 28)
    status = f"{{status: {rng.choice(STATUSES)}: {year}-{month:02}-{day:02}}}"
    if rng.random() < 0.2:
        status = f"{{status: planned, by: {year + 11}-{month:02}}}"
    system, partner = (f"syn:{a_system(rng, p, systems)}" for _ in range(2))
    choices = (
        (f"{system}  operatedBy  syn:so-{p}", status),
        (f"{system}  connectsTo  syn:lgsp-{rng.randrange(PROVINCES)}", status),
        (f"{system}  hostedOn  syn:dc-{p}", status),
        (f"{system}  serves  syn:p{p}", status),
        (
            f'syn:p{p}  hasLimitation  "Hạn chế số {number} ghi năm {year}"',
            f'{{en: "Limitation {number}", about: {partner}}}',
        ),
    )
    text, attributes = choices[number % len(choices)]
    subject, _, target = text.split(maxsplit=2)
    if subject == target:
        text = f"{subject}  suppliedBy  syn:ubnd-{p}"
    return f"{text}  {attributes}"


def figure(rng: random.Random, p: int) -> str:
    """Write one figure line about province `p`."""
    value = f"{rng.randint(1, 999)}.{rng.randint(0, 999):03}"
    period = f"{rng.randint(2015, 2019)}-Q{rng.randint(1, 4)}"
    return (
        f"syn:onestop-{p}  dossiersReceived  {value} hồ-sơ  {{period: {period}, level: {rng.randint(1, 4)}}}"
    )


def article(number: int, *, seed: int = 7, systems: int = 1) -> str:
    """Write one article; equal number, seed and systems give equal text."""
    rng = random.Random(f"{seed}/{number}")
    p = number % PROVINCES
    out = [
        "---\nkg: 1",
        f"article: syn-{number:05}",
        f"title: Bài mẫu số {number}",
        f"title_en: Sample article {number}",
        "publisher: syn:bao\npublished: 2020-06-30",
        f"scope: syn:p{p}\n---",
    ]
    for d in range(PARAGRAPHS):
        names = [a_system(rng, p, systems) for _ in range(MENTIONS)]
        words = ", rồi ".join(f"[hệ thống {k} của tỉnh](syn:{name})" for k, name in enumerate(names))
        lines = [claim(rng, p, d * CLAIMS + k, systems) for k in range(CLAIMS)]
        out += [f"\n## d{d + 1}\n\nTrong năm, {words} đều được nhắc tới.\n", "```claims", *lines, "```\n"]
        out += ["```figures", *(figure(rng, p) for _ in range(FIGURES)), "```"]
    return "\n".join(out) + "\n"


def corpus(folder: Path, articles: int, *, seed: int = 7, systems: int = 1) -> Path:
    """Write a corpus folder.

    :param systems: of each kind in each province
    :returns: the folder
    """
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / "register").mkdir(exist_ok=True)
    (folder / "register" / "syn.yaml").write_text(register(systems), encoding="utf-8")
    for number in range(articles):
        path = folder / "articles" / f"syn-{number:05}.kg.md"
        path.write_text(article(number, seed=seed, systems=systems), encoding="utf-8")
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--systems", type=int, default=1, help="of each kind in each province")
    arguments = parser.parse_args()
    print(corpus(arguments.folder, arguments.articles, systems=arguments.systems))
