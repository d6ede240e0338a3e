"""The verbs of dependency analysis: impact, path, spof, matrix, critical, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .app import form, graph, language, output, verb
from .dependency_options import bound, components_or_systems, edges, explain, filter_of, headed, scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..queries.dependencies.dependencies import Dependencies
    from ..viz.tables import Value


@verb("impact", 'egovkg impact "Trung tâm dữ liệu tỉnh Tuyên Quang"')
@click.argument("entities", nargs=-1, required=True, metavar="ENTITY...")
@click.option("--upstream", is_flag=True, help="Ask what they rest on instead.")
@edges
@scope
@form
@output
@language
@graph
def impact_verb(
    entities: tuple[str, ...], upstream: bool, form: str, target: str | None, home: Path, **options: object
) -> None:
    """Find what stops or suffers when ENTITY stops; several fail together."""
    from ..files import json_text
    from ..queries.dependencies.impact import impact
    from ..queries.dependencies.text import path_words, remarks
    from ..viz.tables import Grid, deliver, render

    found, failed = components_or_systems(bound(home, options), entities)
    answer = impact(found, failed, upstream=upstream, keep=filter_of(found, options))
    lang = found.lang
    headings, keys = headed(
        lang,
        label=("hệ thống", "system"),
        entity=("mã", "id"),
        hops=("bước", "hops"),
        basis=("căn cứ", "basis"),
        kind=("loại", "kind"),
        province=("địa bàn", "territory"),
        path=("đường đi", "path"),
        remarks=("lưu ý", "remarks"),
    )
    from ..queries.dependencies.nodes import words_of
    from ..queries.dependencies.words import say as word

    rows: list[list[Value]] = [
        [
            one.component.label(lang),
            one.component.curie,
            one.hops,
            word(lang, one.basis) if form == "table" else one.basis,
            words_of(one.component.kind, lang) if form == "table" else one.component.kind,
            one.component.place.get(lang, ""),
            path_words(one.steps, answer.components, lang),
            remarks(one, lang),
        ]
        for one in answer.affected
    ]
    explain(found, answer.notes, shown=form)
    if form == "json":
        deliver(json_text([one.as_dict(lang) for one in answer.affected]), target)
    else:
        deliver(render(Grid(headings, keys, rows), form) if rows or form == "csv" else "", target)


@verb("path", "egovkg path bp:qlvb nat:truc-van-ban")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option(
    "--most", type=click.IntRange(1), default=20, show_default=True, help="Number of paths at most."
)
@click.option(
    "--longest", type=click.IntRange(1), default=8, show_default=True, help="Steps of a path at most."
)
@edges
@form
@output
@language
@graph
def path_verb(
    start: str,
    end: str,
    most: int,
    longest: int,
    form: str,
    target: str | None,
    home: Path,
    **options: object,
) -> None:
    """List the paths along which FROM depends on TO, the shortest first; else those the other way round."""
    from ..files import json_text
    from ..queries.dependencies.paths import paths
    from ..queries.dependencies.text import path_words
    from ..queries.dependencies.words import say as word
    from ..viz.tables import Grid, deliver, render

    found, (one, other) = components_or_systems(bound(home, options), (start, end))
    answer = paths(found, one, other, most=most, longest=longest)
    lang = found.lang
    headings, keys = headed(lang, hops=("bước", "hops"), basis=("căn cứ", "basis"), path=("đường đi", "path"))
    rows: list[list[Value]] = [
        [
            len(one.steps),
            word(lang, one.basis) if form == "table" else one.basis,
            path_words(one.steps, answer.components, lang),
        ]
        for one in answer.routes
    ]
    explain(found, answer.notes, shown=form)
    if form == "json":
        deliver(json_text([one.as_dict(answer.components, lang) for one in answer.routes]), target)
    else:
        deliver(render(Grid(headings, keys, rows), form) if rows or form == "csv" else "", target)


@verb("spof", 'egovkg spof --province "Bắc Kạn"')
@edges
@scope
@form
@output
@language
@graph
def spof_verb(form: str, target: str | None, home: Path, **options: object) -> None:
    """Find single points of failure: what each cuts off, why, and where there is an alternative."""
    from ..files import json_text
    from ..queries.dependencies.single_points import single_points
    from ..viz.tables import Grid, deliver, render

    found = bound(home, options)
    answer = single_points(found, filter_of(found, options))
    lang = found.lang
    headings, keys = headed(
        lang,
        label=("hệ thống", "system"),
        entity=("mã", "id"),
        sole_support=("nâng đỡ duy nhất", "sole support of"),
        parted=("làm rời khỏi mạng", "parts from the network"),
        why=("vì sao", "why"),
    )
    rows: list[list[Value]] = [
        [
            point.component.label(lang),
            point.component.curie,
            len(point.supported),
            sum(map(len, point.pieces)),
            "; ".join(point.why),
        ]
        for point in answer.points
    ]
    explain(found, answer.notes, shown=form)
    if form == "json":
        deliver(json_text([point.as_dict(lang) for point in answer.points]), target)
    else:
        deliver(render(Grid(headings, keys, rows), form) if rows or form == "csv" else "", target)


@verb("matrix", 'egovkg matrix --province "Tuyên Quang"')
@edges
@scope
@click.option("--most", type=click.IntRange(1), default=200, show_default=True, help="Systems at most.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "xlsx", "html"]),
    help="How to write the matrix; by default as the file name of -o ends, else a table.",
)
@output
@language
@graph
def matrix_verb(most: int, form: str | None, target: str | None, home: Path, **options: object) -> None:
    """Show who depends on whom as a matrix: rows depend on columns; layers and loops stand together."""
    from ..files import json_text
    from ..queries.dependencies.matrix import matrix
    from ..viz.dependencies.matrix import as_text, html, laid_out, xlsx
    from ..viz.tables import Grid, deliver, render

    found = bound(home, options)
    answer = matrix(found, filter_of(found, options), most=most)
    chosen = form or _by_suffix(target, ("csv", "json", "xlsx", "html")) or "table"
    if chosen == "xlsx" and target in {None, "-"}:
        raise click.BadParameter("a workbook needs a file: -o matrix.xlsx", param_hint="--format")
    explain(found, [*answer.notes, *_loops(answer.loops, found)], shown=chosen)
    if chosen == "xlsx":
        from ..files import write_atomically

        write_atomically(Path(str(target)), xlsx(answer), str(target))
    elif chosen == "table":
        deliver(as_text(answer), target)
    elif chosen == "html":
        deliver(html(answer), target)
    else:
        laid = laid_out(answer)
        as_csv = render(Grid(laid.headings, laid.keys, laid.rows), "csv")
        deliver(json_text(answer.as_dict()) if chosen == "json" else as_csv, target)


def _by_suffix(target: str | None, forms: Sequence[str]) -> str | None:
    suffix = Path(target).suffix.lstrip(".").lower() if target else ""
    return suffix if suffix in forms else None


def _loops(loops: Sequence[Sequence[str]], found: Dependencies) -> list[str]:
    from ..queries.dependencies.words import say as word

    return [word(found.lang, "loop", path=" → ".join(path)) for path in loops]


@verb("critical", "egovkg critical --lang en")
@edges
@scope
@form
@output
@language
@graph
def critical_verb(form: str, target: str | None, home: Path, **options: object) -> None:
    """Rank systems by what rests on them: links, reach, betweenness, PageRank, each explained."""
    from ..files import json_text
    from ..queries.dependencies.criticality import MEASURES, criticality
    from ..viz.tables import Grid, deliver, render

    found = bound(home, options)
    answer = criticality(found, filter_of(found, options))
    lang = found.lang
    headings, keys = headed(
        lang,
        label=("hệ thống", "system"),
        entity=("mã", "id"),
        dependents=("dựa vào nó", "dependents"),
        providers=("nó dựa vào", "providers"),
        reach=("tầm ảnh hưởng", "reach"),
        betweenness=("betweenness", "betweenness"),
        pagerank=("PageRank", "PageRank"),
        why=("nghĩa là", "in words"),
    )
    rows: list[list[Value]] = [
        [
            one.component.label(lang),
            one.component.curie,
            one.dependents,
            one.providers,
            one.reach,
            round(one.betweenness, 6),
            round(one.pagerank, 6),
            one.why,
        ]
        for one in answer.ranked
    ]
    named = dict(zip(keys, headings, strict=True))
    told = [f"{named[name]}: {words[lang != 'vi']}" for name, words in MEASURES.items()]
    measures = told if form == "table" else []
    explain(found, [*measures, *answer.notes], shown=form)
    if form == "json":
        deliver(json_text([one.as_dict(lang) for one in answer.ranked]), target)
    else:
        deliver(render(Grid(headings, keys, rows), form) if rows or form == "csv" else "", target)


@verb("compare", 'egovkg compare "Tuyên Quang" "Bình Phước"')
@click.argument("first")
@click.argument("second")
@edges
@form
@output
@language
@graph
def compare_verb(
    first: str, second: str, form: str, target: str | None, home: Path, **options: object
) -> None:
    """Set the connections of two territories against each other, and list systems that stand there twice."""
    from ..files import json_text
    from ..queries.dependencies.comparison import comparison
    from ..queries.dependencies.text import duplicate_words, edges_words, relation_words
    from ..viz.tables import Grid, deliver, render

    found = bound(home, options)
    answer = comparison(found, first, second)
    lang = found.lang
    headings, keys = headed(
        lang,
        dependent=("loại phụ thuộc", "dependent"),
        relation=("quan hệ", "relation"),
        provider=("loại được dựa vào", "provider"),
        first=(first, first),
        second=(second, second),
    )
    rows: list[list[Value]] = [
        [
            *(relation_words(name, lang) for name in one.link),
            edges_words(one.here, answer.components, lang),
            edges_words(one.there, answer.components, lang),
        ]
        for one in answer.contrasts
    ]
    explain(found, [*answer.notes, *duplicate_words(answer)], shown=form)
    if form == "json":
        deliver(json_text(answer.as_dict()), target)
    else:
        deliver(render(Grid(headings, keys, rows), form) if rows or form == "csv" else "", target)
