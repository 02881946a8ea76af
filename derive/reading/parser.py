"""The Pratt reader: binding powers of the notation table decide how far an operand reaches."""

from derive.kinds import COLUMN, MATRIX, kind_of
from derive.notation import (
    CONJUNCTION,
    CONNECTIVES,
    DISJUNCTION,
    ENTRYWISE,
    ENTRYWISE_OPERATORS,
    FENCES,
    IMPLICATION,
    IMPLICATIONS,
    PRODUCT,
    RELATION,
    RELATIONS,
    SUM,
    TIMES,
    readings,
)
from derive.reading.arrays import Arrays
from derive.reading.binders import Binders
from derive.reading.calculus import Calculus
from derive.reading.calls import Calls
from derive.reading.cursor import CLOSES, Cursor
from derive.reading.ellipses import Ellipses
from derive.reading.happenings import Happenings
from derive.reading.moments import Moments
from derive.reading.scripts import Scripts
from derive.reading.subsets import SUBSETS, Subsets
from derive.term import INFINITY, Relation, add, inv, matrix, mul, name, neg, num, rel, sqrt, term
from derive.term.build import pow_, range_

NORMS = {"1": "norm_one", r"\infty": "norm_max"}
LONGEST_NUMBER = 300
DEEPEST_TERM = 500      # nested operands


class Parser(Scripts, Calls, Binders, Calculus, Moments, Happenings, Arrays, Ellipses, Subsets, Cursor):
    """One text to one Term."""

    def expression(self, power=0):
        """The longest expression whose operators bind tighter than ``power``."""
        left = self.prefix()
        while True:
            operator = INFIX.get(self.marks[self.k][0])
            if operator is None:
                if power >= PRODUCT or not self.starts() or self.ends_product():
                    return left
                left = self.product(left)
            elif operator[0] <= power:
                return left
            else:
                left = operator[1](self, left)

    def prefix(self):
        """An operand with its scripts and calls, or a unary minus and what it covers."""
        text, _, kind = self.marks[self.k]
        if kind == "number":
            return self.numeral()
        if kind == "name" and text != self.differential:
            return self.named()
        read = PREFIX.get(text)
        if read is None:
            raise self.fail(self.found(), "a value")
        self.nested += 1
        if self.nested > DEEPEST_TERM:
            raise self.fail("the text is nested too deeply")
        operand = read(self)
        self.nested -= 1
        return operand

    def starts(self):
        """Does an operand begin here, so that it multiplies what stands before it?"""
        text, _, kind = self.marks[self.k]
        if kind == "mark":
            if text == "|":
                return self.bar is None
            if text == r"\|":
                return self.double is None
            return text in PREFIX and text not in ("-", "+")
        return not self.at_differential()

    def at_differential(self):
        """Does the differential of the integral around begin here?"""
        if self.differential is None or self.peek() != self.differential:
            return False
        return self.differential != "d" or self.kind(1) == "name"

    # -- operators ---------------------------------------------------------------------------------------------

    def sum_(self, left):
        parts = [self.plain(left)]
        while self.peek() in ("+", "-"):
            minus = self.take() == "-"
            if self.peek() == r"\ldots" and not minus:
                self.take()
                self.expect("+")
                parts = [self.dotted("sum", parts, self.plain(self.expression(SUM)))]
                continue
            part = self.plain(self.expression(SUM))
            parts.append(neg(part) if minus else part)
        return add(*parts)

    def product(self, left):
        """Juxtaposition, ``\\cdot``, ``\\times`` and the slash, from the left."""
        factors, divided = [self.plain(left)], False
        while True:
            text = self.peek()
            if text in TIMES:
                self.take()
                if self.peek() == r"\ldots":
                    continue
                factor, divided = self.plain(self.prefix()), False
                if text == r"\cdot" and kind_of(factor, self.names) == COLUMN == kind_of(factors[-1], self.names):
                    factors[-1] = term("transpose", factors[-1])
                factors.append(factor)
            elif text == "/":
                self.take()
                divisor = inv(self.plain(self.prefix()))
                factors, divided = [divisor] if factors == [num(1)] else [*factors, divisor], True
            elif text == r"\ldots":
                self.take()
                if self.peek() in TIMES:
                    self.take()
                factors, divided = [self.dotted("prod", factors, self.plain(self.prefix()))], False
            elif self.starts() and not self.ends_product():
                if self.is_stray_differential():
                    raise self.fail("a differential without its integral", r"d \cdot where d is a number")
                if divided:
                    raise self.fail("is this factor under the slash?", r"\frac or parentheses")
                at = self.k
                factors.append(self.plain(self.prefix()))
                if at in self.open:
                    self.closed(at, factors[-1])
            else:
                if self.over:
                    self.in_product(factors, max(0, self.k - 1))
                return mul(*factors)

    def is_stray_differential(self):
        """Is this an undeclared d before a letter?"""
        return self.peek() == "d" and self.kind(1) == "name" and "d" not in self.bound and not self.names.declared("d")

    def entrywise(self, left):
        operator = _ENTRYWISE[self.peek()]
        parts = [self.plain(left)]
        while _ENTRYWISE.get(self.peek()) == operator:
            self.take()
            part = self.plain(self.expression(ENTRYWISE))
            if operator == "kron":
                parts = [term("kron", parts[0], part)]
            else:
                parts.append(part)
        return parts[0] if operator == "kron" else term("hadamard", *parts)

    def relation(self, left):
        """A relation, or a chain of them: 0 < a < 1 is 0 < a and a < 1."""
        relations = []
        if self.peek() == r"\notin":
            return self.outside(left)
        while self.peek() in RELATIONS and RELATIONS[self.peek()] not in IMPLICATIONS:
            operator = RELATIONS[self.take()]
            right = self.expression(RELATION)
            relations.append(rel(operator, left, right))
            left = right
        return relations[0] if len(relations) == 1 else term("and", *relations)

    def outside(self, left):
        """i \\notin \\{a, b\\}: i is neither."""
        self.take()
        right = self.expression(RELATION)
        if right.head != "set":
            raise self.fail("outside of what?", r"\{a, b\}")
        return term("and", *(rel(Relation.NE, left, element) for element in right.args))

    def connective(self, left):
        head = _CONNECTIVE[self.peek()]
        power = CONJUNCTION if head == "and" else DISJUNCTION
        parts = [left]
        while _CONNECTIVE.get(self.peek()) == head:
            self.take()
            parts.append(self.expression(power))
        return self.conditions(term(head, *map(self.happening, parts)))

    def implication(self, left):
        operator = RELATIONS[self.take()]
        return self.conditions(rel(operator, left, self.expression(IMPLICATION)))

    def conditions(self, whole):
        """The term, if all its parts are conditions."""
        for part in whole.args:
            if part.head not in ("rel", "and", "or"):
                raise self.fail("a value stands where a relation is wanted", "a relation")
        return whole

    # -- operands ----------------------------------------------------------------------------------------------

    def numeral(self):
        text = self.peek()
        if len(text) > LONGEST_NUMBER:
            raise self.fail(f"a number of {len(text)} digits", f"at most {LONGEST_NUMBER}")
        return self.scripted(num(self.take()))

    def minus(self):
        self.take()
        return neg(self.plain(self.expression(SUM)))

    def plus(self):
        self.take()
        return self.expression(SUM)

    def group(self):
        """(a), [a], \\{a\\} or {a}: what is inside; \\{a, b\\} is a set."""
        if self.peek(1) == r"\nabla" and (found := self.gradient_called()) is not None:
            return found
        opening = self.take()
        saved = self.enter()
        inner = self.expression()
        if opening == r"\{" and self.peek() in (",", r"\}"):
            inner = self.elements(inner)
        elif self.peek() == ",":
            return self.row_written_out(inner, opening, saved)
        self.expect(CLOSES[opening])
        self.leave(saved)
        if opening == "{" and self.peek() == "_":
            return self.explicit_index(inner)
        return self.scripted(inner)

    def row_written_out(self, first, opening, saved):
        r"""(a, b, c)^\top, a column; a tuple that is not transposed is none."""
        found = [self.plain(first)]
        while self.peek() == ",":
            self.take()
            found.append(self.plain(self.expression()))
        self.leave(saved)
        if self.peek() != CLOSES[opening] or self.peek(1) != "^" or not {self.peek(2), self.peek(3)} & {r"\top", "T"}:
            raise self.fail("a tuple", CLOSES[opening])
        self.take()
        return self.scripted(matrix([found]))

    def elements(self, first):
        """The rest of a set written out: \\{a, b\\}, \\{1, \\ldots, n\\}; one element alone is a grouping."""
        found = [first]
        while self.peek() == ",":
            self.take()
            if self.peek() == r"\ldots":
                self.take()
                self.expect(",")
                return range_(found[-1], self.expression())
            found.append(self.expression())
        return term("set", *found) if len(found) > 1 else first

    def fence(self):
        """|a|, \\|a\\| and their tall forms: absolute value, determinant or number of elements; norm."""
        if self.peek(1) == r"\{" and self.peek(3) in SUBSETS:
            return self.scripted(self.subset_count())
        opening = self.take()
        double = opening.endswith(r"\|")
        saved = self.enter()
        if opening == "|":
            self.bar = "close"
        elif opening == r"\|":
            self.double = "close"
        inner = self.plain(self.expression())
        self.expect(("R" + opening[1:]) if opening[0] == "L" else opening)
        self.leave(saved)
        return self.scripted(self.normed(inner) if double else self.measured(inner))

    def normed(self, inner):
        if self.peek() == "_":
            self.take()
            below = self.take() if self.peek() != "{" else self.braced_text()
            if below not in ("2", "F", r"\mathrm{F}") and below not in NORMS:
                raise self.fail(f"the norm with index {below}", "the 1-, 2- or max-norm or the Frobenius norm")
            if below not in ("F", r"\mathrm{F}") and kind_of(inner, self.names) == MATRIX:
                raise self.fail(f"the norm of a matrix with index {below}", "the Frobenius norm of a matrix")
            return term(NORMS.get(below, "norm"), inner)
        return term("norm", inner)

    def inner_product(self):
        r"""\langle a, b \rangle of two vectors is a^T b, of two matrices tr(A^T B)."""
        start = self.k
        self.take()
        saved = self.enter()
        first = self.plain(self.expression())
        if self.peek() != ",":
            raise self.fail("an inner product of one argument, or a mean?", r"\langle a, b\rangle or \mathbb{E}[x]",
                            start)
        self.take()
        second = self.plain(self.expression())
        self.leave(saved)
        self.expect(r"\rangle")
        kinds = {kind_of(t, self.names) for t in (first, second)}
        if kinds == {COLUMN}:
            return self.scripted(mul(term("transpose", first), second))
        if kinds == {MATRIX}:
            return self.scripted(term("tr", mul(term("transpose", first), second)))
        raise self.fail("an inner product of what is neither two vectors nor two matrices", "their declarations", start)

    def measured(self, inner):
        d = self.names.first(inner.value) if inner.head == "name" else None
        if d is not None and d.kind == "set":
            return term("sum", num(1), name("j"), inner)
        return term("det" if kind_of(inner, self.names) == MATRIX else "abs", inner)

    def floor(self):
        self.take()
        saved = self.enter()
        inner = self.plain(self.expression())
        self.leave(saved)
        self.expect(r"\rfloor")
        return self.scripted(term("floor", inner))

    def root(self):
        self.take()
        degree = self.bracketed() if self.peek() == "[" else None
        inner = self.plain(self.argument())
        return self.scripted(sqrt(inner) if degree is None else pow_(inner, inv(degree)))

    def binomial(self):
        self.take()
        return self.scripted(term("binom", self.plain(self.argument()), self.plain(self.argument())))

    def infinity(self):
        self.take()
        return self.scripted(INFINITY)

    def bracketed(self):
        self.take()
        saved = self.enter()
        inner = self.expression()
        self.expect("]")
        self.leave(saved)
        return inner

    def argument(self):
        """The argument of a command: {a}, or one token."""
        if self.peek() == "{":
            self.take()
            saved = self.enter()
            inner = self.expression()
            self.expect("}")
            self.leave(saved)
            return inner
        text, kind = self.peek(), self.kind()
        if kind == "number" and len(text) > 1:
            raise self.fail("which digits belong here?", "braces")
        if kind not in ("number", "name"):
            raise self.fail(self.found(), "{")
        return self.single()


_ENTRYWISE = readings(ENTRYWISE_OPERATORS)
_CONNECTIVE = readings(CONNECTIVES)
INFIX = {
    "+": (SUM, Parser.sum_), "-": (SUM, Parser.sum_), "/": (PRODUCT, Parser.product),
    **{t: (PRODUCT, Parser.product) for t in (*TIMES, r"\ldots")},
    **{t: (ENTRYWISE, Parser.entrywise) for t in _ENTRYWISE},
    **{t: (IMPLICATION, Parser.implication) if r in IMPLICATIONS else (RELATION, Parser.relation)
       for t, r in RELATIONS.items()},
    r"\notin": (RELATION, Parser.relation),
    **{t: (CONJUNCTION if h == "and" else DISJUNCTION, Parser.connective) for t, h in _CONNECTIVE.items()},
}
PREFIX = {
    "-": Parser.minus, "+": Parser.plus, "(": Parser.group, "[": Parser.group, "{": Parser.group, r"\{": Parser.group,
    **{t: Parser.fence for t in ("|", r"\|", "L|", r"L\|")}, FENCES["floor"][0]: Parser.floor, r"\sqrt": Parser.root,
    r"\langle": Parser.inner_product,
    r"\binom": Parser.binomial, r"\infty": Parser.infinity, r"\begin": Parser.environment, r"\frac": Parser.fraction,
    r"\nabla": Parser.nabla, r"\partial": Parser.slashed_derivative, "L.": Parser.evaluated, r"\sum": Parser.big,
    r"\prod": Parser.big, r"\int": Parser.integral, r"\arg": Parser.argument_of, r"\underset": Parser.underset,
    r"\mathord": Parser.exact_name, r"\mathop": Parser.exact_function,
    **{t: Parser.function for t in Calls.COMMANDS}, **{t: Parser.extremum for t in Binders.EXTREMA},
}
