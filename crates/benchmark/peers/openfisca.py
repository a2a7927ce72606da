"""OpenFisca: every column of rules.sql as a variable, its expression as a formula over arrays.

OpenFisca has neither unknowns nor 64-bit numbers: its floats have 32 bits, its whole numbers too (21 million
yuan in fen). So an amount is a float, not a number where it is unknown, and what says yes or no is a pair of
variables: it is so (`_yes`), it is not (`_no`); neither is unknown.
"""

import numpy

from answers import rules_of
from rules import is_truth, layers
from sql_engines import firms_of

PERIOD = "2026"
COMPARED = {">=": numpy.greater_equal, "<=": numpy.less_equal, ">": numpy.greater, "<": numpy.less,
            "=": numpy.equal, "<>": numpy.not_equal}


class OpenFisca:
    """One simulation for a run, since a simulation keeps what it has computed."""

    def __init__(self, folder, rows, threads):
        from openfisca_core.entities import build_entity
        from openfisca_core.taxbenefitsystems import TaxBenefitSystem

        if threads != 1:
            raise ValueError("OpenFisca works on one thread")
        firm = build_entity(key="firm", plural="firms", label="Firm", is_person=True)
        self.system = TaxBenefitSystem([firm])
        self.firms = firms_of(folder, rows)
        self.truths = set()
        self.inputs = {}
        for name in self.firms.column_names:
            self.add_input(firm, name)
        *below, last = layers(rules_of(folder))
        for layer in [*below, last]:
            for name, expression in layer:
                if expression != ("name", name):
                    self.add_formulas(firm, name, expression)
        self.wanted = [name for name, _ in last]
        self.prepare()

    def add(self, firm, name, kind, formula=None):
        from openfisca_core.periods import DateUnit
        from openfisca_core.variables import Variable

        body = {"value_type": kind, "entity": firm, "definition_period": DateUnit.YEAR, "label": name}
        if formula:
            body["formula"] = formula
        self.system.add_variable(type(name, (Variable,), body))

    def add_input(self, firm, name):
        column = self.firms[name]
        if str(column.type) == "bool":
            self.truths.add(name)
            known = column.fill_null(False).to_numpy()
            empty = column.is_null().to_numpy()
            self.inputs[f"{name}_yes"], self.inputs[f"{name}_no"] = known & ~empty, ~known & ~empty
            self.add(firm, f"{name}_yes", bool)
            self.add(firm, f"{name}_no", bool)
            return
        if str(column.type).startswith("date"):
            column = column.cast("int32")
        values = column.cast("float64", safe=False).to_numpy()
        self.inputs[name] = values.astype(numpy.float32)
        self.add(firm, name, float)

    def add_formulas(self, firm, name, expression):
        if not is_truth(expression, self.truths):
            self.add(firm, name, float, lambda firms, period: self.amount(expression, firms, period))
            return
        self.truths.add(name)
        # Both halves come from one computation, as somebody who writes by hand would have it.
        self.add(firm, f"{name}_yes", bool, lambda firms, period: self.halves(name, expression, firms, period)[0])
        self.add(firm, f"{name}_no", bool, lambda firms, period: self.halves(name, expression, firms, period)[1])

    def halves(self, name, expression, firms, period):
        found = self.kept.pop(name, None)
        if found is None:
            found = self.kept[name] = self.truth(expression, firms, period)
        return found

    def truth(self, of, firms, period):
        kind = of[0]
        if kind == "name":
            return firms(f"{of[1]}_yes", period), firms(f"{of[1]}_no", period)
        if kind == "truth":
            return numpy.full(firms.count, of[1]), numpy.full(firms.count, not of[1])
        if kind in {"and", "or"}:
            pairs = [self.truth(part, firms, period) for part in of[1]]
            yes, no = (numpy.logical_and, numpy.logical_or) if kind == "and" else (numpy.logical_or, numpy.logical_and)
            return yes.reduce([pair[0] for pair in pairs]), no.reduce([pair[1] for pair in pairs])
        if kind == "not":
            return self.truth(of[1], firms, period)[::-1]
        if kind == "is":
            met = self.known_as(of, firms, period)
            return met, ~met
        if kind == "case":
            yes = numpy.zeros(firms.count, bool)
            no, open_still = yes.copy(), ~yes
            for when, then in of[1]:
                hit = open_still & self.truth(when, firms, period)[0]
                then = self.truth(then, firms, period)
                yes, no, open_still = yes | hit & then[0], no | hit & then[1], open_still & ~hit
            return yes, no
        left = self.amount(of[1] if kind == "in" else of[2], firms, period)
        if kind == "in":
            right, met = left, numpy.isin(left, numpy.array(of[2], numpy.float32))
        else:
            right = self.amount(of[3], firms, period)
            met = COMPARED[of[1]](left, right)
        known = ~(numpy.isnan(left) | numpy.isnan(right))
        return met & known, ~met & known

    def known_as(self, of, firms, period):
        _, inner, wanted, positive = of
        if wanted is None and not is_truth(inner, self.truths):
            met = numpy.isnan(self.amount(inner, firms, period))
            met = numpy.broadcast_to(met, firms.count)
        else:
            yes, no = self.truth(inner, firms, period)
            met = ~(yes | no) if wanted is None else yes if wanted else no
        return met if positive else ~met

    def amount(self, of, firms, period):
        kind = of[0]
        if kind == "name":
            return firms(of[1], period)
        if kind in {"number", "day"}:
            return numpy.float32(of[1])
        if kind == "sum":
            total = numpy.float32(0)
            for sign, part in of[1]:
                part = self.amount(part, firms, period)
                total = total + part if sign == "+" else total - part
            return total
        if kind == "times":
            return self.amount(of[1], firms, period) * self.amount(of[2], firms, period)
        if kind == "coalesce":
            inner = self.amount(of[1], firms, period)
            return numpy.where(numpy.isnan(inner), numpy.float32(of[2]), inner)
        if kind == "case":
            found = self.amount(of[2], firms, period) if of[2] else numpy.float32("nan")
            for when, then in reversed(of[1]):
                found = numpy.where(self.truth(when, firms, period)[0], self.amount(then, firms, period), found)
            return found
        raise ValueError(f"not an amount: {kind}")

    def prepare(self):
        from openfisca_core.simulations import SimulationBuilder

        self.kept = {}
        self.simulation = SimulationBuilder().build_default_simulation(self.system, self.firms.num_rows)
        for name, values in self.inputs.items():
            self.simulation.set_input(name, PERIOD, values)

    def run(self):
        self.result = {}
        for name in self.wanted:
            halves = ("_yes", "_no") if name in self.truths else ("",)
            self.result[name] = [self.simulation.calculate(name + half, PERIOD) for half in halves]

    def answers(self):
        return {name: numpy.where(found[0], 1, numpy.where(found[1], 0, -1)) if len(found) == 2
                else numpy.rint(found[0]).astype(numpy.int64) for name, found in self.result.items()}
