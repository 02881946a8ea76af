"""Shapes of Terms: every row is an equation of linear algebra, or a product that does not exist."""

import pytest

from derive.reading import read
from derive.reading.declarations import read_declarations
from derive.term import IMPLIED, ONE, Declaration, add, index, mul, name, num
from derive.term.shapes import ShapeError, shape_of, show

WORDS = {
    "A": "matrix n x m", "B": "matrix m x n", "S": "symmetric matrix n x n", "I": "identity matrix n x n",
    "b": "vector m", "c": "vector n", r"\mathbf{a}_i": "vectors n, i = 1..k", "w_i": "real sequence, i = 1..k",
    "s": "real scalar", "X": "random vector n", "r": "row vector n", "f": "vector n valued function",
    "p": "probability density on the real line", "F": "matrix 2 x 3", "u": "vector 3",
}
SYMBOLS = read_declarations(WORDS)
N, M, K = map(name, "nmk")

SHAPES = [
    ("A b", (N,)), ("A B", (N, N)), ("B A", (M, M)), ("A^T c", (M,)), ("c^T A", (ONE, M)), ("c^T c", ()),
    ("c c^T", (N, N)), ("c^T A b", ()), ("s A", (N, M)), ("A s b", (N,)), ("S + s I", (N, N)), ("S^{-1}", (N, N)),
    (r"\det S", ()), (r"\operatorname{tr}(A B)", ()), (r"\|A b\|", ()), (r"\operatorname{vec}(A)", (mul(M, N),)),
    (r"\operatorname{diag}(c)", (N, N)), (r"\mathbf{a}_i", (N,)), ("w_i", ()), ("A_{ij}", ()), ("c_i", ()),
    (r"\sum_{i=1}^k w_i \mathbf{a}_i", (N,)), (r"\sum_{i=1}^k \mathbf{a}_i \mathbf{a}_i^T", (N, N)),
    (r"\mathbb{E}[X]", (N,)), (r"\operatorname{Cov}[X]", (N, N)), (r"\operatorname{Cov}[X, A b]", (N, N)),
    (r"\operatorname{Var}[s]", ()), (r"\nabla_b (b^T b)", (M,)),
        (r"\frac{\partial}{\partial A} \operatorname{tr}(A B)", (N, M)),
    (r"\frac{\partial (A b)}{\partial s}", (N,)), (r"\nabla_b^2 (b^T b)", (M, M)), ("f(s)", (N,)), ("p(s)", ()),
    ("r c", ()), ("r^T", (N,)), ("F u", (num(2),)), (r"\begin{bmatrix} 1 \\ s \end{bmatrix}", (num(2),)),
    (r"\begin{bmatrix} 1 & 2 & 3 \end{bmatrix}", (ONE, num(3))), (r"\begin{bmatrix} A & c \end{bmatrix}", (N, add(M,
        ONE))),
    (r"\begin{bmatrix} S & 0 \\ 0 & S \end{bmatrix}", (add(N, N), add(N, N))), (r"S \otimes F", (mul(N, num(2)),
        mul(N, num(3)))),
    (r"\mathbb{1}[s > 0]", ()), ("unknown", None), ("A z", None), (r"\operatorname{argmin}_{b} \|A b - c\|^2", (M,)),
    (r"c + \mathbf{0}", (N,)), ("F S F", (num(2), num(3))),
]

CLASHES = ["A + S", "A c", "b + c", "A A", "c c", "c b", "S + s", "A^2", r"\det A", r"\operatorname{tr}(A)",
    r"\sum_{i=1}^k (w_i + b)",
           r"\begin{bmatrix} A & b \end{bmatrix}", r"\sum_{i=1}^k (\mathbf{a}_i + b)", r"\mathbb{E}[X + b]", "F F"]


@pytest.mark.parametrize("text, shape", SHAPES, ids=[t for t, _ in SHAPES])
def test_shape(text, shape):
    assert shape_of(read(text, SYMBOLS), SYMBOLS) == shape


@pytest.mark.parametrize("text", CLASHES)
def test_clash(text):
    with pytest.raises(ShapeError):
        shape_of(read(text, SYMBOLS), SYMBOLS)


def test_clash_names_both_shapes_and_the_term():
    product = read("A c", SYMBOLS)
    with pytest.raises(ShapeError, match="matrix n x m and vector n cannot be multiplied") as found:
        shape_of(product, SYMBOLS)
    assert found.value.term is product and found.value.sizes == (M, N)


def test_a_length_that_is_not_stated_agrees_with_every_length():
    open_ = Declaration("x", "vector", (IMPLIED,))
    fixed = Declaration("y", "vector", (name("d"),))
    assert shape_of(add(name("x"), name("y")), (open_, fixed)) == (name("d"),)


def test_a_family_and_a_size_may_share_a_letter():
    symbols = read_declarations({r"\mathbf{b}_j": "vectors d, j = 1..p", "d_j": "real sequence, j = 1..p"})
    assert shape_of(mul(index(name("d"), name("j")), index(name(r"\mathbf{b}"), name("j"))), symbols) == (name("d"),)


@pytest.mark.parametrize("shape, words", [((), "scalar"), ((N,), "vector n"), ((N, M), "matrix n x m"), (None,
    "unknown"),
                                          ((add(N, ONE),), "vector n+1"), ((IMPLIED,), "vector ?")])
def test_shapes_are_said_in_words(shape, words):
    assert show(shape) == words
