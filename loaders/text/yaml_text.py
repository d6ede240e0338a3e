"""YAML as nodes with places, so that problems can name their line; parsed by libyaml if available.

Documents that could hang or crash the process are refused: deep nesting crashes the C parser, and nested
aliases or hundreds of megabytes of text exhaust memory. No register needs any of these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import yaml

from ...problems import Problem
from ..faults.messages import fault, message
from ..faults.suggest import with_suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...problems import Fault
    from ...words import Message

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LONGEST = 8_000_000  # letters; the nodes of that many take about half a gigabyte
DEEPEST = 500  # brackets open at a time; the C parser dies at about 100 000, the Python one at 1 000
_FORBIDDEN = yaml.reader.Reader.NON_PRINTABLE
_BRACKET = re.compile(r"[\[\]{}]")
_NESTED_INDICATORS = re.compile(r"(?:[-?:][ \t]+){100}")
LineAndColumn: TypeAlias = tuple[int, int]  # line and column, both 1-based
NodeFault: TypeAlias = "tuple[yaml.Node, Fault]"  # what is wrong, and the node at which it is reported


class RefusedYamlError(yaml.MarkedYAMLError):
    """A well-formed document that could hang or crash the process.

    :param reason: the reason for refusing it
    :param mark: the place, if known
    """

    def __init__(self, reason: Message, mark: yaml.Mark | None = None) -> None:
        super().__init__(problem=reason.key, problem_mark=mark)
        self.reason = reason


def compose(text: str) -> yaml.Node | None:
    """Parse one document; all values remain texts. Cost: linear.

    :returns: ``None`` for an empty document
    :raises yaml.YAMLError: if it is not YAML, is too long, is nested too deeply, or uses aliases

    >>> scalar_text(compose("{a: [b, c]}").value[0][1])
    '[…]'
    """
    if len(text) > LONGEST:
        raise RefusedYamlError(message("yaml.too-long", millions=LONGEST // 1_000_000))
    if _is_deep(text):
        raise RefusedYamlError(message("yaml.too-deep"))
    node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    if node and "&" in text and "*" in text:
        _refuse_aliases(node)
    return node


def scalar_text(node: yaml.Node) -> str:
    """Return the text of a scalar; lists and maps are shown as `[…]` or `{…}`."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return "[…]" if isinstance(node, yaml.SequenceNode) else "{…}"


def node_place(node: yaml.Node) -> LineAndColumn:
    """Return line and column at which a node starts."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def key_nodes(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    """List the keys of a map with their values; empty for any other node."""
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def map_values(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return the values of a map by the text of their keys; empty for any other node."""
    return {scalar_text(key): value for key, value in key_nodes(node)}


def list_items(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the items of a list; a single value counts as a list of one."""
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    return [] if node is None else [node]


def known_values(
    node: yaml.Node | None, known_keys: Sequence[str]
) -> tuple[dict[str, yaml.Node], list[NodeFault]]:
    """Return the values of a map whose keys are known.

    :returns: the values, and a fault (KG013) for each unknown or repeated key
    """
    values: dict[str, yaml.Node] = {}
    faults: list[NodeFault] = []
    for key_node, value in key_nodes(node):
        key = scalar_text(key_node)
        if key not in known_keys:
            unknown = fault("KG013.unknown-key", key=key, keys=tuple(known_keys))
            faults.append((key_node, with_suggestion(unknown, key, known_keys)))
        elif key in values:
            faults.append((key_node, fault("KG013.repeated-key", key=key)))
        else:
            values[key] = value
    return values, faults


def _is_deep(text: str) -> bool:
    if _NESTED_INDICATORS.search(text):
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
    pending = [root]
    while pending:
        node = pending.pop()
        if id(node) in seen:
            raise RefusedYamlError(message("yaml.alias"), node.start_mark)
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            pending += node.value
        for key, value in key_nodes(node):
            pending += (key, value)


def yaml_problem(error: yaml.YAMLError, text: str, file: str, *, before: int = 0) -> Problem:
    """Build the problem of a YAML error.

    :param before: number of lines in the file before the text
    """
    for number, line in enumerate(text.split("\n"), before + 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return Problem(file, number, line.index("\t") + 1, fault("KG012.tab"))
    if forbidden := _FORBIDDEN.search(text):
        start = forbidden.start()
        place = before + text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        return Problem(file, *place, fault("KG012.forbidden-character", character=f"{ord(forbidden[0]):04X}"))
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line_number, column = (mark.line, mark.column) if mark else (0, 0)
    reason = error.reason if isinstance(error, RefusedYamlError) else _parser_reason(error)
    return Problem(file, before + line_number + 1, column + 1, fault("KG012.not-yaml", reason=reason))


def _parser_reason(error: yaml.YAMLError) -> str:
    return getattr(error, "problem", None) or getattr(error, "context", None) or str(error)
