"""Conversion of figure lines to figures; measures, units and values are validated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...problems import FaultError
from ..faults.messages import fault
from ..faults.suggest import with_suggestion, with_suggestion_first
from ..text.numbers import plain, read_amount
from .line_resolver import LineResolver
from .model import Figure

if TYPE_CHECKING:
    from ...problems import Fault
    from ..article.statement_lines import FigureLine
    from ..register.measures import FigureTerm
    from ..text.numbers import Amount

_PERCENT = "%"
_HUNDRED = 100


class FigureResolver(LineResolver):
    """Converts the figure lines of one article to figures."""

    def resolve(self, paragraph: str, line: FigureLine) -> Figure | None:
        """Convert one line; ``None`` if it has an error, which is reported."""
        checked = len(self.problems)
        subject_column, _, value_column, _, attribute_column = line.columns
        attributes = self.read_attributes(line.attributes, line.line, attribute_column, is_figure=True)
        subject = self.lookup.find(line.subject, line.line, subject_column)
        measure = self._measure(line)
        unit = self._unit(line, measure)
        amount = self._amount(line, unit)
        if subject and amount and not self.problems.has_errors_since(checked):
            self.check_time(attributes, line.line, attribute_column, value_column)
            self.check_unit(subject, attributes, line.line, subject_column)
        if subject is None or measure is None or amount is None or self.problems.has_errors_since(checked):
            return None
        return Figure(line.line, paragraph, subject, measure, unit, amount, attributes, line.attributes)

    def _measure(self, line: FigureLine) -> FigureTerm | None:
        measures = self.lexicon.measures
        if line.measure not in measures:
            unknown = fault("KG031.unknown-measure", name=line.measure)
            flaw = with_suggestion(unknown, line.measure, measures)
            self.problems.report(line.line, line.columns[1], flaw)
        return measures.get(line.measure)

    def _unit(self, line: FigureLine, measure: FigureTerm | None) -> FigureTerm | None:
        measured_in = measure.values.get("unit", "") if measure else ""
        units, name = self.lexicon.units, line.unit or measured_in
        if name and name not in units:
            unknown = with_suggestion_first(fault("KG052.unknown-unit", unit=name), name, units)
            self.problems.report(line.line, line.columns[3] or line.columns[1], unknown)
        elif measure and line.unit and measured_in not in {"", line.unit}:
            other_unit = fault("KG055.other-unit", measure=line.measure, unit=measured_in, stated=line.unit)
            self.problems.report(line.line, line.columns[3], other_unit)
        return units.get(name)

    def _amount(self, line: FigureLine, unit: FigureTerm | None) -> Amount | None:
        try:
            amount = read_amount(line.value)
        except FaultError as error:
            self.problems.report(line.line, line.columns[2], error.fault)
            return None
        if unit and unit.name == _PERCENT and (impossible := _share_fault(line.value, amount)):
            self.problems.report(line.line, line.columns[2], impossible)
        return amount


def _share_fault(written: str, amount: Amount) -> Fault | None:
    """Report a value that is no valid share: over 100 %, or a part greater than its whole."""
    if amount.denominator is None:
        return fault("KG051.over-hundred", value=written) if amount.value > _HUNDRED else None
    if amount.value <= amount.denominator:
        return None
    part, total = plain(amount.value), plain(amount.denominator)
    return fault("KG051.part-above-whole", value=written, swapped=f"{total}/{part}")
