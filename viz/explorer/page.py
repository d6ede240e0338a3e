"""The explorer as one HTML page that works from a file, offline, in every language.

The page is made through a `pyvis.network.Network`. Two parts of pyvis are replaced because they are slow or
unsafe: positions are computed in advance (the first drawing waits for no simulation), and
the page is rendered from our own template, which escapes all values, takes vis-network from the pyvis package
and loads nothing from elsewhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from ...files import compact_json, write_atomically
from ...words import DEFAULT_LANGUAGE, catalogue, languages
from ..shared.html import FILES_POLICY, content_security_policy, template_environment
from .assets import (
    SITE_SCRIPTS,
    SITE_STYLE,
    TEMPLATE,
    boot_script,
    packed_scripts,
    program,
    style_sheet,
    visjs_library,
)
from .compression import deflated
from .entity_records import edge_records, network_columns, node_records
from .layout import arrange
from .page_data import page_record
from .pyvis_network import filled_network
from .supplements import NO_SUPPLEMENTS, Supplements
from .views import VIEWS, opening_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jinja2 import Environment
    from pyvis.network import Network

    from ...queries.picture.picture import Picture
    from .columnar import Record

__all__ = ["ALONE", "SiteLinks", "render", "write"]

OPTIONS: Record = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False, "keyboard": False},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}},
}


@dataclass(frozen=True)
class SiteLinks:
    """The links from the page to the site that contains it.

    :param home: the home page of the site; empty for a standalone page
    :param data_files: address, without extension, of the JSON and CSV files with all relations
    :param province_pages: CURIE of a province that has a page -> name of its file in the folder `province`,
        without extension
    """

    home: str = ""
    data_files: str = ""
    province_pages: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_files(self) -> bool:
        """Whether style sheet and scripts are files beside the page: sites may forbid scripts in pages."""
        return self != ALONE


ALONE = SiteLinks()
_FILES: Mapping[str, object] = {
    "style_file": SITE_STYLE,
    "script_files": SITE_SCRIPTS,
    "policy": FILES_POLICY,
}


def _page_network(picture: Picture, nodes: Sequence[Record]) -> Network:
    net = filled_network(nodes, edge_records(picture), "100%")
    net.options = json.loads(json.dumps(OPTIONS))
    return net


def render(
    picture: Picture,
    *,
    lang: str = DEFAULT_LANGUAGE,
    view: str | None = None,
    site: SiteLinks = ALONE,
    supplements: Supplements = NO_SUPPLEMENTS,
) -> str:
    """Return the page as HTML: equal pictures give equal text.

    :param lang: the initial language; readers can switch
    :param view: the initial view, one of :data:`~egovkg.viz.explorer.views.VIEWS`; readers can switch.
        Without one, that of :func:`~egovkg.viz.explorer.views.opening_view`
    :param site: links to the site that contains the page, if any: its home page and the pages of entities and
        articles
    :param supplements: tours and verdicts that the page holds beside the picture
    """
    layout = arrange(picture)
    net = _page_network(picture, node_records(picture, layout))
    page_data: Record = {
        "lang": lang,
        "view": view or opening_view(picture),
        "home": site.home,
        "provincePages": dict(site.province_pages),
        **page_record(picture, layout),
        "tours": list(supplements.tours),
        "verdicts": supplements.verdicts or None,
        "news": supplements.news or None,
    }
    net.templateEnv = _environment(page_data, lang, site)
    net.path = TEMPLATE
    html: str = net.generate_html()
    return html


def write(picture: Picture, path: Path, *, lang: str = DEFAULT_LANGUAGE, view: str | None = None) -> None:
    """Write the page to a file in UTF-8; the file is replaced atomically.

    :raises OSError: if the folder cannot be created
    :raises WriteError: if the file cannot be written
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, render(picture, lang=lang, view=view).encode("utf-8"), str(path))


def _environment(page_data: Record, lang: str, site: SiteLinks) -> Environment:
    environment = template_environment(__package__)
    environment.globals.update(
        lang=lang,
        languages=[(code, catalogue(__package__, code)["language.own"]) for code in languages()],
        views=VIEWS,
        words=catalogue(__package__, lang),
        **(_FILES if site.has_files else _embedded()),
        page=page_data,
        home=site.home,
        data_files=site.data_files,
    )
    environment.filters["packed_data"] = _packed_data
    return environment


def _embedded() -> Mapping[str, object]:
    """Return style sheet and scripts of a page that stands alone, and the policy that allows just these."""
    scripts = (boot_script(), visjs_library(), program())
    return {
        "style": Markup(style_sheet()),
        "style_file": "",
        "boot": Markup(boot_script()),
        "scripts": packed_scripts(),
        "script_files": (),
        "policy": content_security_policy(style_sheet(), scripts),
    }


def _packed_data(page_data: Record, nodes: Sequence[Record], edges: Sequence[Record], options: str) -> str:
    """Return all data of the page as one compressed text."""
    data = {**page_data, **network_columns(nodes, edges), "options": json.loads(options)}
    return deflated(compact_json(data))
