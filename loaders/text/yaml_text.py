"""YAML as nodes with places, so that a problem can point at its line; parsed by libyaml where it is there.

What could hang or kill the reader is refused: deep nesting ends the process inside the C parser, a few
aliases of aliases stand for more nodes than fit in memory, and so do some hundred megabytes. No register
needs any of it.
"""

from __future__ import annotations

import re

import yaml

from ...problems import Problem

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LONGEST = 8_000_000  # letters; the nodes of that many take about half a gigabyte
DEEPEST = 500  # brackets open at a time; the C parser dies at about 100 000, the Python one at 1 000
_FORBIDDEN = yaml.reader.Reader.NON_PRINTABLE
_BRACKET = re.compile(r"[\[\]{}]")
_STAIRS = re.compile(r"(?:[-?:][ \t]+){100}")


def compose(text: str) -> yaml.Node | None:
    """Parse one document; all values stay the texts they are. Cost linear.

    :returns: ``None`` for an empty document
    :raises yaml.YAMLError: if it is no YAML, is too long, is nested too deep, or uses aliases

    >>> words(compose("{a: [b, c]}").value[0][1])
    '[…]'
    """
    if len(text) > LONGEST:
        raise yaml.MarkedYAMLError(problem=f"more than {LONGEST:,} letters: cut it into several files")
    if _is_deep(text):
        raise yaml.MarkedYAMLError(problem="nested too deep")
    node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    if node and "&" in text and "*" in text:
        _refuse_aliases(node)
    return node


def words(node: yaml.Node) -> str:
    """Return the text of a scalar; a list or map is shown as `[…]` or `{…}`."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return "[…]" if isinstance(node, yaml.SequenceNode) else "{…}"


def _is_deep(text: str) -> bool:
    if _STAIRS.search(text):
        return True
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            return True
    return False


def _refuse_aliases(root: yaml.Node) -> None:
    seen: set[int] = set()
    todo = [root]
    while todo:
        node = todo.pop()
        if id(node) in seen:
            raise yaml.MarkedYAMLError(problem="an alias (&name, *name)", problem_mark=node.start_mark)
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            todo += node.value
        elif isinstance(node, yaml.MappingNode):
            todo += (each for pair in node.value for each in pair)


def yaml_problem(error: yaml.YAMLError, text: str, file: str, *, before: int = 0) -> Problem:
    """Word what the parser refused.

    :param before: lines of the file that stand before the text
    """
    for number, line in enumerate(text.split("\n"), before + 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return Problem(
                file, number, line.index("\t") + 1, "KG012", "tab used for indentation", "use blanks"
            )
    if odd := _FORBIDDEN.search(text):
        line_number, column = text.count("\n", 0, odd.start()), odd.start() - text.rfind("\n", 0, odd.start())
        what, fix = f"not YAML: the character U+{ord(odd[0]):04X}", "remove it"
        return Problem(file, line_number + before + 1, column, "KG012", what, fix)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line_number, column = (mark.line, mark.column) if mark else (0, 0)
    said = getattr(error, "problem", None) or getattr(error, "context", None) or str(error)
    fix = "quote the value, or mend the indentation"
    return Problem(file, line_number + before + 1, column + 1, "KG012", f"not YAML: {said}", fix)
