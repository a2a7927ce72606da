"""rules.sql as layers of expressions, for programs that have no SQL.

The query is one SELECT over another, four deep: comparisons and points, bounds of scores, leaves, verdicts
and masks. Only what `tidu bench --export` writes is understood; anything else raises ValueError.

An expression is a tuple: ("number", 5), ("day", 18808), ("truth", True), ("name", "c0"), ("and", [...]),
("or", [...]), ("not", e), ("compare", op, left, right), ("sum", [(sign, e), ...]), ("times", left, right),
("in", e, [5, 7]), ("is", e, wanted, positive), ("coalesce", e, number), ("case", [(when, then), ...], else).
"""

import re
from datetime import date

TOKEN = re.compile(r"""\s*(?:(?P<number>\d+)|(?P<word>[A-Za-z_][A-Za-z_0-9]*)|'(?P<text>[^']*)'
                       |(?P<sign>>=|<=|<>|[-+*(),<>=]))""", re.VERBOSE)
WORDS = {"AND", "OR", "NOT", "CASE", "WHEN", "THEN", "ELSE", "END", "IS", "NULL", "TRUE", "FALSE", "IN", "AS",
         "SELECT", "FROM", "DATE"}
COMPARISONS = {">=", "<=", "<", ">", "=", "<>"}


def layers(text):
    """The layers, innermost first; each is a list of (name, expression)."""
    reader = Reader(text)
    found = reader.select()
    reader.end()
    return found


def names(expression):
    """The columns that an expression looks at."""
    if isinstance(expression, tuple) and expression[:1] == ("name",):
        return {expression[1]}
    if isinstance(expression, (tuple, list)):
        return set().union(*map(names, expression)) if expression else set()
    return set()


def is_truth(expression, truths):
    """Whether an expression says yes or no; `truths` are the columns that do."""
    kind = expression[0]
    if kind == "name":
        return expression[1] in truths
    if kind == "case":
        return is_truth(expression[1][0][1], truths)
    return kind in {"truth", "and", "or", "not", "compare", "in", "is"}


class Reader:
    """Reads a query token by token."""

    def __init__(self, text):
        self.tokens = []
        place = 0
        text = text.rstrip()
        while place < len(text):
            found = TOKEN.match(text, place)
            if not found:
                raise ValueError(f"rules.sql: not understood: {text[place:place + 40]!r}")
            word = found["word"]
            if word and word.upper() in WORDS:
                self.tokens.append(("key", word.upper()))
            else:
                kind = found.lastgroup
                self.tokens.append((kind, found[kind]))
            place = found.end()
        self.place = 0

    def peek(self):
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")

    def take(self, kind):
        found = self.peek()
        if found[0] != kind:
            raise ValueError(f"rules.sql: {kind} expected, {found[1]!r} found (token {self.place})")
        self.place += 1
        return found[1]

    def skip(self, *wanted):
        """Takes what is wanted if it comes next."""
        found = self.peek()[1] if self.peek()[0] in {"key", "sign"} else None
        if found not in wanted:
            return None
        self.place += 1
        return found

    def need(self, wanted):
        if not self.skip(wanted):
            raise ValueError(f"rules.sql: {wanted} expected, {self.peek()[1]!r} found (token {self.place})")

    def end(self):
        self.take("end") if self.peek()[0] != "end" else None

    def select(self):
        self.need("SELECT")
        columns = []
        while True:
            if not self.skip("*"):
                columns.append(self.column())
            if not self.skip(","):
                break
        self.need("FROM")
        if not self.skip("("):
            self.take("word")
            return [columns]
        below = self.select()
        self.need(")")
        if self.skip("AS"):
            self.take("word")
        return [*below, columns]

    def column(self):
        expression = self.either()
        if self.skip("AS"):
            return self.take("word"), expression
        if expression[0] != "name":
            raise ValueError(f"rules.sql: a column without a name (token {self.place})")
        return expression[1], expression

    def several(self, word, part):
        parts = [part()]
        while self.skip(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else (word.lower(), parts)

    def either(self):
        return self.several("OR", self.both)

    def both(self):
        return self.several("AND", self.negated)

    def negated(self):
        return ("not", self.negated()) if self.skip("NOT") else self.test()

    def test(self):
        left = self.sum()
        found = self.skip(*COMPARISONS)
        if found:
            return "compare", found, left, self.sum()
        if self.skip("IS"):
            positive = not self.skip("NOT")
            wanted = self.skip("NULL", "TRUE", "FALSE")
            return "is", left, {"NULL": None, "TRUE": True, "FALSE": False}[wanted], positive
        if self.skip("IN"):
            self.need("(")
            options = [int(self.take("number"))]
            while self.skip(","):
                options.append(int(self.take("number")))
            self.need(")")
            return "in", left, options
        return left

    def sum(self):
        parts = [("+", self.product())]
        while sign := self.skip("+", "-"):
            parts.append((sign, self.product()))
        return parts[0][1] if len(parts) == 1 else ("sum", parts)

    def product(self):
        left = self.atom()
        while self.skip("*"):
            left = ("times", left, self.atom())
        return left

    def atom(self):
        kind, text = self.peek()
        if self.skip("("):
            inner = self.either()
            self.need(")")
            return inner
        if self.skip("-"):
            return "number", -int(self.take("number"))
        if self.skip("TRUE", "FALSE"):
            return "truth", text == "TRUE"
        if self.skip("DATE"):
            return "day", (date.fromisoformat(self.take("text")) - date(1970, 1, 1)).days
        if self.skip("CASE"):
            return self.case()
        self.place += 1
        if kind == "number":
            return "number", int(text)
        if kind == "word" and text.lower() == "coalesce":
            self.need("(")
            inner = self.either()
            self.need(",")
            instead = int(self.take("number"))
            self.need(")")
            return "coalesce", inner, instead
        if kind == "word":
            return "name", text
        raise ValueError(f"rules.sql: {text!r} is not understood (token {self.place})")

    def case(self):
        arms, other = [], None
        while self.skip("WHEN"):
            when = self.either()
            self.need("THEN")
            arms.append((when, self.either()))
        if self.skip("ELSE"):
            other = self.either()
        self.need("END")
        return "case", arms, other
