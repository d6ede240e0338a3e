"""YAML as nodes with places, so that a problem can point at its line; parsed by libyaml where it is there."""

from __future__ import annotations

import yaml

from .problems import Problem

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def compose(text: str) -> yaml.Node | None:
    """Parse one document; all values stay the texts they are.

    :returns: ``None`` for an empty document
    :raises yaml.YAMLError: if it is no YAML
    """
    node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    return node


def yaml_problem(error: yaml.YAMLError, text: str, file: str, *, before: int = 0) -> Problem:
    """Word what the parser refused.

    :param before: lines of the file that stand before the text
    """
    for number, line in enumerate(text.split("\n"), before + 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return Problem(
                file, number, line.index("\t") + 1, "KG012", "tab used for indentation", "use blanks"
            )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line_number, column = (mark.line, mark.column) if mark else (0, 0)
    said = (
        getattr(error, "problem", None) or getattr(error, "context", None) or "a character that YAML forbids"
    )
    fix = "quote the value, or mend the indentation"
    return Problem(file, line_number + before + 1, column + 1, "KG012", f"not YAML: {said}", fix)
