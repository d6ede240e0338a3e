"""Synthetic pictures for the explorer: as many entities as asked, five provinces, three relations each.

The seed is fixed: equal calls give equal pictures. Labels are Vietnamese and as long as real ones.
"""

from __future__ import annotations

import random
from datetime import date

from egovkg.graph.names import ID
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.queries.facts.facts import Fact
from egovkg.queries.picture.picture import Article, Edge, Node, Picture, Statement, Words

PROVINCES = ("Bắc Kạn", "Bạc Liêu", "Bình Phước", "Phú Thọ", "Tuyên Quang")
KINDS = (
    ("PersonGroup", "users", "agent", "Nhóm người dùng"),
    ("PublicServicePortal", "portals", "system", "Cổng dịch vụ công trực tuyến"),
    ("DocumentManagementSystem", "applications", "system", "Hệ thống quản lý văn bản và điều hành"),
    ("IntegrationPlatform", "platform", "system", "Nền tảng tích hợp, chia sẻ dữ liệu"),
    ("Database", "data", "system", "Cơ sở dữ liệu chuyên ngành"),
    ("DataCentre", "infrastructure", "system", "Trung tâm tích hợp dữ liệu"),
    ("Department", "steering", "agent", "Sở chuyên môn của tỉnh"),
    ("Decision", "steering", "document", "Quyết định của UBND tỉnh"),
)
RELATIONS = ("connectsTo", "hostedOn", "integratesWith", "operatedBy", "serves")
STATUSES = ("operational", "operational", "operational", "planned", "pilot", "completed")
PER_SENTENCE = 4  # statements that one sentence proves


def synthetic(count: int, *, per_node: int = 3, seed: int = 7) -> Picture:
    """Make a picture of `count` entities; a few of them have many neighbours, as in real graphs."""
    rng = random.Random(f"{seed}/{count}")
    nodes = tuple(_node(number) for number in range(count))
    pairs: dict[tuple[int, str, int], None] = {}
    while len(pairs) < count * per_node:
        source, target = rng.randrange(count), int(count * rng.random() ** 2.2)
        if source != target:
            pairs[source, rng.choice(RELATIONS), target] = None
    keys = sorted(pairs)
    statements = tuple(_statement(rng, nodes, key, number) for number, key in enumerate(keys))
    edges = tuple(
        Edge(nodes[a].curie, name, nodes[b].curie, (number,)) for number, (a, name, b) in enumerate(keys)
    )
    return Picture(nodes, edges, statements, tuple(_article(number) for number in range(5)), _words())


def _node(number: int) -> Node:
    kind, layer, folder, label = KINDS[number % len(KINDS)]
    place = (number // len(KINDS)) % (len(PROVINCES) + 1)
    province = f"vn:p{place}" if place < len(PROVINCES) else None
    place_name = f"tỉnh {PROVINCES[place]}" if province else "quốc gia"
    vi = f"{label} số {number} {place_name}"
    labels = {"vi": vi, "en": f"{kind} {number} of {place_name}"}
    return Node(f"{ID}{folder}/sx-{number:05}", f"sx:{number:05}", kind, layer, labels, vi, (), province)


def _statement(
    rng: random.Random, nodes: tuple[Node, ...], key: tuple[int, str, int], number: int
) -> Statement:
    source, name, target = key
    article = number % len(PROVINCES)
    start = f"{rng.randint(2010, 2021)}" if rng.random() < 0.3 else None
    sentence = f"Đoạn {number // PER_SENTENCE}: {nodes[source].short} được nói đến cùng các hệ thống khác."
    fact = Fact(
        id=f"claim/bai-{article}/d{number // PER_SENTENCE}-{number:08x}",
        kind="claim",
        article=f"bai-{article}",
        line=number,
        subject=nodes[source].curie,
        subject_label=nodes[source].short,
        predicate=name,
        object=nodes[target].curie,
        object_label=nodes[target].short,
        text=None,
        value=None,
        comparator=None,
        unit=None,
        qualifiers={},
        status=rng.choice(STATUSES),
        polarity="yes",
        valid_from=start,
        valid_to=None,
        as_of_basis="explicit" if start else "publication",
        stated_on=date(2020, 3, 19),
        published="2020-03-19",
        evidence=sentence,
    )
    return Statement(fact, {}, {"vi": sentence})


def _article(number: int) -> Article:
    title = {"vi": f"Bài mẫu số {number}", "en": f"Sample article {number}"}
    return Article(f"bai-{number}", title, {"vi": "Báo mẫu"}, "2020-03-19", f"vn:p{number}")


def _words() -> Words:
    vocabulary = load_vocabulary()
    kinds = {kind: vocabulary.classes[kind].labels for kind, *_ in KINDS}
    definitions = {kind: vocabulary.classes[kind].definitions for kind in kinds}
    relations = {name: vocabulary.properties[name].labels for name in RELATIONS}
    codes = {
        slug: vocabulary.codes[slug].labels
        for scheme in ("Status", "Polarity", "Layer")
        for slug in vocabulary.schemes[scheme]
    }
    return Words(kinds, definitions, relations, {}, {}, codes)
