"""True claims at random: an expression grows, and its other side is reached by rewritings that are true everywhere.

Scalars, their derivatives, sums of symbolic length, matrices of every size, moments of random variables.  A rule
(node, grower) -> equal Term never makes the right side undefined where the left one is defined.
"""

from functools import cache
from random import Random

from derive.reading.declarations import read_declarations
from derive.term import (
    HALF,
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    Claim,
    Relation,
    Term,
    add,
    div,
    inv,
    mul,
    name,
    neg,
    num,
    pow_,
    range_,
    rebuild,
    sub,
)
from derive.term.walk import replace as put

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
WEIGHTS = {"scalar": 45, "derivative": 22, "sum": 18, "matrix": 3, "moment": 12}
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
            return is_positive(term.args[0]) and all(is_positive(a) or _square(a) for a in term.args)
        case "pow":
            return is_positive(term.args[0])
    return False


def _square(term):
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
    if _square(t) and t.args[0].head == "add":
        a, b = t.args[0].args[0], add(*t.args[0].args[1:])
        return add(pow_(a, TWO), mul(TWO, a, b), pow_(b, TWO))
    return mul(t.args[0], t.args[0]) if _square(t) else None


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


# -- derivatives ------------------------------------------------------------------------------------------------------

SLOPES = {"exp": lambda u: f("exp", u), "log": inv, "sin": lambda u: f("cos", u), "cos": lambda u: neg(f("sin", u)),
          "tanh": lambda u: sub(ONE, pow_(f("tanh", u), TWO)), "softplus": lambda u: f("sigmoid", u),
          "sigmoid": lambda u: mul(f("sigmoid", u), sub(ONE, f("sigmoid", u))), "cosh": lambda u: f("sinh", u),
          "sinh": lambda u: f("cosh", u)}


def slope(t, x):
    """The derivative of a smooth scalar term."""
    if t is x:
        return ONE
    if t.head in ("num", "name", "index"):
        return ZERO
    if t.head == "add":
        return add(*(slope(a, x) for a in t.args))
    if t.head == "mul":
        return add(*(mul(*t.args[:k], slope(a, x), *t.args[k + 1:]) for k, a in enumerate(t.args)))
    if t.head == "pow":
        base, power = t.args
        return mul(power, pow_(base, sub(power, ONE)), slope(base, x))
    if t.head == "sum":
        return Term("sum", (slope(t.args[0], x), *t.args[1:]))
    return mul(SLOPES[t.head](*t.args), slope(t.args[0], x))


# -- sums -------------------------------------------------------------------------------------------------------------

N, I, J = name("N"), name("i"), name("j")


def over(body, variable=I, low=ONE, high=N):
    return Term("sum", (body, variable, range_(low, high)))


def free_of(term, variable):
    return variable not in _names(term)


def _names(term):
    return {term}.union(*map(_names, term.args)) if term.args else {term}


def sums(t, g):
    if t.head != "sum":
        return None
    body, variable, domain = t.args
    if body.head == "add":
        return add(*(Term("sum", (a, variable, domain)) for a in body.args))
    if body.head == "mul":
        outside = [a for a in body.args if free_of(a, variable)]
        if outside and len(outside) < len(body.args):
            return mul(*outside, Term("sum", (mul(*(a for a in body.args if a not in outside)), variable, domain)))
    if free_of(body, variable) and domain is range_(ONE, N):
        return mul(N, body)
    if variable is I and free_of(body, J):
        return Term("sum", (put(body, {I: J}), J, domain))
    return None


def bounds(t, g):
    if t.head != "sum" or t.args[2] is not range_(ONE, N):
        return None
    body, variable, _ = t.args
    return g.pick(over(put(body, {variable: add(variable, ONE)}), variable, ZERO, sub(N, ONE)),
                  add(put(body, {variable: N}), over(body, variable, ONE, sub(N, ONE))),
                  add(put(body, {variable: ONE}), over(body, variable, TWO, N)),
                  over(put(body, {variable: sub(add(N, ONE), variable)}), variable))


def double(t, g):
    if _square(t) and t.args[0].head == "sum" and t.args[0].args[1] is I and free_of(t.args[0], J):
        body, variable, domain = t.args[0].args
        other = put(body, {I: J})
        both = over(over(mul(body, other), J), I)
        below = over(over(mul(body, other), J, ONE, sub(I, ONE)), I)
        return g.pick(both, add(over(pow_(body, TWO)), mul(TWO, below)))
    return None


def sum_claim(g):
    g.bound = (I,)
    body = g.scalar(g.pick(1, 1, 2))
    g.bound = ()
    one = over(body)
    left = g.pick(one, one, pow_(one, TWO), mul(name("a"), one), f("exp", one), div(one, N), add(one, name("b")))
    left = mul(left, over(f("index", name("y"), I))) if g.rng.random() < 0.2 else left
    return left, rewritten(left, g, (sums, bounds, double, *SCALAR_RULES), g.rng.randint(1, 3))


# -- matrices ---------------------------------------------------------------------------------------------------------

def word(g, length):
    return mul(*(g.transposed(name(g.pick(*"ABSPQG"))) for _ in range(length)))


def transposes(t, g):
    if t.head == "transpose":
        inner = t.args[0]
        if inner.head == "mul":
            return mul(*(f("transpose", a) for a in reversed(inner.args)))
        if inner.head == "add":
            return add(*(f("transpose", a) for a in inner.args))
        if inner.head == "transpose":
            return inner.args[0]
        if inner in (name("S"), name("P")):
            return inner
        return inv(inner) if inner is name("Q") else None
    return f("transpose", t) if t in (name("S"), name("P")) else None


def traces(t, g):
    if t.head == "tr":
        inner = t.args[0]
        if inner.head == "mul":
            return f("tr", mul(*inner.args[1:], inner.args[0]))
        if inner.head == "add":
            return add(*(f("tr", a) for a in inner.args))
        return f("tr", f("transpose", inner))
    if t.head == "det" and t.args[0].head == "mul":
        return mul(*(f("det", a) for a in t.args[0].args))
    return None


def inverses(t, g):
    if t.head == "mul":
        k = g.rng.randrange(len(t.args) + 1)
        letter = g.pick(name("G"), name("P"))
        # only between square letters of size n
        if all(a.head in ("name", "transpose") and _letter(a) in "ABSPQG" for a in t.args):
            return mul(*t.args[:k], letter, inv(letter), *t.args[k:])
    return None


def _letter(t):
    while t.args:
        t = t.args[0]
    return t.value if t.head == "name" else "?"


def matrix_claim(g):
    g.transposed = lambda t: f("transpose", t) if g.rng.random() < 0.3 else t
    u, v, w, c, a = name("u"), name("v"), name("w"), name("C"), name("a")
    m, k = word(g, g.rng.randint(1, 3)), word(g, g.rng.randint(1, 2))
    row = f("transpose", u)
    left = g.pick(
        f("tr", mul(m, k)), f("transpose", mul(m, k)), mul(m, add(k, name("A"))), mul(row, m, v), f("det", mul(m, k)),
        mul(row, m, c, w), f("tr", mul(c, f("transpose", c), m)), f("transpose", mul(m, c)),
        mul(add(m, k), add(k, m)), pow_(f("norm", mul(m, u)), TWO), f("tr", add(m, mul(a, k))), mul(m, add(u, v)),
        f("tr", mul(m, u, f("transpose", v))))
    rules = (transposes, traces, inverses, distributed, reordered, norms, forms)
    return left, rewritten(left, g, rules, g.rng.randint(1, 3))


def norms(t, g):
    if _square(t) and t.args[0].head == "norm":
        inner = t.args[0].args[0]
        return mul(f("transpose", inner), inner)
    return None


def forms(t, g):
    if t.head == "mul" and len(t.args) > 2 and t.args[0] is f("transpose", name("u")) and t.args[-1] in (name("v"),
                                                                                                         name("w")):
        return f("transpose", t)
    return None


# -- moments ----------------------------------------------------------------------------------------------------------

def linear(g):
    x, y = g.rng.sample([name("X"), name("Y"), name("Z")], 2)
    return g.pick(add(mul(name("a"), x), name("b")), add(mul(name("a"), x), mul(name("b"), y)), mul(x, y), pow_(x, TWO),
                  sub(x, y), div(x, name("c")), pow_(sub(x, name("a")), TWO))


CONSTANTS = set(map(name, "abc"))


def _constant(t):
    return not any(n in _names(t) for n in map(name, "XYZ")) and t.head != "E"


def expectations(t, g):
    if t.head == "E":
        body = t.args[0]
        if body.head == "add":
            return add(*(a if _constant(a) else f("E", a) for a in body.args))
        if body.head == "mul" and any(map(_constant, body.args)) and not _constant(body):
            return mul(*filter(_constant, body.args), f("E", mul(*(a for a in body.args if not _constant(a)))))
        if body.head == "mul" and set(body.args) == {name("X"), name("Z")}:
            return mul(f("E", name("X")), f("E", name("Z")))
        if _square(body) and body.args[0].head == "name" and not _constant(body):
            return add(f("Var", body.args[0]), pow_(f("E", body.args[0]), TWO))
    return None


def variances(t, g):
    if t.head == "Var":
        body = t.args[0]
        if body.head == "add" and len(body.args) == 2:
            a, b = body.args
            return add(f("Var", a), f("Var", b), mul(TWO, f("Cov", a, b)))
        return g.pick(f("Cov", body, body), sub(f("E", pow_(body, TWO)), pow_(f("E", body), TWO)),
                      f("E", pow_(sub(body, f("E", body)), TWO)))
    if t.head == "Cov":
        a, b = t.args
        return ZERO if {a, b} == {name("X"), name("Z")} else sub(f("E", mul(a, b)), mul(f("E", a), f("E", b)))
    return None


def moment_claim(g):
    body = linear(g)
    left = g.pick(f("E", body), f("Var", body), f("Cov", body, name("Y")), mul(name("a"), f("E", body)))
    return left, rewritten(left, g, (expectations, variances, distributed, square_written_out), g.rng.randint(1, 3))


# -- claims -----------------------------------------------------------------------------------------------------------

def scalar_claim(g):
    left = g.scalar(g.pick(1, 2, 2, 3))
    return left, rewritten(left, g, SCALAR_RULES, g.rng.randint(1, 4))


def derivative_claim(g):
    body = ONE
    while free_of(body, X):
        body = g.scalar(g.pick(1, 2, 2))
    return Term("deriv", (body, X)), rewritten(slope(body, X), g, SCALAR_RULES, g.rng.randint(0, 2))


MAKERS = {"scalar": scalar_claim, "derivative": derivative_claim, "sum": sum_claim, "matrix": matrix_claim,
          "moment": moment_claim}


def random_identity(seed):
    """(kind, true Claim with two different sides), the same for the same seed."""
    rng = Random(seed)
    while True:
        kind = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        left, right = MAKERS[kind](Grower(rng, kind))
        if left is not right:
            return kind, Claim(left, Relation.EQ, right, declared(kind))
