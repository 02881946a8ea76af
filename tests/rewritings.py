"""Random expressions that are defined everywhere, and rewritings of scalars that are true everywhere.

A rule (node, grower) -> equal Term, or None, never makes the right side undefined where the left one is defined.
"""


from functools import cache

from derive.reading.declarations import read_declarations
from derive.term import (
    HALF,
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    Term,
    add,
    div,
    inv,
    mul,
    name,
    neg,
    num,
    pow_,
    rebuild,
    sub,
)

DECLARED = {
    "scalar": {**dict.fromkeys("abx", "real scalar"), **dict.fromkeys("pq", "positive scalar"), "t": "scalar in (0,1)"},
    "sum": {"N": "integer >= 1", "x_i": "real scalars, i = 1..N", "y_i": "real scalars, i = 1..N",
            "p_i": "positive scalars, i = 1..N", "a": "real scalar", "b": "real scalar"},
    "matrix": {"n": "integer >= 1", "m": "integer >= 1", "A": "matrix n x n", "B": "matrix n x n", "C": "matrix n x m",
               "S": "symmetric matrix n x n", "P": "positive definite matrix n x n", "Q": "orthogonal matrix n x n",
               "G": "invertible matrix n x n", "u": "vector n", "v": "vector n", "w": "vector m", "a": "real scalar"},
    "moment": {"X": "random variable with finite variance", "Y": "random variable with finite variance",
               "Z": "random variable, independent of X", "a": "real scalar", "b": "real scalar",
               "c": "positive scalar"},
}
DECLARED["derivative"] = DECLARED["scalar"]
A, B, X, P, Q, T = map(name, "abxpqt")


def f(head, *args):
    return Term(head, args)


@cache
def declared(kind):
    return read_declarations(DECLARED[kind])


class Grower:
    """A source of random Terms of one kind."""

    def __init__(self, rng, kind):
        self.rng, self.kind, self.bound = rng, kind, ()

    def pick(self, *choices):
        return self.rng.choice(choices)

    def leaf(self):
        if self.kind in ("scalar", "derivative"):
            return self.pick(A, B, X, X, P, Q, T, num(self.rng.randint(2, 5)))
        entries = [f("index", name(letter), i) for letter in "xyp" for i in self.bound]
        return self.pick(name("a"), name("b"), *entries, *entries, num(self.rng.randint(2, 4)))

    def scalar(self, depth):
        """Any expression that is defined everywhere on the declared domain."""
        if depth <= 0:
            return self.leaf()
        d = depth - 1
        return self.rng.choice((
            lambda: add(self.scalar(d), self.scalar(d)), lambda: sub(self.scalar(d), self.scalar(d)),
            lambda: mul(self.scalar(d), self.scalar(d)), lambda: pow_(self.scalar(d), TWO),
            lambda: div(self.scalar(d), self.positive(d)),
            lambda: f(self.pick("exp", "tanh", "sin", "cos", "sigmoid", "softplus"), self.scalar(d)),
            lambda: f("log", self.positive(d)), lambda: pow_(self.positive(d), HALF),
            lambda: self.kinked(d)))()

    def kinked(self, depth):
        if self.kind == "derivative" or self.rng.random() < 0.5:
            return mul(self.scalar(depth), self.leaf())
        return self.pick(f("abs", self.scalar(depth)), f("relu", self.scalar(depth)),
                         f("max", self.scalar(depth), self.scalar(depth)))

    def positive(self, depth):
        leaves = [P, Q, T] if self.kind in ("scalar", "derivative") else \
            [f("index", name("p"), i) for i in self.bound] or [f("exp", name("a"))]
        if depth <= 0:
            return self.rng.choice(leaves)
        d = depth - 1
        return self.rng.choice((
            lambda: add(self.positive(d), self.positive(d)), lambda: mul(self.positive(d), self.positive(d)),
            lambda: div(self.positive(d), self.positive(d)), lambda: f("exp", self.scalar(d)),
            lambda: add(ONE, pow_(self.scalar(d), TWO)), lambda: pow_(self.positive(d), HALF),
            lambda: f(self.pick("sigmoid", "softplus", "cosh"), self.scalar(d))))()


def is_positive(term):
    """Whether a term is positive by its form."""
    match term.head:
        case "num":
            return term.value > 0
        case "name" | "index":
            base = term if term.head == "name" else term.args[0]
            return base in (P, Q, T)
        case "exp" | "sigmoid" | "softplus" | "cosh":
            return True
        case "mul":
            return all(map(is_positive, term.args))
        case "add":
            return is_positive(term.args[0]) and all(is_positive(a) or is_square(a) for a in term.args)
        case "pow":
            return is_positive(term.args[0])
    return False


def is_square(term):
    return term.head == "pow" and term.args[1] is TWO


# -- rewritings of scalars --------------------------------------------------------------------------------------------

def distributed(t, g):
    if t.head == "mul":
        for k, a in enumerate(t.args):
            if a.head == "add":
                return add(*(mul(*t.args[:k], s, *t.args[k + 1:]) for s in a.args))
    return None


def reordered(t, g):
    if t.head == "add":
        return add(*g.rng.sample(t.args, len(t.args)))
    if t.head == "mul" and g.kind != "matrix":
        return mul(*g.rng.sample(t.args, len(t.args)))
    return None


def square_written_out(t, g):
    if is_square(t) and t.args[0].head == "add":
        a, b = t.args[0].args[0], add(*t.args[0].args[1:])
        return add(pow_(a, TWO), mul(TWO, a, b), pow_(b, TWO))
    return mul(t.args[0], t.args[0]) if is_square(t) else None


def exponents(t, g):
    if t.head == "exp" and t.args[0].head == "add":
        return mul(*(f("exp", a) for a in t.args[0].args))
    if t.head == "exp":
        return g.pick(inv(f("exp", neg(t.args[0]))), pow_(f("exp", mul(HALF, t.args[0])), TWO))
    return None


def logarithms(t, g):
    if t.head != "log":
        return None
    inner = t.args[0]
    if inner.head == "mul" and all(map(is_positive, inner.args)):
        return add(*(f("log", a) for a in inner.args))
    if inner.head == "pow" and is_positive(inner.args[0]):
        return mul(inner.args[1], f("log", inner.args[0]))
    return inner.args[0] if inner.head == "exp" else mul(HALF, f("log", pow_(inner, TWO)))


FORMULAS = {
    "sigmoid": lambda z: (inv(add(ONE, f("exp", neg(z)))), sub(ONE, f("sigmoid", neg(z))),
                          div(f("exp", z), add(ONE, f("exp", z))),
                          mul(HALF, add(ONE, f("tanh", mul(HALF, z))))),
    "tanh": lambda z: (sub(mul(TWO, f("sigmoid", mul(TWO, z))), ONE), div(f("sinh", z), f("cosh", z)),
                       neg(f("tanh", neg(z)))),
    "softplus": lambda z: (f("log", add(ONE, f("exp", z))), add(z, f("softplus", neg(z))),
                           neg(f("log", f("sigmoid", neg(z))))),
    "sin": lambda z: (mul(TWO, f("sin", mul(HALF, z)), f("cos", mul(HALF, z))), neg(f("sin", neg(z)))),
    "cos": lambda z: (sub(ONE, mul(TWO, pow_(f("sin", mul(HALF, z)), TWO))), f("cos", neg(z))),
    "cosh": lambda z: (mul(HALF, add(f("exp", z), f("exp", neg(z)))),),
    "sinh": lambda z: (mul(HALF, sub(f("exp", z), f("exp", neg(z)))),),
    "abs": lambda z: (f("max", z, neg(z)), pow_(pow_(z, TWO), HALF), f("abs", neg(z))),
    "relu": lambda z: (f("max", z, ZERO), mul(HALF, add(z, f("abs", z))), add(z, f("relu", neg(z)))),
}


def formula(t, g):
    return g.rng.choice(FORMULAS[t.head](*t.args)) if t.head in FORMULAS else None


def maxima(t, g):
    if t.head != "max" or len(t.args) != 2:
        return None
    a, b = t.args
    return g.pick(mul(HALF, add(a, b, f("abs", sub(a, b)))), f("max", b, a), add(b, f("relu", sub(a, b))),
                  neg(f("min", neg(a), neg(b))))


def roots(t, g):
    if t.head == "pow" and t.args[1] is HALF:
        inner = t.args[0]
        if inner.head == "mul" and all(map(is_positive, inner.args)):
            return mul(*(pow_(a, HALF) for a in inner.args))
        return f("exp", mul(HALF, f("log", inner))) if is_positive(inner) else None
    return None


def quotients(t, g):
    if t.head == "pow" and t.args[1] is MINUS_ONE and is_positive(t.args[0]):
        c = g.positive(0)
        return mul(c, inv(mul(c, t.args[0])))
    return None


def nothing_added(t, g):
    if g.kind == "matrix" or g.rng.random() > 0.3:
        return None
    c = g.leaf()
    return g.pick(add(t, c, neg(c)), mul(t, add(pow_(f("sin", c), TWO), pow_(f("cos", c), TWO))),
                  add(sub(t, c), c))


SCALAR_RULES = (distributed, reordered, square_written_out, exponents, logarithms, formula, maxima, roots, quotients,
                nothing_added)


def rewritten(term, g, rules, times):
    """The term after some rewritings at random nodes."""
    for _ in range(times):
        term = _once(term, g, rules)
    return term


def _once(term, g, rules):
    paths = list(_paths(term))
    g.rng.shuffle(paths)
    for path in paths:
        node = term
        for k in path:
            node = node.args[k]
        for rule in g.rng.sample(rules, len(rules)):
            new = rule(node, g)
            if new is not None and new is not node:
                return _with(term, path, new)
    return term


def _paths(term, path=()):
    yield path
    for k, a in enumerate(term.args):
        closed = term.head in ("index", "range") or term.head in ("sum", "prod") and k or term.head == "deriv" and k
        if not closed and a.head not in ("num", "rel"):
            yield from _paths(a, (*path, k))


def _with(term, path, new):
    if not path:
        return new
    k, *rest = path
    return rebuild(term, (*term.args[:k], _with(term.args[k], rest, new), *term.args[k + 1:]))


