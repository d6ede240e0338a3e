"""The template environment of the pages: values are escaped, and an unknown name is an error."""

from __future__ import annotations

from functools import partial

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ...files import packaged_text

__all__ = ["template_environment"]


def template_environment(package: str) -> Environment:
    """Make a Jinja environment for the templates of a package.

    A template is named by its file in the folder `templates/` of the package; `PACKAGE:FILE` names one
    of another package. Each call returns a new environment, so that a page
    may add globals and filters of its own.

    :param package: full name of the package, usually `__package__`
    :raises FileNotFoundError: when a template that is asked for does not exist

    >>> template_environment("egovkg.viz.site").from_string("{{ text }}").render(text="<b>")
    '&lt;b&gt;'
    """
    return Environment(
        loader=FunctionLoader(partial(_template_source, package)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template_source(package: str, name: str) -> str:
    other_package, _, file_name = name.rpartition(":")
    return packaged_text(other_package or package, f"templates/{file_name}")
