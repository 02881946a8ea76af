"""Calls of functions, declared and built-in, and the constants."""

from itertools import pairwise

from derive.notation import CONDITIONS, EULER, FUNCTIONS, MOMENTS, readings
from derive.reading.cursor import CLOSES
from derive.spelling import joined
from derive.term import IMPLIED, ONE, PI, ZEROS, call, index, inv, mul, name, num, range_, term

_FUNCTION = readings(FUNCTIONS)
_NOT_BARE = frozenset([*_FUNCTION, r"\sum", r"\prod", r"\int", r"\frac", r"\max", r"\min", r"\begin", r"\arg", "L|",
                       r"L\|", *(t for r in MOMENTS.values() for t in r)])


class Calls:
    """Reading of calls; part of the Parser."""

    COMMANDS = tuple(t for t in _FUNCTION if not t.startswith((r"\operatorname", r"\math", r"\Gamma")))

    def called(self, resolved, primes):
        """Is the bracket here the argument of the name just read?"""
        owner = resolved[1]
        if resolved[0] == "name" and owner in self.bound:
            return self.names.is_function(owner) and owner in self.names.functions and self.separated()
        plain = owner[:-len(primes)] if primes and not self.names.declared(owner) else owner
        if self.names.is_function(plain):
            return self.peek() == "(" or plain in self.names.functions or self.separated()
        return not self.names.declared(owner) and resolved[0] == "name" and self.separated()

    def separated(self):
        """Is there a comma or a bar between the brackets that open here?"""
        return bool(self.commas_and_bars())

    def commas_and_bars(self):
        """The commas and single bars at the first level of the brackets that open here; fences are no bars."""
        end, depth, found = self.closing(self.k), 0, []
        for k in range(self.k + 1, end):
            text = self.marks[k][0]
            depth += (text in CLOSES) - (text in CLOSES.values())
            if not depth and text in (",", ";", r"\mid", "|", r"\|"):
                found.append(text)
        return [t for t in found if t not in ("|", r"\|") or found.count(t) % 2]

    def called_name(self, resolved, spans, primes, power):
        """f(x), f_i(x), f^2(x), g^{-1}(x), L'(x)."""
        function = self.names.entry(resolved, [self.subscript(s) for s in spans])
        inverse = power is not None and [t[0] for t in self.marks[power[0]:power[1]]] == ["-", "1"]
        if inverse:
            function, power = inv(function), None
        plain = resolved[1][:-len(primes)] if primes else resolved[1]
        if primes and not self.names.declared(resolved[1]) and self.names.declared(plain):
            return self.scripted(self.raised(self.primed(plain, primes), power))
        args, given = self.call_arguments()
        if self.are_events(args) and not self.names.declared(plain):
            return self.scripted(self.raised(self.probability(args, given), power))
        return self.scripted(self.raised(call(function, *args, given=given), power))

    def probability(self, events, given):
        """P(X <= a, Y = b | Z = c): the mean of an indicator, under a condition where there is one."""
        events, given = tuple(map(self.happening, events)), given and tuple(map(self.happening, given))
        event = term("indicator", events[0] if len(events) == 1 else term("and", *events))
        if given is None:
            return term("E", event)
        if not all(g.head in CONDITIONS or g.head in ("name", "index") for g in given):
            raise self.fail("a probability under what?", "P(X=a|Y=b)")
        together = "and" if all(g.head in CONDITIONS for g in given) else "set"
        return term("E", term("given", event, given[0] if len(given) == 1 else term(together, *given)))

    def primed(self, plain, primes):
        """L'(a): the derivative of L(x) by x, at a."""
        args, given = self.call_arguments()
        if len(args) != 1 or given is not None:
            raise self.fail("a prime on a function of several arguments", r"\frac{\partial}{\partial x}")
        d = self.names.first(plain)
        variable = d.formals[0] if d is not None and len(d.formals) == 1 else name("x")
        derivative = term("deriv", call(name(plain), variable), *[variable] * len(primes))
        entries = d is not None and "elementwise" in d.structure        # then it is the derivative at each entry
        return derivative if args[0] is variable and not entries else term("at", derivative, variable, args[0])

    def call_arguments(self):
        """(arguments before the bar, those after it or None) of the bracket that opens here."""
        marks = self.commas_and_bars()
        opening = self.take()
        saved = self.enter()
        self.bar, self.double = ("part" if t in marks else None for t in ("|", r"\|"))
        groups, given, parts = [[]], False, []
        while True:
            groups[-1].append(self.call_argument(groups[-1]))
            text = self.peek()
            if text == "," or text == r"\|":
                self.take()
            elif text == ";" and not given and {"|", r"\mid"} & set(marks):     # I(X; Y, Z | W)
                self.take()
                parts.append(len(groups[0]))
            elif text in ("|", r"\mid", ";") and not given:
                self.take()
                given = True
                groups.append([])
            else:
                break
        self.expect(CLOSES[opening])
        self.leave(saved)
        before, after = groups[0], groups[1] if given else None
        if parts:
            ends = [0, *parts, len(before)]
            before = [before[i] if j == i + 1 else term("set", *before[i:j]) for i, j in pairwise(ends)]
        return tuple(before), None if after is None else tuple(after)

    def call_argument(self, before):
        if self.peek() == r"\cdot":
            self.take()
            return IMPLIED
        if self.peek() == r"\ldots" and before:
            self.take()
            self.expect(",")
            return self.sequence(before.pop(), self.expression())
        return self.expression()

    def sequence(self, first, last):
        """x_1, \\ldots, x_n: the members of a family from one index to another."""
        if first.head == last.head == "index" and first.args[0] is last.args[0] and len(first.args) == len(last.args):
            differ = [k for k, (a, b) in enumerate(zip(first.args, last.args, strict=True)) if a is not b]
            if len(differ) == 1:
                k = differ[0]
                return index(*first.args[:k], range_(first.args[k], last.args[k]), *first.args[k + 1:])
        raise self.fail("what do the dots stand for?", "a first and a last member of one family")

    # -- functions of the table --------------------------------------------------------------------------------

    def function(self):
        """A function of the notation table and its argument."""
        head = _FUNCTION[self.take()]
        base = None
        if self.peek() == "_" and head == "log":
            self.take()
            base = self.plain(self.within(*self.script(), self.expression))
        value = self.applied(head)
        return value if base is None else mul(value, inv(term("log", base)))

    def applied(self, head):
        """The function with its power and argument."""
        power = None
        if self.peek() == "^":
            self.take()
            power = self.script()
            if [t[0] for t in self.marks[power[0]:power[1]]] == ["-", "1"]:
                raise self.fail("an inverse or a reciprocal?", "\\arctan, or parentheses", power[0])
        if self.peek() in ("(", "[", r"\{"):
            args, given = self.call_arguments()
            if len(args) != 1 or given is not None:
                raise self.fail(f"{head} of several arguments", "one argument")
            return self.scripted(self.raised(term(head, args[0]), power))
        return self.raised(term(head, self.bare_argument()), power)

    def bare_argument(self):
        """What stands after a function without parentheses: one factor, or a number and simple factors after it."""
        if self.peek() == "{":
            return self.plain(self.argument())
        if not self.starts():
            raise self.fail(self.found(), "the argument of the function")
        simple = self.is_simple()
        factors = [self.plain(self.prefix())]
        while simple and self.starts() and self.peek() not in _NOT_BARE:
            if factors[0].head != "num" or not self.is_simple():
                raise self.fail("is this factor under the function?", "parentheses")
            factors.append(self.prefix())
        return mul(*factors)

    def is_simple(self):
        """Is the operand here a number or a letter with scripts, not a fraction, a group or a call?"""
        if self.kind() == "number":
            return True
        base = self.peek()
        if self.kind() != "name" or base in _FUNCTION and not self.names.declared(base):
            return False
        return not (self.peek(1) in ("(", "[") and self.names.is_function(base))

    def single(self):
        """One token as the argument of a command."""
        if self.kind() == "number":
            return num(self.take())
        text = self.take()
        if text in self.bound or self.names.declared(text):
            return name(text)
        return PI if text == r"\pi" else term("exp", ONE) if text in EULER else name(text)

    def exact_name(self):
        """\\mathord{x_i}: the name x_i as it stands, whatever is declared."""
        self.take()
        return self.scripted(name(self.braced_text()))

    def exact_function(self):
        """\\mathop{y}(x): a call of y, whatever is declared."""
        self.take()
        function = self.argument()
        if self.peek() != "(":
            raise self.fail(self.found(), "(")
        args, given = self.call_arguments()
        return self.scripted(call(function, *args, given=given))

    def braced_text(self):
        """The canonical text of a braced group."""
        if self.peek() != "{":
            raise self.fail(self.found(), "{")
        start, end = self.script()
        return joined([t[0] for t in self.marks[start:end]])

    # -- constants ---------------------------------------------------------------------------------------------

    def built_in(self, row):
        """What an undeclared name of the notation table means."""
        return getattr(self, row, self.function)()

    def euler(self):
        """e^x is exp(x), and e alone exp(1)."""
        start, text = self.k, self.take()
        if self.peek() in ("_", "'"):
            return self.scripted_name(text, start)
        if self.peek() == "^":
            self.take()
            return self.scripted(term("exp", self.plain(self.within(*self.script(), self.expression))))
        return self.scripted(term("exp", ONE))

    def constant(self):
        """\\pi, unless a label or an argument makes it a name."""
        start, text = self.k, self.take()
        if self.peek() in ("_", "'") or self.peek() == "(" and self.separated():
            return self.scripted_name(text, start)
        return self.scripted(PI)

    def zeros(self):
        self.take()
        return self.scripted(ZEROS)
