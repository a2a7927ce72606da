"""ZEN: every layer of rules.sql as an expression node of one decision, firm by firm.

ZEN's operators refuse null, so what is unknown is written out; its numbers are decimals, and exact.
"""

import json

import numpy

from answers import rules_of
from rules import is_truth, layers
from sql_engines import firms_of


class Zen:
    """One decision; every firm is a context of its own, ready as JSON."""

    def __init__(self, folder, rows, threads):
        import zen

        if threads != 1:
            raise ValueError("the decision is evaluated on one thread")
        firms = firms_of(folder, rows)
        for place, name in enumerate(firms.column_names):
            if str(firms[name].type).startswith("date"):
                firms = firms.set_column(place, name, firms[name].cast("int32"))
        self.truths = {name for name in firms.column_names if str(firms[name].type) == "bool"}
        self.rows = [json.dumps(row) for row in firms.to_pylist()]
        found = layers(rules_of(folder))
        self.wanted = [name for name, _ in found[-1]]
        self.decision = zen.ZenEngine().create_decision(json.dumps(self.graph(found)))

    def graph(self, found):
        nodes = [{"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}}]
        for number, layer in enumerate(found):
            columns = []
            for name, expression in layer:
                if expression == ("name", name):
                    continue
                columns.append({"id": name, "key": name, "value": self.written(expression)})
                if is_truth(expression, self.truths):
                    self.truths.add(name)
            content = {"expressions": columns, "passThrough": number + 1 < len(found), "inputField": None,
                       "outputPath": None, "executionMode": "single"}
            if number + 1 == len(found):
                kept = [name for name, expression in layer if expression == ("name", name)]
                columns.extend({"id": name, "key": name, "value": name} for name in kept)
            nodes.append({"id": f"layer{number}", "type": "expressionNode", "name": f"layer{number}",
                          "position": {"x": 0, "y": 0}, "content": content})
        nodes.append({"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}})
        edges = [{"id": f"edge{place}", "type": "edge", "sourceId": one["id"], "targetId": next_one["id"]}
                 for place, (one, next_one) in enumerate(zip(nodes, nodes[1:]))]
        return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}

    def written(self, of):
        kind = of[0]
        if kind == "name":
            return of[1]
        if kind == "truth":
            return str(of[1]).lower()
        if kind in {"number", "day"}:
            return str(of[1])
        if kind == "sum":
            parts = [(sign, self.written(part)) for sign, part in of[1]]
            return "(" + " ".join(f"{sign} {part}" for sign, part in parts).removeprefix("+ ") + ")"
        if kind == "times":
            return f"({self.written(of[1])} * {self.written(of[2])})"
        if kind == "coalesce":
            return f"({self.written(of[1])} ?? {of[2]})"
        if kind in {"and", "or"}:
            parts = [f"({self.written(part)})" for part in of[1]]
            settles = "false" if kind == "and" else "true"
            other = "true" if kind == "and" else "false"
            settled = " or ".join(f"{part} == {settles}" for part in parts)
            unknown = " or ".join(f"{part} == null" for part in parts)
            return f"(({settled}) ? {settles} : (({unknown}) ? null : {other}))"
        if kind == "not":
            inner = self.written(of[1])
            return f"(({inner}) == null ? null : ({inner}) == false)"
        if kind == "is":
            if of[2] is None and not is_truth(of[1], self.truths):
                # Arithmetic refuses null, so the columns are asked, not the amount.
                empty = [f"{name} == null" for name in sorted(self.may_lack(of[1]))] or ["false"]
                return f"(({' or '.join(empty)}) == {'true' if of[3] else 'false'})"
            wanted = {None: "null", True: "true", False: "false"}[of[2]]
            return f"(({self.written(of[1])}) {'==' if of[3] else '!='} {wanted})"
        if kind == "case":
            other = self.written(of[2]) if of[2] else "null"
            for when, then in reversed(of[1]):
                other = f"(({self.written(when)}) == true ? {self.written(then)} : {other})"
            return other
        if kind == "in":
            test, empty = f"{self.written(of[1])} in {of[2]}", self.may_lack(of[1])
        else:
            sign = {"=": "==", "<>": "!="}.get(of[1], of[1])
            test = f"{self.written(of[2])} {sign} {self.written(of[3])}"
            empty = self.may_lack(of[2]) | self.may_lack(of[3])
        if not empty:
            return f"({test})"
        return f"(({' or '.join(f'{name} == null' for name in sorted(empty))}) ? null : {test})"

    def may_lack(self, of):
        """What makes an amount unknown if it is null."""
        if of[0] == "name":
            return {of[1]}
        if of[0] == "sum":
            return set().union(*(self.may_lack(part) for _, part in of[1]))
        if of[0] == "times":
            return self.may_lack(of[1]) | self.may_lack(of[2])
        if of[0] == "case":
            amounts = [*(then for _, then in of[1]), of[2] or ("name", "null")]
            return {self.written(of)} if any(self.may_lack(amount) for amount in amounts) else set()
        return set()

    def run(self):
        self.result = [self.decision.evaluate(row)["result"] for row in self.rows]

    def answers(self):
        def number(value):
            return -1 if value is None else round(value)

        return {name: numpy.array([number(row.get(name)) for row in self.result]) for name in self.wanted}

