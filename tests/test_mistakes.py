"""The catalogue of slips: every edit is one, no edit repeats, the order is fixed, and usual steps have several."""

import pytest

from derive.term import ONE, TWO, Declaration, add, div, free_names, index, mul, name, neg, num, pow_, range_, term
from verifiers.mistakes import PER_STEP, edits, mutants

x, y, a, i = map(name, "xyai")
n, N = name("n"), name("N")
A, B = name("A"), name("B")
SCALARS = tuple(Declaration(s, "scalar") for s in "xya")
MATRICES = (Declaration("A", "matrix", (n, n)), Declaration("B", "matrix", (n, n)))
X = Declaration("X", "random")

SLIPS = {
    "sign": (add(x, y), add(x, neg(y))),
    "dropped_term": (add(x, y), x),
    "dropped_factor": (mul(a, x), x),
    "factor_two": (x, mul(TWO, x)),
    "factor_half": (x, mul(pow_(TWO, num(-1)), x)),
    "dropped_transpose": (term("transpose", A), A),
    "added_transpose": (mul(A, B), mul(A, term("transpose", B))),
    "matrix_order": (mul(A, B), mul(B, A)),
    "dropped_square": (pow_(x, TWO), x),
    "inverted": (div(x, y), div(y, x)),
    "log_of_product": (term("log", mul(x, y)), mul(term("log", x), term("log", y))),
    "square_of_mean": (term("E", pow_(name("X"), TWO)), pow_(term("E", name("X")), TWO)),
    "direction": (term("KL", name("p"), name("q")), term("KL", name("q"), name("p"))),
    "deviation": (term("Var", name("X")), pow_(term("Var", name("X")), pow_(TWO, num(-1)))),
    "function_of_mean": (term("E", term("log", name("X"))), term("log", term("E", name("X")))),
    "shifted_bound": (term("sum", index(x, i), i, range_(ONE, N)), term("sum", index(x, i), i, range_(TWO, N))),
    "swapped_index": (index(A, i, name("j")), index(A, name("j"), i)),
    "mirrored": (term("max", x, y), term("min", x, y)),
    "dropped_root": (pow_(x, pow_(TWO, num(-1))), x),
    "swapped_names": (add(x, pow_(y, TWO)), add(x, pow_(x, TWO))),
}


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_the_slip_is_in_the_catalogue(slip):
    right, wrong = SLIPS[slip]
    assert wrong in [t for _, t in edits(right, SCALARS + MATRICES + (X,))]


STEPS = [add(mul(TWO, pow_(x, TWO)), neg(div(y, a))), mul(A, B, term("transpose", A)),
         term("sum", mul(index(x, i), index(y, i)), i, range_(ONE, N)), term("log", div(x, y))]


@pytest.mark.parametrize("step", STEPS, ids=range(len(STEPS)))
def test_mutants_are_distinct_bounded_and_in_fixed_order(step):
    first = list(mutants(step, SCALARS + MATRICES))
    assert first == list(mutants(step, SCALARS + MATRICES))
    terms = [t for _, t in first]
    assert len(set(terms)) == len(terms) <= PER_STEP
    assert step not in terms
    assert len({operator for operator, _ in first}) >= 3


def test_names_and_index_sets_are_left_alone():
    step = term("sum", index(x, i), i, range_(ONE, N))
    for _, mutant in edits(step, SCALARS):
        assert free_names(mutant) <= free_names(step)
