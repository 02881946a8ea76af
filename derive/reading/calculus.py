"""Fractions, derivatives written as fractions, gradients, and values at a point."""

from derive.kinds import COLUMN, MATRIX, ROW, kind_of
from derive.notation import SUM
from derive.term import Relation, call, deriv, div, mul, name, term
from derive.term.walk import free_names


class Calculus:
    """Reading of derivatives; part of the Parser."""

    def fraction(self):
        self.take()
        above, below = self.part(), self.part()
        derivative = self.derivative(above, below)
        if derivative is not None:
            return derivative
        numerator = self.plain(self.within(*above, self.expression), above[0])
        return self.scripted(div(numerator, self.plain(self.within(*below, self.expression), below[0])))

    def part(self):
        """The span of one half of a fraction; \\frac12 has one digit in each."""
        if self.peek() == "{" and self.peek(1) == "}":
            raise self.fail("an empty half of a fraction", "a value")
        return self.script()

    def derivative(self, above, below):
        """The derivative that a fraction is, or None: \\partial, \\delta or d in both halves, names below."""
        mark = self.marks[below[0]][0]
        if mark not in (r"\partial", r"\delta", "d", r"\mathrm{d}") or self.marks[above[0]][0] != mark:
            return None
        if below[1] - below[0] < 2 or self.marks[below[0] + 1][2] != "name":
            return None
        if mark in ("d", r"\delta") and above[1] - above[0] > 1 and (mark in self.bound or self.names.declared(mark)):
            return None
        saved = self.k
        variables = self.denominator(mark, below)
        self.k, order = above[0] + 1, 1
        if self.peek() == "^" and self.k < above[1]:
            self.take()
            order = self.whole_number(self.script())
        if order != len(variables):
            raise self.fail("the order above is not that below", str(len(variables)), above[0])
        body = self.k, above[1]
        self.k = saved
        if body[0] < body[1]:
            inner = self.within(*body, lambda: self.plain(self.expression(SUM)))
            return self.scripted(deriv(inner, *variables))
        return deriv(self.operand_of(*variables), *variables)

    def denominator(self, mark, below):
        """The variables below: \\partial x, \\partial x^2, \\partial x \\partial y."""
        self.k, variables = below[0], []
        while self.k < below[1]:
            self.expect(mark)
            if self.kind() != "name":
                raise self.fail(self.found(), "the variable of the derivative")
            start, base = self.k, self.peek()
            self.take()
            sub, primes, label, power = self.gather(base)
            times = 1 if power is None else self.whole_number(power)
            variables += [self.member(base, sub, primes, label, start)] * times
        if self.k != below[1]:
            raise self.fail(self.found(), "the end of the denominator")
        return variables

    def whole_number(self, span):
        marks = self.marks[span[0]:span[1]]
        if len(marks) != 1 or marks[0][2] != "number" or not marks[0][0].isdigit() or not 0 < int(marks[0][0]) < 20:
            raise self.fail("the order of a derivative", "a whole number", span[0])
        return int(marks[0][0])

    def operand_of(self, *variables):
        """What a derivative operator stands before: one factor, or a product that begins with constants.

        A further factor that depends on the variable might be meant under the operator or behind it; behind a row, as
        in \\nabla_x x^T A x, only the first makes sense.
        """
        before = self.k
        if not self.starts():
            raise self.fail("the derivative of what?", "an operand")
        body = self.plain(self.prefix(), before)
        names = frozenset().union(*(free_names(v) for v in variables))
        arrays = any(kind_of(v, self.names) in (COLUMN, MATRIX) for v in variables)
        while self.starts() and (not names & self.names.dependence(body)
                                 or arrays and kind_of(body, self.names) == ROW):
            body = mul(body, self.plain(self.prefix()))
        self.open[self.k] = names
        return body

    def closed(self, at, factor):
        """Raise where ``factor`` follows a derivative operator's operand and depends on its variable."""
        if self.open[at] & self.names.dependence(factor):
            raise self.fail("is this factor under the derivative?", "parentheses", at)

    def slashed_derivative(self):
        """\\partial L/\\partial x."""
        start = self.k
        self.take()
        body = self.plain(self.prefix())
        self.expect("/")
        variables = self.denominator(r"\partial", (self.k, self.variable_end(start)))
        return deriv(body, *variables)

    def variable_end(self, start):
        """The end of \\partial x_i after the slash."""
        if self.peek() != r"\partial" or self.kind(1) != "name":
            raise self.fail("a bare \\partial", r"\frac{\partial f}{\partial x}", start)
        before = self.k
        self.k += 2
        self.gather(self.marks[before + 1][0])
        end, self.k = self.k, before
        return end

    # -- gradients ---------------------------------------------------------------------------------------------

    def nabla(self):
        """\\nabla_x f, \\nabla_x^2 f, and \\nabla f(a), the gradient of f at a."""
        start = self.k
        self.take()
        below, above = self.limits()
        if above is not None:
            if self.whole_number(above) != 2:
                raise self.fail("a power of the gradient", "2", above[0])
        head = "grad" if above is None else "hess"
        if below is not None:
            variable = self.varying(self.within(*below, self.expression))
            return self.transposed_outside(self.operand_of(variable), lambda body: term(head, body, variable))
        return self.transposed_outside(self.plain(self.prefix()), lambda body: self.gradient_at(head, body, start))

    def gradient_called(self):
        r"""(\nabla f)(a), the gradient of f at a; None where the bracket holds something else."""
        start = self.k
        self.k += 2
        order = "hess" if [self.peek(), self.peek(1)] == ["^", "2"] else "grad"
        self.k += 2 * (order == "hess")
        function = self.peek()
        if self.kind() == "name" and self.names.is_function(function) and [self.peek(1), self.peek(2)] == [")", "("]:
            self.k += 2
            args, given = self.call_arguments()
            return self.scripted(self.gradient_at(order, call(name(function), *args, given=given), start))
        self.k = start
        return None

    def transposed_outside(self, body, build):
        """In \\nabla f(x)^T it is the gradient that is transposed."""
        if body.head == "transpose" and body.args[0].head == "call":
            return self.scripted(term("transpose", build(body.args[0])))
        return build(body)

    def gradient_at(self, head, body, start):
        """\\nabla f(a) and \\nabla f: by the only argument of f."""
        if body.head != "call" or len(body.args) != 2 or body.value is not None:
            raise self.fail("the gradient by what?", r"\nabla_x", start)
        function, point = body.args
        if point.head in ("name", "index"):
            return term(head, body, point)
        d = self.names.first(function.value) if function.head == "name" else None
        variable = d.formals[0] if d is not None and len(d.formals) == 1 else name("x")
        return term("at", term(head, call(function, variable), variable), variable, point)

    def evaluated(self):
        """\\left. f \\right|_{x = a}: f at x = a."""
        self.take()
        saved = self.enter()
        inner = self.plain(self.expression())
        self.expect("R|")
        self.leave(saved)
        if self.peek() != "_":
            raise self.fail(self.found(), "_{x=a}")
        self.take()
        span = self.script()
        point = self.within(*span, self.expression)
        if point.head != "rel" or point.value != Relation.EQ or point.args[0].head not in ("name", "index"):
            raise self.fail("at which point?", "x = a", span[0])
        return self.scripted(term("at", inner, *point.args))

