"""Advice on one article: all rules of the annotation guide that a program can check, applied to its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .digest_rules import DIGEST_RULES
from .register_rules import register_advice
from .statement_rules import STATEMENT_RULES

if TYPE_CHECKING:
    from ...problems import Problem
    from ..register.lexicon import Lexicon
    from ..statements.model import ResolvedArticle


def advice(article: ResolvedArticle, lexicon: Lexicon) -> tuple[Problem, ...]:
    """Apply the rules of the annotation guide to an article without errors.

    A warning marks a line that cannot be right, a note what an annotator should look at again. The code of a
    rule is KG2 and its number in the guide: KG207 is rule 7.

    :returns: warnings and notes, in the order of the rules; cost: linear in the lines, some 11 µs per line
    """
    rules = (*STATEMENT_RULES, *DIGEST_RULES)
    problems = [problem for rule in rules for problem in rule(article, lexicon)]
    return (*problems, *register_advice(article, lexicon))
