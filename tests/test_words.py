"""Matrix words: what must be proved for all sizes, beside near misses that must not be."""

import pytest

from derive.term import (
    ONE,
    TWO,
    ZEROS,
    Claim,
    Declaration,
    Relation,
    add,
    deriv,
    div,
    inv,
    mul,
    name,
    neg,
    num,
    pow_,
    rel,
    sub,
    term,
)
from verifiers.proofs.word_terms import same_words
from verifiers.verdict import CannotDecide

n, m = name("n"), name("m")
SYMMETRIC = frozenset({"symmetric"})
SYMBOLS = (
    Declaration("n", "size"), Declaration("m", "size"),
    Declaration("A", "matrix", (n, n)), Declaration("B", "matrix", (n, n)),
    Declaration("S", "matrix", (n, n), structure=SYMMETRIC),
    Declaration("Q", "matrix", (n, n), structure=frozenset({"orthogonal"})),
    Declaration("X", "matrix", (n, m)), Declaration("I", "identity", (n, n)),
    Declaration("x", "vector", (n,)), Declaration("y", "vector", (n,)), Declaration("w", "vector", (m,)),
    Declaration("c", "scalar"), Declaration("f", "function", (n,)),
    Declaration("a", "scalar", indices=("i",), definition=mul(name("c"), name("i"))), Declaration("i", "index"),
    Declaration("P", "matrix", (n, n), definition=mul(name("X"), term("transpose", name("X")))),
)
A, B, S, Q, X, I, x, y, w, c, P, f = map(name, "A B S Q X I x y w c P f".split())
a = term("index", name("a"), name("i"))
fx, fy = term("call", f, x), term("call", f, y)


def T(t):
    return term("transpose", t)


def tr(t):
    return term("tr", t)


def squared_norm(t):
    return pow_(term("norm", t), TWO)


def exp(t):
    return term("exp", t)


def density(point, mean, covariance):
    return term("normal_density", point, mean, covariance)


residual = sub(mul(X, w), y)
resolvent = inv(add(mul(c, I), mul(X, T(X))))
both = add(inv(S), inv(Q))
centre = mul(inv(both), x)

EQUAL = {
    "trace of two": (tr(mul(A, B)), tr(mul(B, A))),
    "trace rotates": (tr(mul(A, B, S)), tr(mul(S, A, B))),
    "trace of transposes": (tr(mul(A, B, S)), tr(mul(S, T(B), T(A)))),
    "transpose of a product": (T(mul(A, B)), mul(T(B), T(A))),
    "a scalar is its transpose": (mul(T(x), A, y), mul(T(y), T(A), x)),
    "symmetric form": (mul(T(x), S, y), mul(T(y), S, x)),
    "inner products commute": (mul(x, T(x), y), mul(T(y), x, x)),
    "cancellation": (mul(A, inv(A), x), x),
    "orthogonal": (mul(T(Q), Q, x), x),
    "inverse of a product": (inv(mul(A, B)), mul(inv(B), inv(A))),
    "least squares": (squared_norm(residual), add(mul(T(w), T(X), X, w), mul(num(-2), T(y), X, w), mul(T(y), y))),
    "definition": (P, mul(X, T(X))),
    "equal under exp": (term("exp", mul(T(x), y)), term("exp", mul(T(y), x))),
    "gradient": (term("grad", squared_norm(residual), w), mul(TWO, T(X), residual)),
    "trace derivative": (deriv(tr(mul(A, B)), B), T(A)),
    "quadratic form": (deriv(mul(T(x), A, x), x), mul(add(A, T(A)), x)),
    "inverse derivative": (deriv(tr(mul(A, inv(B))), B), neg(T(mul(inv(B), A, inv(B))))),
    "resolvent derivative": (deriv(mul(T(x), resolvent, x), X), mul(num(-2), resolvent, x, T(x), resolvent, X)),
    "chain": (deriv(term("log", add(ONE, mul(T(x), x))), x), div(mul(TWO, x), add(ONE, mul(T(x), x)))),
    "norm": (deriv(term("norm", x), x), div(x, term("norm", x))),
    "inverted sum": (mul(both, inv(both)), I),
    "inverse of an inverted sum": (inv(inv(add(A, B))), add(A, B)),
    "ridge": (mul(add(mul(c, I), mul(X, T(X))), resolvent, y), y),
    "resolvent identity": (sub(inv(add(A, B)), inv(A)), neg(mul(inv(add(A, B)), B, inv(A)))),
    "completed square": (mul(T(sub(y, mul(inv(add(S, mul(X, T(X)))), x))), add(S, mul(X, T(X))),
                             sub(y, mul(inv(add(S, mul(X, T(X)))), x))),
                         add(mul(T(y), S, y), mul(T(y), X, T(X), y), mul(num(-2), T(y), x),
                             mul(T(x), inv(add(S, mul(X, T(X)))), x))),
    "inverse of a multiple": (inv(mul(add(c, ONE), I)), mul(inv(add(c, ONE)), I)),
    "common factor": (mul(inv(add(mul(c, a), c)), x), mul(inv(c), inv(add(a, ONE)), x)),
    "fraction of a fraction": (mul(inv(div(c, add(a, ONE))), x), mul(div(add(a, ONE), c), x)),
    "product of exponentials": (mul(exp(mul(T(x), y)), exp(mul(T(x), x))), exp(mul(T(x), add(x, y)))),
    "derivative of an exponential": (deriv(exp(mul(num(3), T(x), y)), x), mul(num(3), y, exp(mul(num(3), T(y), x)))),
    "trace of the identity": (tr(mul(c, I)), mul(c, n)),
    "determinant of a multiple": (term("det", mul(pow_(c, TWO), I)), pow_(pow_(c, TWO), n)),
    "density turned round": (density(x, y, S), density(y, x, S)),
    "density": (density(x, y, S), mul(pow_(mul(TWO, term("pi")), neg(div(n, TWO))),
                                      pow_(term("det", S), neg(div(ONE, TWO))),
                                      exp(neg(div(mul(T(sub(x, y)), inv(S), sub(x, y)), TWO))))),
    "call": (squared_norm(sub(fx, y)), add(mul(T(fx), fx), mul(num(-2), T(y), fx), mul(T(y), y))),
}

UNEQUAL = {
    "product order": (mul(A, B), mul(B, A)),
    "trace of three, reversed": (tr(mul(A, B, S)), tr(mul(B, A, S))),
    "dropped transpose": (mul(T(x), A, y), mul(T(y), A, x)),
    "transposed order": (T(mul(A, B)), mul(T(A), T(B))),
    "orthogonal twice": (mul(Q, Q, x), x),
    "inverse order": (inv(mul(A, B)), mul(inv(A), inv(B))),
    "cross term": (squared_norm(residual), add(mul(T(w), T(X), X, w), neg(mul(T(y), X, w)), mul(T(y), y))),
    "factor two": (term("grad", squared_norm(residual), w), mul(T(X), residual)),
    "assumed symmetric": (deriv(mul(T(x), A, x), x), mul(TWO, A, x)),
    "derivative transposed": (deriv(tr(mul(A, B)), B), A),
    "inverse sign": (deriv(tr(mul(A, inv(B))), B), T(mul(inv(B), A, inv(B)))),
    "sum of inverses": (inv(add(A, B)), add(inv(A), inv(B))),
    "square of a sum": (pow_(add(A, B), TWO), add(pow_(A, TWO), mul(TWO, A, B), pow_(B, TWO))),
    "inverted difference": (mul(inv(add(A, B)), A), I),
    "inverse between": (mul(inv(add(A, B)), x, T(y), add(A, B)), mul(x, T(y))),
    "resolvent identity, order": (sub(inv(add(A, B)), inv(A)), neg(mul(inv(A), B, inv(A)))),
    "square not completed": (mul(T(sub(y, centre)), both, sub(y, centre)),
                             add(mul(T(y), both, y), mul(num(-2), T(y), x), mul(T(x), both, x))),
    "sum of exponentials": (add(exp(mul(T(x), y)), exp(mul(T(x), x))), exp(mul(T(x), add(x, y)))),
    "power of an exponential": (exp(mul(TWO, T(x), y)), mul(TWO, exp(mul(T(x), y)))),
    "trace of the identity as one": (tr(mul(c, I)), c),
    "determinant without its power": (term("det", mul(c, I)), c),
    "determinant of a sum": (term("det", add(A, B)), add(term("det", A), term("det", B))),
    "density of another mean": (density(x, y, S), density(x, T(y), S)),
    "density scaled": (density(x, y, mul(TWO, S)), density(x, y, S)),
    "calls at two points": (fx, fy),
    "root of a square": (pow_(pow_(c, TWO), pow_(TWO, num(-1))), c),
}


def words(left, right, **layout):
    return same_words(Claim(left, Relation.EQ, right, SYMBOLS, **layout))


@pytest.mark.parametrize("pair", EQUAL.values(), ids=EQUAL)
def test_proved_for_all_sizes(pair):
    assert words(*pair) is True


@pytest.mark.parametrize("pair", UNEQUAL.values(), ids=UNEQUAL)
def test_different_words_prove_nothing(pair):
    try:
        assert words(*pair) is None
    except CannotDecide:
        pass


# x^T S x - 2 x^T y + c has its stationary point at S^{-1} y; w beside it is no part of the given.
PARABOLA = add(mul(T(x), S, x), mul(num(-2), T(x), y), c)
AT_ITS_LEAST = rel(Relation.EQ, x, mul(inv(S), y))
GIVEN = {
    "stationary point": (deriv(PARABOLA, x), ZEROS, AT_ITS_LEAST, True),
    "stationary point, sides turned": (deriv(PARABOLA, x), ZEROS, rel(Relation.EQ, mul(inv(S), y), x), True),
    "least value": (PARABOLA, add(c, neg(mul(T(y), inv(S), y))), AT_ITS_LEAST, True),
    "another point": (deriv(PARABOLA, x), ZEROS, rel(Relation.EQ, x, mul(S, y)), False),
    "another value there": (deriv(PARABOLA, x), mul(S, x), AT_ITS_LEAST, False),
    "a derivative by what the given holds": (deriv(mul(T(x), y), y), mul(A, y), rel(Relation.EQ, x, mul(A, y)), False),
    "an order": (deriv(PARABOLA, x), ZEROS, rel(Relation.NE, x, mul(inv(S), y)), False),
    "an equation for itself": (x, ZEROS, rel(Relation.EQ, x, mul(A, x)), False),
    "inside a function": (exp(mul(T(x), y)), exp(mul(T(y), inv(S), y)), AT_ITS_LEAST, False),
}


@pytest.mark.parametrize("left, right, given, expected", GIVEN.values(), ids=GIVEN)
def test_an_array_that_is_given_is_put_in(left, right, given, expected):
    try:
        assert words(left, right, givens=(given,)) is (True if expected else None)
    except CannotDecide:
        assert not expected


def test_a_symmetric_letter_is_no_variable():
    with pytest.raises(CannotDecide):
        words(deriv(mul(T(x), S, x), S), mul(x, T(x)))


def test_nothing_is_derived_beside_a_function_that_is_not_known():
    with pytest.raises(CannotDecide):
        words(deriv(mul(T(x), fx), x), fx)
    with pytest.raises(CannotDecide):
        words(deriv(mul(a, c, T(x), y), c), mul(a, T(x), y))


def test_vector_by_vector_needs_its_layout():
    claim = deriv(mul(A, x), x), A
    assert words(*claim, layout="numerator") is True
    with pytest.raises(CannotDecide):
        words(*claim)


def test_entries_beside_their_array_are_refused():
    with pytest.raises(CannotDecide):
        words(deriv(mul(term("index", x, ONE), T(x), y), x), mul(term("index", x, ONE), y))
