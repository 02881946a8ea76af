"""True claims at random: an expression grows, and its other side is reached by rewritings that are true everywhere.

Scalars, their derivatives, sums of symbolic length, matrices of every size, moments of random variables.  A rule
(node, grower) -> equal Term never makes the right side undefined where the left one is defined.
"""

from random import Random

from derive.term import (
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
    pow_,
    range_,
    sub,
)
from derive.term.walk import replace as put
from rewritings import (
    SCALAR_RULES,
    Grower,
    X,
    declared,
    distributed,
    f,
    is_square,
    reordered,
    rewritten,
    square_written_out,
)

WEIGHTS = {"scalar": 50, "derivative": 26, "sum": 13, "matrix": 3, "moment": 8}


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
    if is_square(t) and t.args[0].head == "sum" and t.args[0].args[1] is I and free_of(t.args[0], J):
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
    if is_square(t) and t.args[0].head == "norm":
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
        if is_square(body) and body.args[0].head == "name" and not _constant(body):
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
