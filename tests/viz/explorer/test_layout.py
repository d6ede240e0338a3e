from __future__ import annotations

from itertools import pairwise

from egovkg.graph.names import ID
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.queries.picture.picture import Article, Edge, Node, Picture, Words
from egovkg.viz.explorer.layout import (
    ASPECT,
    SHARED,
    SLOT_HEIGHT,
    SLOT_WIDTH,
    architecture_rows,
    arrange,
    grid_rows,
    row_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

WORDS = Words({}, {}, {}, {}, {}, {})
KINDS = (
    ("PersonGroup", "users", "agent"),
    ("PublicServicePortal", "portals", "system"),
    ("EmailSystem", "applications", "system"),
    ("IntegrationPlatform", "platform", "system"),
    ("DataCentre", "infrastructure", "system"),
    ("Department", "steering", "agent"),
    ("Person", "steering", "agent"),
    ("Role", "steering", "role"),
    ("Decision", "steering", "document"),
    ("Project", "steering", "plan"),
    ("Province", "steering", "unit"),
    ("Index", "external", "index"),
)
PROVINCES = ("vn:a", "vn:b", "vn:c", None)


def make_node(number: int, kind: int, province: str | None) -> Node:
    name, layer, folder = KINDS[kind % len(KINDS)]
    curie = f"x:{number:04}"
    return Node(f"{ID}{folder}/x-{number}", curie, name, layer, {"vi": curie}, curie, (), province)


def make_picture(kinds: list[int], links: list[tuple[int, int]]) -> Picture:
    nodes = tuple(make_node(i, kind, PROVINCES[kind % 4]) for i, kind in enumerate(kinds))
    count = len(nodes)
    pairs = [(f"x:{a % count:04}", f"x:{b % count:04}") for a, b in links if count]
    edges = tuple(Edge(a, "connectsTo", b, (0,)) for a, b in pairs)
    articles = tuple(Article(province, {"vi": ""}, {}, "2020-01-01", province) for province in PROVINCES[:3])
    return Picture(nodes, edges, (), articles, WORDS)


pictures = st.builds(
    make_picture,
    st.lists(st.integers(0, 200), max_size=120),
    st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), max_size=80),
)


@given(pictures)
@settings(max_examples=60, deadline=None)
def test_no_two_entities_share_room(drawn: Picture) -> None:
    places = sorted((place.x, place.y) for place in arrange(drawn).places.values())
    assert len(places) == len(drawn.nodes)
    rows: dict[float, list[float]] = {}
    for x, y in places:
        rows.setdefault(y, []).append(x)
    for xs in rows.values():
        assert all(right - left >= SLOT_WIDTH - 1e-6 for left, right in pairwise(sorted(xs)))
    assert all(lower - upper >= SLOT_HEIGHT - 1e-6 for upper, lower in pairwise(sorted(rows)))


@given(pictures)
@settings(max_examples=60, deadline=None)
def test_each_entity_stands_in_its_row_and_column(drawn: Picture) -> None:
    layout = arrange(drawn)
    rows = {band.key: band for band in layout.rows}
    columns = {band.key: band for band in layout.columns}
    for node in drawn.nodes:
        place = layout.places[node.curie]
        assert (place.row, place.column) == (row_of(node), node.province or SHARED)
        assert rows[place.row].start < place.y < rows[place.row].end
        assert columns[place.column].start < place.x < columns[place.column].end


@given(pictures)
@settings(max_examples=30, deadline=None)
def test_order_of_input_does_not_matter(drawn: Picture) -> None:
    turned = Picture(drawn.nodes[::-1], drawn.edges[::-1], (), drawn.articles[::-1], WORDS)
    assert arrange(turned) == arrange(drawn)


def test_rows_and_columns_are_in_a_fixed_order() -> None:
    layout = arrange(make_picture(list(range(48)), []))
    assert [band.key for band in layout.columns] == ["vn:a", "vn:b", "vn:c", SHARED]
    keys = [band.key for band in layout.rows]
    assert keys == [key for key in grid_rows() if key in keys]
    layers = set(load_vocabulary().layers.values())
    assert set(architecture_rows()) & layers <= set(keys)  # a layer that nobody has is seen as a gap
    for upper, lower in pairwise(layout.rows):
        assert upper.end == lower.start


def test_province_without_article_stands_in_the_shared_column() -> None:
    node = make_node(1, 3, "vn:z")
    layout = arrange(Picture((node,), (), (), (), WORDS))
    assert layout.places[node.curie].column == SHARED


def test_steering_is_split_by_what_a_thing_is() -> None:
    rows = [row_of(make_node(0, kind, None)) for kind in range(5, 11)]
    assert rows == ["bodies", "people", "people", "documents", "plans", "territories"]


def test_neighbours_are_drawn_side_by_side() -> None:
    """A long row of pairs: with the sweeps a portal stands nearer to its own system than by name."""
    portals = [make_node(i, 1, None) for i in range(12)]
    systems = [make_node(100 + i, 2, None) for i in range(12)]
    links = tuple(Edge(portals[i].curie, "connectsTo", systems[11 - i].curie, (0,)) for i in range(12))
    layout = arrange(Picture((*portals, *systems), links, (), (), WORDS))
    length = sum(abs(layout.places[e.subject].x - layout.places[e.object].x) for e in links)
    assert length <= 2 * SLOT_WIDTH


def test_grid_comes_near_the_wanted_shape() -> None:
    layout = arrange(make_picture(list(range(300)), []))
    assert 0.7 * ASPECT < layout.columns[-1].end / layout.rows[-1].end < 1.6 * ASPECT


def test_empty_picture_has_no_grid() -> None:
    layout = arrange(Picture((), (), (), (), WORDS))
    assert (layout.places, layout.rows, layout.columns) == ({}, (), ())


@given(pictures)
@settings(max_examples=20, deadline=None)
def test_ranks_count_through_each_cell(drawn: Picture) -> None:
    cells: dict[tuple[str, str], list[int]] = {}
    for place in arrange(drawn).places.values():
        cells.setdefault((place.row, place.column), []).append(place.rank)
    assert all(sorted(ranks) == list(range(len(ranks))) for ranks in cells.values())
