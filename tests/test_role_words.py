r"""Roles, sizes and conditions in any order: what the words mean, and that no clause is lost.

A role constrains nothing; a false claim that ignores a constraint is refuted, a true one that needs it is decided.
"""

from itertools import permutations

import pytest

from derive.checking import check_step
from derive.printing.words import key, say
from derive.reading.claims import read_claim
from derive.reading.declarations import read_declarations
from derive.reading.vocabulary import ROWS
from derive.term import IMPLIED, ONE, num
from derive.term.record import replace

SAME = [    # name, words, the same in the plainest words
    *(("A", words, "matrix n x n") for words in (
        "n x n matrix", "n-by-n matrix", "n by n matrix", r"n\times n matrix", "real n x n matrix", "n x n real matrix",
        "matrix of size n x n", "matrix of size n by n", "matrix of order n", "matrix with n rows and n columns",
        r"A \in \mathbb{R}^{n\times n}", r"A\in\mathbb R^{n \times n}", "matrix in R^{n x n}", "n x n weight matrix",
        "weight matrix, n x n", "a fixed n x n matrix", "matrix of weights, n x n", "query matrix in R^{n x n}")),
    *(("A", words, "symmetric positive definite matrix n x n") for words in (
        "n x n symmetric positive definite matrix", "symmetric positive definite n x n matrix",
        r"n\times n symmetric positive definite", "positive definite covariance matrix, n x n",
        "matrix of order n, symmetric, positive definite", r"positive definite, A \in \mathbb{R}^{n\times n}")),
    ("X", "n x p design matrix", "matrix n x p"), ("X", "p x p identity matrix", "identity matrix p x p"),
    *((r"\mathbf{x}", words, "vector d") for words in (
        "vector of length d", "vector of dimension d", "d-dimensional vector", "d-vector", "vector in R^d",
        "vector of R^d", r"\mathbf{x} \in \mathbb{R}^d", r"\mathbf{x}\in\mathbb R^d", "column vector of length d",
        "input vector in R^d", "point in R^d", "vector of weights in R^d", "weight vector, in R^d", "query in R^d",
        "state vector of dimension d", "column vector with d real components", "positive embedding in R^d")),
    ("x_j", "key vectors in R^d, j = 1..n", "vectors d, j = 1..n"),
    ("x_j", "keys in R^d, j = 1, ..., n", "vectors d, j = 1..n"),
    *(("x", words, "real scalar") for words in (
        "real", "real number", r"x \in \mathbb{R}", "x in R", "constant", "real constant", "fixed real number",
        "learning rate", "temperature", "threshold", "a margin", "angle", "real angle", "logit", "scale, real",
        "learning rate of the network", "step size, real scalar")),
    *(("x", words, "positive scalar") for words in (
        "x > 0", "0 < x", "real, x > 0", "temperature, x > 0", "learning rate x > 0", "positive constant",
        "a positive number",
        "x > 0, real", "rate parameter, x > 0", "bandwidth, positive", "positive learning rate")),
    *(("x", words, "nonnegative scalar") for words in (r"x \ge 0", "0 <= x", r"penalty weight, x \geq 0")),
    *(("x", words, "scalar in (0,1)") for words in (
        "0 < x < 1", r"x \in (0,1)", "in (0,1)", "probability in (0,1)", "probability, 0 < x < 1", "1 > x > 0",
        r"discount factor, x \in (0,1)")),
    ("x", r"x \ne 0, real", "nonzero scalar"), ("x", "nonzero real", "nonzero scalar"),
    ("y", r"label, y \in \{0,1\}", "label in {0, 1}"), ("y", "class label in {-1, 1}", "label in {-1, 1}"),
    *(("n", words, "positive integer") for words in (
        "number of classes", "number of observations", "number of training examples", "sample size", "dimension",
        "number of rounds, a positive integer", "natural number", r"n \in \mathbb{N}", "hidden dimension")),
    ("n", r"n \ge 2, integer", "integer >= 2"), ("c", "true class, index in 1..K", "index in 1..K"),
    ("x_i", r"x_1, \ldots, x_n \in \mathbb{R}", "real scalars, i = 1..n"),
    ("x_k", r"real numbers x_0, x_1, \ldots, x_n", "real scalars, k = 0..n"),
    ("w_i", "nonnegative weights that sum to one, i = 1..n", "nonnegative weights, sum to 1, i = 1..n"),
    ("y", "vector (y_1,...,y_n)^T", "vector n"), ("I", "identity of size n", "identity matrix n x n"),
    (r"\mathbf{1}", "vector of n ones", "all-ones vector n"), ("g", "logistic function", "logistic sigmoid"),
    ("D", "diagonal n x n matrix of singular values", "diagonal positive semidefinite matrix n x n"),
    ("D", "diagonal n x n matrix with positive diagonal", "diagonal positive definite matrix n x n"),
    ("D", "diagonal n x n matrix with positive entries on the diagonal",
     "diagonal positive definite matrix n x n"),
    ("w", r"weights, w \in \mathbb{R}^d", "vector d"), ("x", "element of R^n", "vector n"),
    ("X", r"element of \mathbb{R}^{n\times d}", "matrix n x d"),
    ("x_i", "points in R^d, i = 1..n", "vectors d, i = 1..n"),
    ("x_i", "x_i real, i = 1..n", "real scalars, i = 1..n"), ("k", "class index, 1..K", "index in 1..K"),
    ("W", "h x d weight matrix of the first layer", "matrix h x d"), ("U", "m x k user-factor matrix", "matrix m x k"),
    ("a_i", r"dual variables, a_i \ge 0, i = 1..n", "nonnegative scalars, i = 1..n"),
    ("x", "slack variable, nonnegative", "nonnegative scalar"), ("x", r"leak parameter, 0 < x < 1", "scalar in (0,1)"),
    ("e_j", "j-th standard basis vector of R^K", "standard basis vector of R^K"),
    ("f", "smooth scalar-valued function on R^d", "differentiable function from R^d to R"),
    ("f", "twice differentiable f: R^m -> R", "differentiable function from R^m to R"),
    ("L", "differentiable loss, L: R^p -> R", "differentiable function from R^p to R"),
    ("g", "softmax", "softmax function"), ("g", "ReLU", "rectified linear unit"),
    ("g", "softmax map, R^K -> R^K", "softmax function from R^K to R^K"),
    ("g", "natural logarithm", "logarithm"),
    ("c", "terms that do not depend on x", "constant independent of x"),
    ("c", "additive constant not involving x or y", "constant independent of x, y"),
    ("c", "constant with respect to x", "constant independent of x"),
    ("c", "constant in x", "constant independent of x"),
    ("f", r"f: \mathbb{R}^d \to \mathbb{R}, differentiable function", "differentiable function from R^d to R"),
    ("g", "twice continuously differentiable function R^n -> R", "differentiable function from R^n to R"),
]


@pytest.mark.parametrize("latex, words, plain", SAME, ids=[f"{n}: {w}" for n, w, _ in SAME])
def test_reads_as(latex, words, plain):
    found, wanted = (read_declarations({latex: w})[0] for w in (words, plain))
    assert replace(found, text="") == replace(wanted, text="")


@pytest.mark.parametrize("latex, words", [(n, w) for n, w, _ in SAME] + [
    ("L", "lower triangular n x n matrix with positive diagonal entries"),
    ("x_i", "real scalars, i = 1..n, not all equal"),
    ("h_t", r"random variables, t = 1..T, with \operatorname{Cov}[h_s,h_t]=c for s \ne t")])
def test_what_is_said_is_read_back(latex, words):
    first = read_declarations({latex: words, "c": "real scalar"})
    again = read_declarations({key(first[0]): say(first[0], first), "c": "real scalar"})[0]
    assert not first[0].unread and replace(again, text="") == replace(first[0], text="")


UNREAD = [      # name, words, other declarations, whether the head is unread
    ("x", "input", {}, True), ("w", "weights", {}, True), ("p", "probability", {}, None),
    ("x", "real vector", {}, None),
    ("x", "exponential random variable", {}, True), ("A", "n x n projection matrix", {}, False),
    ("A", "n x n rotation matrix", {}, False), ("A", "n x m symmetric vector", {}, True),
    ("r", "residual (real)", {"y": "real scalar"}, False), ("r", "residual (real)", {}, None),
    ("r", "residual (real)", {"d": "threshold, d > 0"}, None),
    ("r", "residual vector in R^n", {"y": "vector n"}, False),
    ("g", "gradient vector in R^d", {"f": "differentiable function from R^d to R"}, False),
    ("g", "gradient vector in R^d", {"x": "vector d"}, None),
    ("m", "mean, real scalar", {"x_i": "reals, i = 1..n"}, False),
    ("m", "mean, real scalar", {"x": "real scalar"}, None), ("m", "mean, real scalar", {"X": "random variable"}, False),
    ("v", "variance, real scalar", {}, False), ("v", "running variance, nonnegative scalar", {}, None),
    ("a_i", "attention weights, i = 1..n, real", {}, False), ("g", "negative gradient vector in R^d", {}, True),
    ("m", "mean of the x_i", {}, True), ("m", "mean of the x_i", {"x_i": "real scalars"}, True),
    ("m", "mean of x_1, ..., x_m", {"x_i": "real scalars, i = 1..n"}, True),
    ("V", r"matrix d x k with columns \mathbf{v}_1, \ldots, \mathbf{v}_r", {}, True),
    ("f", r"function of x_1, \ldots, x_n", {}, True), ("x", "small positive constant", {}, False),
    ("m", "running mean, real scalar", {"x": "vector d"}, None),
    ("m", "mean vector in R^d", {"S": "covariance matrix d x d"}, None),
    ("g", "gradient, real scalar", {"m": "m = a g + b", "z": "z = 0"}, None),
    ("g", "gradient, real", {"L": "L = w^2"}, False),
    ("f", r"f(x) = \frac{1}{2}(1+\operatorname{erf}(x/\sqrt{2})), the standard normal cdf", {}, None),
    ("B", "B = (A^T A)^{-1} A^T (pseudo-inverse)", {"A": "matrix n x d"}, None),
    ("B", "B = U S V^T (singular value decomposition)", {"U, S, V": "matrices n x n"}, False),
    ("z", "z = 2x, standard normal", {"x": "real scalar"}, False),
    ("x_t", "current iterate in R^d", {"y": "y = A^{-1}b"}, None),
    ("x_t", "current iterate in R^d", {"f": "differentiable function from R^d to R"}, False),
    ("s_i", "positive singular values, i = 1..r", {"A": "matrix n x d"}, False),
    ("s_i", "positive singular values, i = 1..r", {"u_i": "vectors d, i = 1..r"}, None),
    ("D", "diagonal n x n matrix of eigenvalues", {"A": "matrix n x n"}, False),
    ("l", "eigenvalue of A", {"A": "symmetric n x n matrix"}, False),
    ("l", "eigenvalue of A", {"A": "symmetric n x n matrix", "v": "eigenvector of A with eigenvalue l"}, None),
    ("f", "L-smooth function from R^d to R", {"L": "positive scalar"}, False),
    ("x", "real scalar x real", {}, True), ("c", "constant independent of the data", {}, True),
    ("x, y", "orthogonal vectors in R^n", {}, True), ("x, y", "real scalars summing to one", {}, True),
    ("x, y", "vectors in R^n with x^T y = 0", {}, None), ("x, y", "i.i.d. random variables", {}, True),
]


@pytest.mark.parametrize("latex, words, others, head", UNREAD)
def test_what_may_relate_or_define_is_named(latex, words, others, head):
    found = read_declarations({latex: words} | others)[0]
    assert bool(found.unread) is (head is not None) and found.unread_head is bool(head)


NEEDED = [      # declarations, left, right, is it true; the twin differs in the words or in the claim
    ({"x": "x > 0"}, r"\sqrt{x^2}", "x", True), ({"x": "real"}, r"\sqrt{x^2}", "x", False),
    ({"x": "learning rate"}, r"\sqrt{x^2}", "x", False), ({"x": "0 < x < 1"}, "|1-x|", "1-x", True),
    ({"x": "x > 1"}, "|x-1|", "x-1", True), ({"x": "x > 0"}, "|x-1|", "x-1", False),
    ({"A": "n x n symmetric matrix", "B": "n x n matrix"}, "(AB)^T", "B^T A", True),
    ({"A": "n x n matrix", "B": "n x n matrix"}, "(AB)^T", "B^T A", False),
    ({"A": r"n\times n symmetric positive definite"}, "A^T", "A", True),
    ({"A": r"A \in \mathbb{R}^{n\times n}"}, "A^T", "A", False),
    ({"L": "lower triangular n x n matrix with positive diagonal entries", "n": "integer >= 1"},
     r"\sqrt{L_{11}^2}", "L_{11}", True),
    ({"L": "lower triangular n x n matrix", "n": "integer >= 1"}, r"\sqrt{L_{11}^2}", "L_{11}", False),
    ({"D": "diagonal matrix with positive entries d_1, ..., d_n", "n": "integer >= 1"},
     r"\operatorname{tr}(D)", r"\sum_{i=1}^n |d_i|", True),
    ({"D": "diagonal matrix with diagonal entries d_1, ..., d_n", "n": "integer >= 1"},
     r"\operatorname{tr}(D)", r"\sum_{i=1}^n |d_i|", False),
    ({"x_i": "real observations, i = 1..n", "m": "sample mean of the x_i", "n": "sample size"},
     r"\sum_{i=1}^n (x_i-m)", "0", True),
    ({"x_i": "real observations, i = 1..n", "m": "real scalar", "n": "sample size"},
     r"\sum_{i=1}^n (x_i-m)", "0", False),
    ({"x_i": "real observations, i = 0..n", "m": "mean of x_0, ..., x_n", "n": "integer >= 1"},
     r"\sum_{i=0}^n x_i", "(n+1)m", True),
    ({"x_i": "real observations, i = 0..n", "m": "mean of x_0, ..., x_n", "n": "integer >= 1"},
     r"\sum_{i=0}^n x_i", "n m", False),
    ({"A, B": "n x n symmetric matrices"}, "(AB)^T", "BA", True), ({"A, B": "n x n matrices"}, "(AB)^T", "BA", False),
    ({"X, Y": "independent random variables"}, r"\mathbb{E}[XY]", r"\mathbb{E}[X]\mathbb{E}[Y]", True),
    ({"X, Y": "random variables"}, r"\mathbb{E}[XY]", r"\mathbb{E}[X]\mathbb{E}[Y]", False),
    ({"A": "n x n matrix such that I+A is invertible", "I": "identity of size n"}, "(I+A)(I+A)^{-1}", "I", True),
    ({"w_i": "nonnegative weights that sum to one, i = 1..n", "n": "integer >= 2"}, r"\sum_{i=1}^n (w_i+w_i)", "2",
    True),
    ({"w_i": "nonnegative weights, i = 1..n", "n": "integer >= 2"}, r"\sum_{i=1}^n (w_i+w_i)", "2", False),
    ({"e": "small positive constant", "x": "real scalar"}, "(x+e)^2-x^2", "e(2x+e)", True),
    ({"e": "small positive constant", "x": "real scalar"}, "(x+e)^2-x^2", "2xe", False),
    ({"e": "positive constant"}, r"\frac{|e-1|}{e-1}", "-1", False),
    ({"A": "n x n matrix with positive determinant"}, r"|\det(A)|", r"\det(A)", True),
    ({"A": "n x n matrix"}, r"|\det(A)|", r"\det(A)", False),
    ({"z_j": "logits, real numbers, j = 1..K", "K": "number of classes"}, r"\sum_{j=1}^K |z_j|", r"\sum_{j=1}^K z_j",
     False),
    ({"z_j": "logits, positive numbers, j = 1..K", "K": "number of classes"}, r"\sum_{j=1}^K |z_j|",
     r"\sum_{j=1}^K z_j", True),
    ({"P": "n x n covariance matrix"}, "P^T", "P", True),
    ({"e_c": "c-th standard basis vector of R^K", "c": "index, 1..K", "K": "integer >= 2"}, "e_c^T e_c", "1", True),
    ({"e_c": "c-th standard basis vector of R^K", "c": "index, 1..K", "K": "integer >= 2"}, "e_c^T e_c", "2", False),
    ({"v": "eigenvector of A with eigenvalue l", "A": "2 x 2 matrix", "l": "real scalar"}, "AAv", "l^2 v", True),
    ({"v": "eigenvector of A with eigenvalue l", "A": "2 x 2 matrix", "l": "real scalar"}, "AAv", "2l v", False),
    ({"A": "function of t with values in invertible n x n matrices", "t": "real scalar"}, "A(t)^{-1}A(t)A(t)", "A(t)",
     True),
    ({"A": "function of t with values in invertible n x n matrices", "t": "real scalar"}, "A(t)^{-1}A(t)A(t)",
     "A(t)^T", False),
    ({"g": "softmax function", "z": "vector n", r"\mathbf{1}": "vector of n ones", "c": "real"},
     r"g(z+c\mathbf{1})", "g(z)", True),
    ({"g": "softmax function", "z": "vector n", r"\mathbf{1}": "vector of n ones", "c": "real"},
     r"g(z+c\mathbf{1})", r"g(z)+c\mathbf{1}", False),
    ({"F": "standard normal cdf", "p": "standard normal density", "x": "real"}, r"F'(x)", "p(x)", True),
    ({"F": "standard normal cdf", "p": "standard normal density", "x": "real"}, r"F'(x)", "x p(x)", False),
    ({"'": "transpose", "A": "n x n matrix", "B": "n x n matrix"}, "(AB)'", "B'A'", True),
    ({"'": "transpose", "A": "n x n matrix", "B": "n x n matrix"}, "(AB)'", "A'B'", False),
    ({"v_{t+1}": "v_{t+1} = b v_t", "v_t": "real numbers", "b": "real"}, "v_{t+1}", "b^2 v_{t-1}", True),
    ({"v_{t+1}": "v_{t+1} = b v_t", "v_t": "real numbers", "b": "real"}, "v_{t+1}", "b^3 v_{t-1}", False),
]


@pytest.mark.parametrize("symbols, left, right, true", NEEDED)
def test_every_constraint_counts(symbols, left, right, true):
    found = check_step(left, right, symbols=symbols)
    assert found.name in (("proved", "supported") if true else ("refuted", "conditional"))


# -- no clause is lost ------------------------------------------------------------------------------------------------
CLAUSES = {
    "x": ["real", "x < c", "x > 0", r"x \ne 1", "learning rate", "x <= 5"],
    "n": ["integer", "n >= 2", "n <= m", r"n \ne 3", "number of classes"],
    "A": ["n x n", "invertible matrix", "A^T = A", r"\operatorname{tr}(A) = 1", r"\det(A) > 0", "design"],
    "x_i": ["real", r"\sum_i x_i = 1", "i = 1..n", "x_i > 0", "not all equal", "weights"],
    r"\mathbf{v}": ["in R^d", r"\mathbf{v} \ne \mathbf{0}", r"\mathbf{v}^T\mathbf{a} = 1", "weight",
    r"\mathbf{a}^T\mathbf{v} > 0"],
    "h_t": ["random variables", "t = 1..T", r"\operatorname{Var}[h_t]=v", r"\operatorname{Cov}[h_s,h_t]=c for s \ne t",
            r"\mathbb{E}[h_t]=0", "mean 0"],
}
OTHERS = {"c": "real scalar", "m": "integer >= 1", r"\mathbf{a}": "vector d", "v": "positive scalar"}
NARROWER = {("domain", "positive"), ("low", num(2))}         # x > 0 beside x != 1 and the like
LINKS = (", ", " with ", " and ", "; ")


def said(latex, words):
    """What a declaration says, one item for each thing, or None where part of it is not read."""
    found = read_declarations({latex: words} | OTHERS)[0]
    if found.unread:
        return None
    plain = replace(type(found)(found.name, found.kind))
    return {(k, v) for k, value in vars(found).items() if k not in ("text", "name", "indices", "kind")
            for v in (value if isinstance(value, (tuple, frozenset)) else (value,))
            if value != getattr(plain, k) and v not in (IMPLIED, ONE)}


PAIRS = [(latex, a, b, link) for latex, clauses in CLAUSES.items() for k, (a, b) in enumerate(permutations(clauses, 2))
         for link in (LINKS[k % 4], LINKS[(k + 1) % 4])]


DEFINED = [     # what is said beside a definition holds of the formula, or forbids a refutation
    ("z = 2x, positive", "|x|", "x", "proved"), ("z = 2x", "|x|", "x", "refuted"),
    ("z = 2x, in (0,1)", "|2x-1|", "1-2x", "proved"), ("z = 2x, nonzero", r"\frac{x}{x}", "1", "proved"),
    ("z = 2x, standard normal", "z", "x", "undecided"), ("z = 2x, integer", "|z|", "z", "undecided"),
]


@pytest.mark.parametrize("words, left, right, verdict", DEFINED)
def test_what_is_said_of_a_formula_counts(words, left, right, verdict):
    found = check_step(left, right, symbols={"z": words, "x": "real scalar"}).name
    assert found == verdict or (found, verdict) == ("conditional", "refuted")


def test_structure_of_a_formula_forbids_a_refutation():
    symbols = {"B": "matrix n x n", "C": "matrix n x n"}
    assert check_step("A^T", "A", symbols={"A": "A = BC, symmetric", **symbols}).name == "undecided"
    assert check_step("A^T", "C^T B^T", symbols={"A": "A = BC, symmetric", **symbols}).name == "proved"


@pytest.mark.parametrize("latex, first, second, link", PAIRS)
def test_no_clause_vanishes(latex, first, second, link):
    """Two clauses together say what each of them says beside the kind, or something is named unread."""
    kinds = {"A": "matrix n x n", "x_i": "real scalars", "h_t": "random variables", r"\mathbf{v}": "vector d",
             "n": "integer", "x": "scalar"}
    both = said(latex, f"{kinds[latex]}, {first}{link}{second}")
    for clause in (first, second) if both is not None else ():
        alone = said(latex, f"{kinds[latex]}, {clause}")
        assert alone is None or alone <= both | {("domain", "nonzero")} or NARROWER & both, (alone, both)


def test_a_conditional_relation_is_kept_beside_others():
    words = r"random variables, t = 1..T, with \operatorname{Var}[h_t]=v and \operatorname{Cov}[h_s,h_t]=c for s \ne t"
    claim = read_claim("1", "=", "1", {"h_t": words, **OTHERS})
    assert len(claim.symbols[0].constraints) == 2 and not claim.symbols[0].unread


def test_every_row_of_roles_has_an_example():
    assert all(row.example for row in ROWS)
