"""From CURIEs and words to entities: what names nothing, or several things, is told with others near."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...problems import Problem, Severity, a_or_an
from ..text.suggest import did_you_mean

if TYPE_CHECKING:
    from ..article.article_format import Link, Native
    from ..register.entries import Entity
    from .resolve import Resolver

_PROVINCE_WORDS = re.compile(r"(tỉnh|sở|ban|huyện|xã|thành phố|ubnd.*|hđnd.*|hệ thống này)", re.IGNORECASE)
_OFFERED = 5  # entities of other places that a hint lists


class Naming:
    """Finds the entities of one article, and collects its problems.

    :param native: the parsed article, for its places
    """

    def __init__(self, resolver: Resolver, native: Native) -> None:
        self.r, self.native, self.file = resolver, native, native.file
        self.register = resolver.lexicon.register
        self.problems: list[Problem] = []
        self.scope = ""  # empty when the head names none that can be used
        self.own: frozenset[str] = frozenset()  # prefixes of the article's own registers

    def problem(
        self, line: int, column: int, code: str, what: str, fix: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, line, column, code, what, fix, severity))

    def entity(self, curie: str, line: int, column: int, wanted: str | None, role: str) -> Entity | None:
        """Find the entity of a CURIE, and tell when there is none or it is of another class than wanted."""
        entity = self.register.by_curie.get(curie)
        if entity is None:
            self._unknown(curie, line, column)
            return None
        if wanted is not None and not self.r.fits(entity.kind, wanted):
            what = f"{role} needs {a_or_an(wanted)}, {curie} is of class {entity.kind}"
            self.problem(line, column, "KG032", what, "check direction (swap?)")
            return None
        return entity

    def _unknown(self, curie: str, line: int, column: int) -> None:
        prefix, colon, _ = curie.partition(":")
        if "//" in curie:
            what, fix = f'"{curie}" is a web address', "link an entity: [words](prefix:name)"
            self.problem(line, column, "KG021", what, fix)
        elif not colon:
            same = [c for c in self.register.by_curie if c.partition(":")[2] == curie][:3]
            fix = f"did you mean {' or '.join(same)}?" if same else "write prefix:name"
            self.problem(line, column, "KG021", f'"{curie}" has no prefix', fix)
        elif self.register.is_told(curie):
            return
        elif prefix not in self.register.prefixes:
            fix = did_you_mean(prefix, self.register.prefixes, f"add a register file with prefix: {prefix}")
            self.problem(line, column, "KG020", f'prefix "{prefix}" not declared', fix)
        else:
            own = [c for c in self.register.by_curie if c.startswith(prefix + ":")]
            add = f"add it to register/{prefix}.yaml"
            fix = did_you_mean(curie, own, add)
            self.problem(
                line, column, "KG021", f"no entity {curie}", fix if fix == add else f"{fix} or {add}"
            )

    def linked(self, link: Link) -> Entity | None:
        """Find the entity that a mention points at."""
        entity = self.register.by_curie.get(link.target)
        if entity is None:
            self._unknown(link.target, *self._target_place(link))
        return entity

    def _target_place(self, link: Link) -> tuple[int, int]:
        places = self.native.places
        found = places.data.find(f"]({link.target}".encode(), link.offset)
        return places.at(link.offset if found < 0 else found + 2)

    def by_words(self, link: Link) -> Entity | None:
        """Find the one entity that a mention without a target can mean within the scope.

        Without a scope nothing can be said: that the head cannot be used was told there.
        """
        names = self.r.names
        if not self.scope or names.is_told(link.surface):
            return None
        found = names.find(link.surface, self.scope, self.own)
        if len(found) == 1:
            return found[0]
        place = self.native.places.at(link.offset)
        if found:
            self._several(link, found, place)
        elif others := names.elsewhere(link.surface):
            self._elsewhere(link, others, place)
        elif _PROVINCE_WORDS.fullmatch(link.surface):
            self._no_antecedent(link, place, "")
        else:
            fix = did_you_mean(link.surface, self._labels(), "write the target: [words](prefix:name)")
            self.problem(*place, "KG021", f'no entity is called "{link.surface}"', fix)
        return None

    def _several(self, link: Link, found: tuple[Entity, ...], place: tuple[int, int]) -> None:
        offered = ", ".join(e.curie for e in found)
        if all(self.r.fits(e.kind, "LegalDocument") for e in found):
            what = f"{link.surface} exists {len(found)} times"
            self.problem(*place, "KG061", what, f"qualify: {offered}")
        else:
            self.problem(*place, "KG062", f'"{link.surface}" matches {len(found)}', f"choose: {offered}")

    def _elsewhere(self, link: Link, others: tuple[Entity, ...], place: tuple[int, int]) -> None:
        if all(self.r.fits(e.kind, "AdministrativeUnit") for e in others):
            what = f"{link.surface} is not in {self.scope}"
            within = ", ".join(e.values.get("within", "?") for e in others)
            self.problem(*place, "KG065", what, f"candidates in: {within}")
            return
        shown = ", ".join(e.curie for e in others[:_OFFERED])
        more = f" and {len(others) - _OFFERED} more" if len(others) > _OFFERED else ""
        self._no_antecedent(link, place, f"; elsewhere: {shown}{more}")

    def _no_antecedent(self, link: Link, place: tuple[int, int], others: str) -> None:
        what = f'"{link.surface}" has no antecedent in scope {self.scope}'
        self.problem(*place, "KG063", what, f"link it: [{link.surface}](prefix:name){others}")

    def _labels(self) -> tuple[str, ...]:
        return tuple(name for entity in self.register.entities for name in entity.names)
