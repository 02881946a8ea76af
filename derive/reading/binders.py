"""Operators with their variable below or behind: sums, products, extrema, argmin, integrals."""

from derive.notation import EXTREMA, EXTREMISERS, RELATION, SUM, SUMS, readings
from derive.term import IMPLIED, INFINITY, ONE, ZERO, Relation, add, name, neg, num, range_, rel, term
from derive.term.walk import free_names, subterms

_SUM = {latex: head for head, latex in SUMS.items()}
_EXTREMUM = readings(EXTREMA)
CONTINUOUS = ("scalar", "vector", "matrix", "random")
COUNTING = ("integer", "binary", "sign")


class Binders:
    """Reading of binders; part of the Parser."""

    EXTREMA = tuple(t for t in _EXTREMUM if not t.startswith(r"\operatorname"))

    def big(self):
        """\\sum and \\prod: limits, then all that stands before the next + or -."""
        head, start = _SUM[self.take()], self.k
        lower, upper = self.limits()
        if lower is None:
            raise self.fail("over what?", "an index below", start)
        return self.bind(head, self.variables(lower, upper))

    def bind(self, head, variables):
        """The body under its variables, outermost first."""
        before, outer = self.binding(*(v for v, _ in variables), counting=True), self.over
        self.over = frozenset(v.value for v, _ in variables if v.head == "name") if head == "prod" else None
        body = self.plain(self.expression(SUM))
        self.bound, self.over = before, outer
        for variable, domain in reversed(variables):
            body = term(head, body, variable, domain)
        return body

    def ends_product(self):
        r"""Whether the operator here stands behind the \prod being read: \prod_i x_i\prod_j y_j.

        It does where it binds the letter of the product itself, or has nothing to do with it.  What is found at a place
        is remembered, so that a row of operators is not read again and again.
        """
        if self.over is None or self.peek() not in _SUM:
            return False
        key = self.k, self.over
        if key not in self.ends:
            factor = self.prefix()
            self.k = key[0]
            self.ends[key] = not self.over & self.names.dependence(factor)
        return self.ends[key]

    def in_product(self, factors, at):
        r"""Raise where a factor behind those of a \prod does not depend on its variable: x_1 c x_2 c, or x_1 x_2 c?"""
        depends = [bool(self.over & self.names.dependence(f)) for f in factors]
        if any(depends) and not depends[-1]:
            raise self.fail("is this factor under the product?", "parentheses", at)

    def limits(self):
        """The spans of the lower and upper script, None where there is none."""
        lower = upper = None
        while self.peek() in ("_", "^"):
            mark, at = self.take(), self.k
            if (lower if mark == "_" else upper) is not None:
                raise self.fail("two limits in one place", "", at)
            if mark == "_":
                lower = self.script()
            else:
                upper = self.script()
        return lower, upper

    def variables(self, lower, upper):
        """[(variable, domain)] of a lower script: i=1, i, (s',r), x \\in S, i \\ne j, 1 \\le i \\le n."""
        items = self.within(*lower, lambda: self.conditions_below(lower[1]))
        pair = self.ordered_pair(items, upper, lower)
        if pair is not None:
            return pair
        top = None if upper is None else self.plain(self.within(*upper, self.expression))
        found = [self.ranged(items[0][0], top, lower[0])]
        if found[0][1].head == "filter" and not items[0][1]:
            self.unambiguous(found[0][0], found[0][1].args[1], lower[0])
        for item, _ in items[1:]:
            if item.head == "name" and not any(v is item for v, _ in found):
                found.append((item, IMPLIED))
            elif item.head == "rel" and item.value == Relation.IN and not any(v is item.args[0] for v, _ in found):
                found.append(item.args)
            elif item.head in ("rel", "and", "or"):
                variable, domain = found[-1]
                found[-1] = variable, term("filter", domain, item)
            else:
                raise self.fail("what is this below an operator?", "an index or a relation", lower[0])
        return found

    def ordered_pair(self, items, upper, span):
        r"""[(variable, domain)] of both letters of 1 \le i < j \le n, and of i < j where both are new; else None."""
        item = items[0][0]
        if len(items) != 1 or items[0][1] or upper is not None:
            return None
        if item.head == "and" and len(item.args) == 3:
            first, middle, last = item.args
            if any(r.head != "rel" or r.value not in (Relation.LE, Relation.LT) for r in item.args) or \
                    first.value != Relation.LE or last.value != Relation.LE:
                return None
            (i, j), low, high = middle.args, first.args[0], last.args[1]
            if not self.is_new(i) or not self.is_new(j):
                return None
            below = add(j, neg(num(1))) if middle.value == Relation.LT else j
            return [(j, range_(low, high)), (i, range_(low, below))]
        if item.head == "rel" and item.value in (Relation.LT, Relation.GT, Relation.NE):
            i, j = item.args
            if self.is_new(i) and self.is_new(j) and self.only_below(i, j, span):
                return [(j, IMPLIED), (i, term("filter", IMPLIED, item))]
        return None

    def is_new(self, letter):
        """Whether a letter is bound nowhere and declared nowhere, so that an operator may bind it."""
        return letter.head == "name" and letter.value not in self.bound and not self.names.declared(letter.value)

    def only_below(self, i, j, span):
        """Whether both letters count under this operator and stand nowhere before it: then it is over both.

        The operator reaches to the end of the text or of the group around it.
        """
        body, depth, k = [], 0, span[1] + (self.marks[span[1]][0] == "}")
        while self.marks[k][0] and depth >= 0:
            depth += (self.marks[k][0] in _OPENING) - (self.marks[k][0] in _CLOSING)
            body.append(self.marks[k][0])
            k += 1
        outside = [t[0] for t in (*self.marks[:span[0]], *self.marks[k:])]
        elsewhere = set(outside) - self.bound_by_others(outside) | self.elsewhere
        return {i.value, j.value} <= set(body) and elsewhere.isdisjoint((i.value, j.value))

    @staticmethod
    def bound_by_others(marks):
        """The letters that sums and products among the marks bind."""
        return {marks[k + (3 if marks[k + 2] == "{" else 2)] for k in range(len(marks) - 3)
                if marks[k] in _SUM and marks[k + 1] == "_"}

    def conditions_below(self, end):
        """The relations of a lower script, and whether a colon made its variable explicit."""
        items, explicit = [], False
        while True:
            items.append([self.expression(), explicit])
            if self.k == end:
                return items
            explicit = self.expect(",", ":", r"\\", r"\mid", "|") not in (",", r"\\") or explicit

    def ranged(self, item, top, at):
        """(variable, domain) of the first relation below an operator."""
        if top is not None and (item.head != "rel" or item.value != Relation.EQ):
            raise self.fail("an upper limit without a lower one", "i=1 below", at)
        if item.head in ("name", "index"):
            return item, IMPLIED
        if item.head == "and":
            return self.between(item, at)
        if item.head != "rel" or item.args[0].head not in ("name", "index"):
            raise self.fail("what is the index?", "a letter, i=1, i \\in S or i \\ne j", at)
        left, right = item.args
        if (item.value == Relation.EQ) != (top is not None):
            raise self.fail("a lower limit i=1 goes with an upper limit", "both limits", at)
        if item.value == Relation.EQ:
            return left, range_(right, top)
        if item.value == Relation.IN:
            return left, right
        return left, term("filter", IMPLIED, item)

    def between(self, item, at):
        """(i, range(a, b)) of a \\le i \\le b, with < made \\le."""
        first, second = item.args[0], item.args[-1]
        if all(r.head == "rel" and r.value == Relation.NE and r.args[0] is first.args[0] for r in item.args):
            return first.args[0], term("filter", IMPLIED, item)
        ordered = all(r.head == "rel" and r.value in (Relation.LE, Relation.LT) for r in item.args)
        if len(item.args) != 2 or not ordered or first.args[1].head != "name":
            raise self.fail("what is the index?", "a \\le i \\le b", at)
        low, high = first.args[0], second.args[1]
        low = add(low, num(1)) if first.value == Relation.LT else low
        high = add(high, neg(num(1))) if second.value == Relation.LT else high
        return first.args[1], range_(low, high)

    def unambiguous(self, variable, condition, at):
        """In \\sum_{i \\ne j} the other letter must be known, or the sum might be over both."""
        for other in free_names(condition) - {variable.value}:
            if other not in self.bound and not self.names.declared(other):
                raise self.fail(f"is the sum over {variable.value} alone?", f"{other} declared, or "
                                f"{variable.value}: and the condition", at)

    # -- extrema -----------------------------------------------------------------------------------------------

    def extremum(self):
        """\\max(a, b); \\max_i x_i over an index; \\min_\\alpha f over all values of a variable."""
        head, explicit = _EXTREMUM[self.peek()], self.peek().startswith(r"\operatorname")
        self.take()
        if self.peek() in ("(", "[", r"\{"):
            args, given = self.call_arguments()
            if len(args) < 2 or given is not None:
                raise self.fail(f"{head} of what?", "several arguments or an index below")
            return self.scripted(term(head, *args))
        lower, upper = self.limits()
        if lower is None:
            raise self.fail(self.found(), "( or _")
        variables = self.variables(lower, upper)
        variable, domain = variables[0]
        if len(variables) == 1 and not explicit and self.is_continuous(variable) and \
                (domain is IMPLIED or self.is_whole(variable, domain)):
            return self.over_all_values(head + "of", variable)
        return self.bind(head + "over", variables)

    def is_continuous(self, variable):
        d = self.names.first(variable.value) if variable.head == "name" else None
        if variable.head == "index":
            return True
        return d is not None and variable.value not in self.bound and d.kind in CONTINUOUS and d.domain not in COUNTING

    def over_all_values(self, head, variable):
        before = self.binding(variable)
        body = self.plain(self.expression(SUM))
        if self.peek() in ("+", "-"):
            body = self.further(body, variable)
        self.bound = before
        return term(head, body, variable)

    def further(self, body, variable):
        r"""The whole of f(w) + g(w) in \min_w f(w) + g(w), where a further summand has the variable; else f(w)."""
        start, parts = self.k, [body]
        while self.peek() in ("+", "-"):
            minus = self.take() == "-"
            if self.peek() == r"\ldots":
                break
            part = self.plain(self.expression(SUM))
            parts.append(neg(part) if minus else part)
        if any(variable in subterms(p) for p in parts[1:]):
            return add(*parts)
        self.k = start
        return body

    def extremiser(self, head=None):
        """\\operatorname{argmin}_{x} f."""
        if head is None:
            head = _EXTREMISER[self.take()]
        if self.peek() != "_":
            raise self.fail(f"{head} over what?", "_")
        self.take()
        variable = self.within(*self.script(), self.unconstrained)
        return self.over_all_values(head, self.varying(variable))

    def unconstrained(self):
        r"""A variable with its declared domain: x \in \mathbb{R}^n, p \in (0,1), \lambda > 0, which say no more."""
        variable, at = self.expression(RELATION), self.k
        if self.peek() == r"\in":
            self.take()
            domain = self.interval() if self.peek() in ("(", "[") else self.expression(RELATION)
        elif self.peek() in (">", r"\ge"):
            relation = Relation.GT if self.take() == ">" else Relation.GE
            domain = term("filter", IMPLIED, rel(relation, variable, self.expression(RELATION)))
        else:
            return variable
        if not self.is_whole(variable, domain):
            raise self.fail("not the declared domain of the variable", "the domain in the declaration", at)
        return variable

    def interval(self):
        """The pair of ends in brackets of either kind, as the name of a domain, or None."""
        opening = self.take()
        low = self.expression()
        self.expect(",")
        high = self.expression()
        closing = self.expect(")", "]")
        return INTERVALS.get((opening, low, high, closing))

    def is_whole(self, variable, domain):
        """Whether a domain written below an operator is the one the variable is declared with."""
        d = self.names.first(variable.value) if variable.head == "name" else None
        if d is None or d.kind not in CONTINUOUS or domain is None:
            return False
        if domain in (name(r"\mathbb{R}"), "real"):
            return not d.shape and d.domain == "real"
        if not isinstance(domain, str) and domain.head == "pow" and domain.args[0] is name(r"\mathbb{R}"):
            return d.domain == "real" and len(d.shape) == 1 and d.shape[0] in (domain.args[1], IMPLIED)
        if not isinstance(domain, str) and domain.head == "filter" and domain.args[0] is IMPLIED:
            condition = domain.args[1]
            domain = HALVES.get(condition.value) if condition.head == "rel" and condition.args == (variable, ZERO) \
                else None
        return isinstance(domain, str) and not d.shape and not d.structure and d.domain == domain

    def varying(self, variable):
        if variable.head not in ("name", "index"):
            raise self.fail("this is no variable", "a letter or an entry")
        return variable

    def argument_of(self):
        """\\arg\\min_x f."""
        self.take()
        return self.extremiser("arg" + _EXTREMUM[self.expect(r"\min", r"\max")])

    def underset(self):
        """\\underset{x}{\\min} f and \\underset{x}{\\operatorname{argmin}} f: over all values of x."""
        self.take()
        variable = self.varying(self.argument())
        self.expect("{")
        if self.peek() == r"\arg":
            self.take()
            head = "arg" + _EXTREMUM[self.expect(r"\min", r"\max")]
        elif self.peek() in _EXTREMISER:
            head = _EXTREMISER[self.take()]
        else:
            head = _EXTREMUM[self.expect(r"\min", r"\max", r"\operatorname{max}", r"\operatorname{min}")] + "of"
        self.expect("}")
        return self.over_all_values(head, variable)

    # -- integrals ---------------------------------------------------------------------------------------------

    def integral(self):
        """\\int_a^b f dx, \\int f dx over the whole space, \\int dx f, \\int f dx dy."""
        start = self.k
        self.take()
        lower, upper = self.limits()
        domain = self.integration_domain(lower, upper, start)
        outer = self.differential
        self.differential = outer or self.differential_mark(start)
        if self.at_differential():
            variable = self.differential_variable()
            body = self.plain(self.expression(SUM))
            self.differential = outer
            return term("int", body, variable, domain)
        body = self.plain(self.expression(RELATION))
        if not self.at_differential():
            raise self.fail("an integral without its differential", "dx")
        body = term("int", body, self.differential_variable(), domain)
        while domain is IMPLIED and outer is None and self.at_differential():
            body = term("int", body, self.differential_variable(), domain)
        if outer is None and self.at_differential():
            raise self.fail("a second differential", r"a second \int")
        self.differential = outer
        return body

    def integration_domain(self, lower, upper, start):
        if upper is None:
            return IMPLIED if lower is None else self.within(*lower, self.expression)
        if lower is None:
            raise self.fail("an upper limit without a lower one", "_", start)
        return range_(*(self.plain(self.within(*span, self.expression)) for span in (lower, upper)))

    def differential_mark(self, start):
        """How the differential after here is written: an upright d where there is one at this level, else an italic."""
        depth, k, integrals, italic = 0, start, 0, 0
        while True:
            text = self.marks[k][0]
            depth += (text in _OPENING) - (text in _CLOSING)
            if not text or depth < 0:
                break
            if not depth and text == r"\mathrm{d}":
                return text
            integrals += text == r"\int" and not depth
            italic += text == "d" and not depth and self.marks[k + 1][2] == "name"
            k += 1
        if italic > integrals and ("d" in self.bound or self.names.declared("d")):
            raise self.fail("which d is the differential?", r"\mathrm{d}x", start)
        return "d"

    def differential_variable(self):
        """The variable after the d."""
        self.take()
        if self.kind() != "name":
            raise self.fail(self.found(), "the variable of integration")
        start, base = self.k, self.peek()
        self.take()
        sub, primes, label, power = self.gather(base)
        if power is not None:
            raise self.fail("a power of a differential", "", start)
        return self.member(base, sub, primes, label, start)


_EXTREMISER = readings(EXTREMISERS)
HALVES = {Relation.GT: "positive", Relation.GE: "nonnegative", Relation.LT: "negative"}
INTERVALS = {("(", ZERO, ONE, ")"): "unit", ("[", ZERO, ONE, "]"): "closed_unit",
             ("(", ZERO, INFINITY, ")"): "positive", ("[", ZERO, INFINITY, ")"): "nonnegative",
             ("(", neg(INFINITY), INFINITY, ")"): "real"}
_OPENING, _CLOSING = ("(", "[", "{", r"\{"), (")", "]", "}", r"\}")
