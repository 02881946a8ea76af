"""Matrix words: what must be proved for all sizes, beside near misses that must not be."""

import pytest

from derive.term import (ONE, TWO, Claim, Declaration, Relation, add, deriv, div, inv, mul, name, neg, num, pow_, sub,
                         term)
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
    Declaration("c", "scalar"), Declaration("P", "matrix", (n, n), definition=mul(name("X"), term("transpose", name("X")))),
)
A, B, S, Q, X, I, x, y, w, c, P = map(name, "A B S Q X I x y w c P".split())


def T(t):
    return term("transpose", t)


def tr(t):
    return term("tr", t)


def squared_norm(t):
    return pow_(term("norm", t), TWO)


residual = sub(mul(X, w), y)
resolvent = inv(add(mul(c, I), mul(X, T(X))))

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


def test_a_symmetric_letter_is_no_variable():
    with pytest.raises(CannotDecide):
        words(deriv(mul(T(x), S, x), S), mul(x, T(x)))


def test_vector_by_vector_needs_its_layout():
    claim = deriv(mul(A, x), x), A
    assert words(*claim, layout="numerator") is True
    with pytest.raises(CannotDecide):
        words(*claim)


def test_entries_beside_their_array_are_refused():
    with pytest.raises(CannotDecide):
        words(deriv(mul(term("index", x, ONE), T(x), y), x), mul(term("index", x, ONE), y))
