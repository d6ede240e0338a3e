"""Statements as lines of an article: the CURIEs in them, their parts, and lines made of parts."""

from __future__ import annotations

import json
import re

import yaml

from ..article.attributes import POPULATION, TEXTS
from ..article.statement_lines import CLAIM, FIGURE
from ..text.yaml_text import compose, key_nodes, list_items, scalar_text
from .proposals import CLAIMS, ProposedStatement

CURIE = re.compile(r"[a-z][a-z0-9]*:[a-z0-9]+(?:-[a-z0-9]+)*")
CODE = "code:"


def curies_in(line: str) -> list[str]:
    """List the CURIEs of things in a line, texts in quotes left out.

    >>> curies_in('mh:edoc  connectsTo  mh:lgsp  {note: "xem a:b"}')
    ['mh:edoc', 'mh:lgsp']
    """
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
    return [curie for curie in CURIE.findall(bare) if not curie.startswith(CODE)]


def statement_of(block: str, line: str, rule: str = "") -> ProposedStatement | None:
    """Take a line apart; ``None`` if it is neither a claim nor a figure.

    >>> statement_of("figures", "mh:tinh  dossiers  ~1.250 hồ-sơ  {period: 2021}").target
    '~1.250 hồ-sơ'
    """
    match = (CLAIM if block == CLAIMS else FIGURE).fullmatch(line)
    if match is None:
        return None
    subject, predicate, *targets, braces = match.groups("")
    target = " ".join(filter(None, targets))
    attributes = {name: written_value(name, text) for name, text in attribute_texts(braces).items()}
    return ProposedStatement(0, block, rule, None, subject, predicate, target, attributes)


def attribute_texts(braces: str) -> dict[str, str]:
    """Read attributes as texts; lists keep their brackets.

    >>> attribute_texts('{scope: [province, commune], note: "a: b"}')
    {'scope': '[province, commune]', 'note': 'a: b'}
    """
    if not braces:
        return {}
    try:
        pairs = key_nodes(compose(braces))
    except yaml.YAMLError:
        return {}
    return {
        scalar_text(key): f"[{', '.join(map(scalar_text, list_items(value)))}]"
        if isinstance(value, yaml.SequenceNode)
        else scalar_text(value)
        for key, value in pairs
    }


def written_value(attribute: str, value: str) -> str:
    """Return the value of an attribute as a line has it: texts in quotes.

    >>> written_value("of", "các xã còn lại"), written_value("of", "bk:co-quan-cap-xa")
    ('"các xã còn lại"', 'bk:co-quan-cap-xa')
    """
    is_text = attribute in TEXTS or (attribute == POPULATION and curies_in(value) != [value])
    return json.dumps(value, ensure_ascii=False) if is_text and not value.isalnum() else value
