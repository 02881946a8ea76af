"""Words for arrays, families, functions and whole numbers: a false claim that ignores a word is refuted, a true one
that needs it is decided."""

import pytest

from derive.checking import check_step
from derive.printing.words import key, say
from derive.reading.declarations import read_declarations
from derive.term.record import replace

X_ROWS = {r"\mathbf{X}": r"N \times D design matrix with rows \mathbf{x}_i^T", r"\mathbf{w}": "weight vector in R^D"}
GRAPH = {r"\mathbf{A}": "symmetric matrix N x N with entries 0 or 1 and zero diagonal", "N": "integer >= 2"}
PERMUTATION = {r"\mathbf{P}": "permutation matrix n x n", r"\mathbf{1}": "vector n of ones", r"\mathbf{x}": "vector n"}
ORDER = {r"\mathbf{P}": r"P_{mn} = \mathbb{1}[m=\pi(n)]", r"\pi": "permutation of 1..N",
         r"\mathbf{I}": "identity matrix N x N"}
ENTRYWISE = {r"\mathbf{a}": "function of one real variable applied elementwise", r"\mathbf{x}": "vector n",
             r"\mathbf{P}": "permutation matrix n x n"}
PADDED = {r"\mathbf{x}": "vector 6 with entries x_i; x_i = 0 for i < 1 and i > 6"}
DIAGONAL = {r"\mathbf{D}": "diagonal matrix n x n with diagonal entries d_i"}
SORTED = {r"\sigma_k": "positive scalars in decreasing order, k = 1..r", "r": "integer >= 2"}
RELU = {r"\operatorname{a}": r"elementwise, \operatorname{a}(z) = \begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases}",
        r"\mathbf{x}": "vector n"}
SIZE = {r"\operatorname{size}": "rows x columns of an array", r"\mathbf{A}": "matrix n x d", r"\mathbf{x}": "vector d"}
FIELD = {"r_l": r"receptive field of layer l: r_l = r_{l-1}+(k_l-1)\prod_{m=1}^{l-1}s_m, l = 1..3",
         "k_l": "integers >= 1 (kernel sizes), l = 1..3", "s_l": "integers >= 1 (strides), l = 1..3"}

SPECTRUM = {"S": "symmetric matrix d x d", r"\lambda_j": "eigenvalues of S in decreasing order, j = 1..d",
            r"\mathbf{v}_j": r"orthonormal eigenvectors, S\mathbf{v}_j=\lambda_j\mathbf{v}_j", "d": "integer >= 2"}
PCA = {"S": r"S = \frac{1}{n}\sum_{i=1}^n\mathbf{x}_i\mathbf{x}_i^T", "d": "integer >= 2",
       r"\mathbf{x}_i": "vectors d, i = 1..n",
       r"\lambda_j": "eigenvalues of S in decreasing order, j = 1..d", r"\mathbf{v}_j": "orthonormal eigenvectors of S"}
LAYERS = {r"\mathbf{h}_t": r"\mathbf{h}_t = A\mathbf{h}_{t-1}+\mathbf{x}_t", "A": "matrix d x d",
          r"\mathbf{x}_t": "vector d",
          "t": "integer >= 1", r"\mathbf{h}_0": "vector d"}
WIDTHS = {"n_t": "integer >= 1 (number of queries in layer t)", "L": "integer >= 2", "d": "integer >= 1"}

ENFORCED = [    # declarations, left, right, is it true
    (X_ROWS, r"\sum_{i=1}^N\mathbf{x}_i\mathbf{x}_i^T", r"\mathbf{X}^T\mathbf{X}", True),
    (X_ROWS, r"\sum_{i=1}^N\mathbf{x}_i\mathbf{x}_i^T", r"2\mathbf{X}^T\mathbf{X}", False),
    (X_ROWS, r"\|\mathbf{X}\mathbf{w}\|^2", r"\sum_{i=1}^N(\mathbf{x}_i^T\mathbf{w})^2", True),
    (X_ROWS, r"\|\mathbf{X}\mathbf{w}\|^2", r"\sum_{i=1}^N\mathbf{x}_i^T\mathbf{w}", False),
    ({r"\mathbf{H}": r"matrix D x N with columns \mathbf{h}_n", r"\mathbf{a}": "vector N with entries a_n"},
     r"\mathbf{H}\mathbf{a}", r"\sum_{n=1}^N a_n\mathbf{h}_n", True),
    ({r"\mathbf{H}": r"matrix D x N with columns \mathbf{h}_n", r"\mathbf{a}": "vector N with entries a_n"},
     r"\mathbf{H}\mathbf{a}", r"\sum_{n=1}^N \mathbf{h}_n", False),
    ({r"\mathbf{y}": "vector n with entries y_i", "y_i": "positive sequence, i = 1..n"},
     r"\mathbf{y}^T\mathbf{y}", r"\sum_{i=1}^n |y_i| y_i", True),
    ({r"\mathbf{y}": "vector n with entries y_i", "y_i": "real sequence, i = 1..n"},
     r"\mathbf{y}^T\mathbf{y}", r"\sum_{i=1}^n |y_i| y_i", False),
    (DIAGONAL, r"\operatorname{tr}(\mathbf{D})", r"\sum_{i=1}^n d_i", True),
    (DIAGONAL, r"\operatorname{tr}(\mathbf{D}^2)", r"\sum_{i=1}^n d_i", False),
    (GRAPH, r"(\mathbf{A}^2)_{11}", r"\sum_{m=1}^N A_{1m}", True),
    (GRAPH, r"(\mathbf{A}^2)_{11}", r"\sum_{m=2}^N 2A_{1m}", False),
    (GRAPH, "A_{12}^2", "A_{21}", True), (GRAPH, "A_{12}", "1", False), (GRAPH, "A_{22}", "0", True),
    ({r"\mathbf{A}": "matrix N x N with entries 0 or 1"}, "A_{22}", "0", False),
    (PERMUTATION, r"\mathbf{P}^T\mathbf{P}", r"\mathbf{I}", True),
    (PERMUTATION, r"\mathbf{P}\mathbf{1}", r"\mathbf{1}", True),
    (PERMUTATION, r"\mathbf{P}\mathbf{x}", r"\mathbf{x}", False),
    (PERMUTATION, r"\mathbf{P}\mathbf{P}", r"\mathbf{I}", False),
    ({r"\mathbf{P}": "permutation matrix 3 x 3"}, r"\mathbf{P}^3", r"\mathbf{I}", False),
    ({r"\mathbf{P}": "permutation matrix 3 x 3"}, r"\mathbf{P}^6", r"\mathbf{I}", True),
    (ORDER, r"\mathbf{P}^T\mathbf{P}", r"\mathbf{I}", True), (ORDER, r"\mathbf{P}", r"\mathbf{P}^T", False),
    (PERMUTATION, r"\mathbf{1}^T\mathbf{1}", "n", True), (PERMUTATION, r"\mathbf{1}^T\mathbf{x}", "n", False),
    (ENTRYWISE, r"\mathbf{a}(\mathbf{P}\mathbf{x})", r"\mathbf{P}\mathbf{a}(\mathbf{x})", True),
    (ENTRYWISE, r"\mathbf{a}(2\mathbf{x})", r"2\mathbf{a}(\mathbf{x})", False),
    (RELU, r"\operatorname{a}(2\mathbf{x})", r"2\operatorname{a}(\mathbf{x})", True),
    (RELU, r"\operatorname{a}(-\mathbf{x})", r"-\operatorname{a}(\mathbf{x})", False),
    (PADDED, "x_6+x_7", "x_6", True), (PADDED, "x_5+x_6", "x_5", False), (PADDED, "x_0", "x_1", False),
    (SORTED, r"\max_k\sigma_k", r"\sigma_1", True), (SORTED, r"\max_k\sigma_k", r"\sigma_2", False),
    ({"S": "skew-symmetric matrix n x n", r"\mathbf{x}": "vector n"}, r"\mathbf{x}^TS\mathbf{x}", "0", True),
    ({"S": "skew-symmetric matrix n x n"}, "S^T", "S", False),
    ({"L": "lower triangular matrix 3 x 3"}, r"\det L", "L_{11}L_{22}L_{33}", True),
    ({"L": "matrix 3 x 3"}, r"\det L", "L_{11}L_{22}L_{33}", False),
    ({"L": "lower triangular matrix 3 x 3"}, "L_{21}", "0", False),
    ({"U": "upper triangular matrix 3 x 3"}, "U_{21}", "0", True),
    ({r"\mathbf{S}": r"matrix 3 x 6: S_{ij} = \mathbb{1}[j=2i-1]", r"\mathbf{x}": "vector 6"},
     r"\mathbf{S}\mathbf{x}", r"\begin{bmatrix}x_1\\x_3\\x_5\end{bmatrix}", True),
    ({r"\mathbf{S}": r"matrix 3 x 6: S_{ij} = \mathbb{1}[j=2i-1]", r"\mathbf{x}": "vector 6"},
     r"\mathbf{S}\mathbf{x}", r"\begin{bmatrix}x_1\\x_2\\x_3\end{bmatrix}", False),
    (FIELD | {"r_0": "r_0 = 1"}, "r_1", "k_1", True), (FIELD | {"r_0": "r_0 = 1"}, "r_2", "k_1+k_2-1", False),
    ({"D": "integer >= 1", "H": "integer >= 1 dividing D"}, r"\sum_{h=1}^{D/H}2H", "2D",
     True),
    ({"D": "integer >= 1", "H": "integer >= 1 dividing D"}, r"\sum_{h=1}^{D/H}2H", "D", False),
    ({"D": "integer >= 1", "H": "integer >= 1"}, r"\left\lfloor\frac{D}{H}\right\rfloor", r"\frac{D}{H}", False),
    ({"K": "odd integer >= 1"}, r"\left\lfloor\frac{K}{2}\right\rfloor", r"\frac{K-1}{2}", True),
    ({"K": "odd integer >= 1"}, r"\left\lfloor\frac{K}{2}\right\rfloor", r"\frac{K}{2}", False),
    ({"K": "even integer >= 2"}, r"\left\lfloor\frac{K}{2}\right\rfloor", r"\frac{K}{2}", True),
    ({"f": "odd function of one real variable", "x": "real scalar"}, "f(-x)", "-f(x)", True),
    ({"f": "odd function of one real variable", "x": "real scalar"}, "f(-x)", "f(x)", False),
    ({"f": "even function of one real variable", "x": "real scalar"}, "f(-x)", "f(x)", True),
    ({"f": "function of one real variable", "x": "real scalar"}, "f(-x)", "f(x)", False),
    ({r"\mathbf{f}": "differentiable function from R^d to R^d", r"\mathbf{a}": "vector d",
      r"\mathbf{I}": "identity matrix d x d"},
     r"\frac{\partial}{\partial\mathbf{a}}(\mathbf{f}(\mathbf{a})+\mathbf{a})",
     r"\mathbf{I}+\frac{\partial\mathbf{f}(\mathbf{a})}{\partial\mathbf{a}}", True),
    ({r"\mathbf{f}": "differentiable function from R^d to R^d", r"\mathbf{a}": "vector d"},
     r"\frac{\partial}{\partial\mathbf{a}}(\mathbf{f}(\mathbf{a})+\mathbf{a})",
     r"\frac{\partial\mathbf{f}(\mathbf{a})}{\partial\mathbf{a}}", False),
    (SIZE, r"\operatorname{size}(\mathbf{A}\mathbf{x})", r"n \times 1", True),
    (SIZE, r"\operatorname{size}(\mathbf{A}^T)", "(n, d)", False),
    ({"h_d": r"h_d = x_d^2, d = 1, 2, 3", "x_d": r"x_d \in \mathbb{R}, d = 1, 2, 3"}, "h_2", "x_2^2", True),
    ({"h_d": r"h_d = x_d^2, d = 1, 2, 3", "x_d": r"x_d \in \mathbb{R}, d = 1, 2, 3"}, "h_2", "x_2", False),
    ({"w_t": r"w_{t+1} = 2w_t, t >= 0", "w_0": "real scalar"}, "w_3", "2w_2", True),
    ({"w_t": r"w_{t+1} = 2w_t, t >= 0", "w_0": "real scalar"}, "w_3", "w_2", False),
    ({r"\boldsymbol{\Sigma}": "covariance matrix 2 x 2"}, r"\Sigma_{12}", r"\Sigma_{21}", True),
    ({r"\boldsymbol{\Sigma}": "covariance matrix 2 x 2"}, r"|\Sigma_{11}|", r"\Sigma_{11}", True),
    ({"A": "matrix 2 x 2 of rank 1"}, r"\det(A+I)", r"1+\operatorname{tr}A", True),
    ({"A": "matrix 2 x 2 of rank 2"}, r"\det(A+I)", r"1+\operatorname{tr}A", False),
    ({r"\boldsymbol{\Sigma}": r"diagonal matrix 2 x 2 with entries \sigma_1\ge\cdots\ge\sigma_2>0"},
     r"|\sigma_1-\sigma_2|", r"\sigma_1-\sigma_2", True),
    ({r"\boldsymbol{\Sigma}": r"diagonal matrix 2 x 2 with entries \sigma_1\ge\cdots\ge\sigma_2>0"},
     r"\operatorname{tr}\boldsymbol{\Sigma}", r"2\sigma_1", False),
    ({r"\mathbf{e}_j": "standard basis vectors of R^d", r"\mathbf{x}": "vector d with entries x_i"},
     r"\mathbf{e}_1^T\mathbf{x}", "x_1", True),
    ({r"\mathbf{e}_j": "standard basis vectors of R^d", r"\mathbf{x}": "vector d with entries x_i"},
     r"\mathbf{e}_1^T\mathbf{x}", "1", False),
    (SPECTRUM, r"S\mathbf{v}_1", r"\lambda_1\mathbf{v}_1", True),
    (SPECTRUM, r"S\mathbf{v}_1", r"\lambda_2\mathbf{v}_1", False),
    (SPECTRUM, r"\operatorname{tr}S", r"\sum_{j=1}^d\lambda_j", True),
    (SPECTRUM, r"\max_j\lambda_j", r"\lambda_2", False),
    (PCA, r"\frac{1}{n}\sum_{i=1}^n(\mathbf{v}_1^T\mathbf{x}_i)^2", r"\lambda_1", True),
    (PCA, r"\frac{1}{n}\sum_{i=1}^n(\mathbf{v}_1^T\mathbf{x}_i)^2", r"\lambda_2", False),
    (LAYERS, r"\mathbf{h}_2", r"A^2\mathbf{h}_0+A\mathbf{x}_1+\mathbf{x}_2", True),
    (LAYERS, r"\mathbf{h}_2", r"A^2\mathbf{h}_0+\mathbf{x}_1+\mathbf{x}_2", False),
    (WIDTHS, r"\sum_{t=1}^L n_td", r"d\sum_{t=1}^L n_t", True), (WIDTHS, r"\sum_{t=1}^L n_td", "Ln_1d", False),
    ({r"\theta_{d1}": "nonzero real sequence, d = 1..3 (weights)"}, r"\frac{\theta_{21}}{|\theta_{21}|}",
     r"\operatorname{sign}\theta_{21}", True),
    ({r"\theta_{d1}": "nonzero real sequence, d = 1..3 (weights)"}, r"\theta_{21}", r"\theta_{11}", False),
    ({"x": "real scalar", r"\Delta x": "real scalar"}, r"(x+\Delta x)^2-x^2", r"2x\Delta x+(\Delta x)^2", True),
    ({"x": "real scalar", r"\Delta x": "real scalar"}, r"(x+\Delta x)^2-x^2", r"2x\Delta x", False),
    ({"Z": "zero matrix n x n", "A": "matrix n x n"}, "AZ", "Z", True),
    ({"Z": "zero matrix n x n", "A": "matrix n x n"}, "A+Z", "Z", False),
    ({"Q": "matrix n x k with orthonormal columns"}, r"\operatorname{tr}(QQ^T)", "k", True),
    ({"Q": "matrix n x k with orthonormal columns"}, r"\operatorname{tr}(QQ^T)", "n", False),
]
DECIDED = {True: ("Proved", "Supported"), False: ("Refuted", "Conditional")}


@pytest.mark.parametrize("symbols, left, right, true", ENFORCED)
def test_the_word_is_enforced(symbols, left, right, true):
    verdict = check_step(left, right, symbols=symbols, seed=1)
    assert type(verdict).__name__ in DECIDED[true], verdict


READ = [        # name, words, the same said otherwise
    ("w", "weight vector in R^D", "vector D"), ("x", r"x \in \mathbb{R}^{n\times d}", "matrix n x d"),
    ("X", "n x d data matrix", "matrix n x d"), ("X", "n-by-d matrix", "matrix n x d"),
    ("x", "D-dimensional feature vector", "vector D"), ("x", "column vector of length n", "vector n"),
    ("A", "invertible d\\times d matrix", "invertible matrix d x d"), ("c", "fixed vector of dimension d", "vector d"),
    (r"\eta", r"\eta > 0 step size", "positive scalar"), (r"\eta", "learning rate", "real scalar"),
    ("x_i", r"x_i \in \mathbb{R}^d, i = 1, \ldots, n", "vectors d, i = 1..n"),
    ("y_i", r"labels in \{-1,+1\}, i = 1,\dots,n", "labels in {-1, 1}, i = 1..n"),
    ("z_i", r"labels in \{1,\ldots,K\}, i = 1..n", "sequence of integers 1..K, i = 1..n"),
    ("b", "positive constant", "positive scalar"), ("K", "number of classes", "integer >= 1"),
    ("c", "positive scalar (weights of the output layer)", "positive scalar"),
    ("h", "vector d (hidden units in layer k)", "vector d"), ("A", "square matrix n x n", "matrix n x n"),
    ("A", r"d \times d positive semi-definite matrix", "positive semidefinite matrix d x d"),
    ("b", "bias vector of length m", "vector m"), (r"\theta", "parameter vector", "vector"),
    ("d", "input dimension", "integer >= 1"),
    ("x_i", r"data points in \mathbb{R}^d, i = 1..n", "vectors d, i = 1..n"),
    ("p", "probability vector of length K", "nonnegative vector K with entries summing to one"),
    ("i", "index, i = 1..n", "index in 1..n"), ("k", "integer from 1 to n", "integer 1..n"),
    ("x", "real number greater than 1", "scalar > 1"), ("x", "scalar (not zero)", "scalar, not 0"),

]


@pytest.mark.parametrize("latex, words, plain", READ)
def test_reads_as(latex, words, plain):
    found, wanted = (read_declarations({latex: w})[0] for w in (words, plain))
    assert replace(found, text="", structure=found.structure - {"square"}) == replace(wanted, text="")


UNREAD = [      # a remark that relates the name to others forbids a refutation, a word that defines it a proof too
    ("m", "real scalar (mean of x_i)", True),
    ("n", "integer >= 1 (length of x)", False),
    ("c", "positive scalar (0.06 in the model)", False), ("L", "real scalar (negative log likelihood)", False),
    ("A", "matrix n x n (transposed)", True), ("x", "constant function", True),
    ("A", "square matrix n x d", True), ("x", "triangular vector d", True), ("x", "symmetric vector d", True),
    ("x", "vector 6, x_i = 0 for i < 1 and i > 5", True), ("A", "matrix n x n of low rank", True),
    ("N", "number of paths", True), ("S", "finite set of size n", True), ("x", "bias of a coin", True),
    ("s", "scalar, n x d", True), ("x", "skew-symmetric scalar", True),
]


@pytest.mark.parametrize("latex, words, head", UNREAD)
def test_does_not_read(latex, words, head):
    found = read_declarations({latex: words})[0]
    assert found.unread and found.unread_head is head
    assert found.domain in ("real", "positive", "integer")


@pytest.mark.parametrize("latex, words", [(name, words) for symbols, *_ in ENFORCED for name, words in symbols.items()])
def test_what_is_said_is_read_back(latex, words):
    first = read_declarations({latex: words})
    if not first[0].unread:
        again = read_declarations({key(first[0]): say(first[0], first)})[0]
        assert replace(again, text="") == replace(first[0], text="")


def test_an_unread_relation_of_a_name_forbids_a_refutation_of_others():
    symbols = {"x": "real scalar", "y": "real scalar", "j": "joint of the unit: x - y = 0"}
    assert type(check_step("x", "y", symbols=symbols, seed=1)).__name__ == "Undecided"
    assert type(check_step("x", "y", symbols=symbols | {"j": "real scalar"}, seed=1)).__name__ in DECIDED[False]


REGIMES = [("x in (0,1)", "|x|", "x", "Proved"), ("x >= 0", "|x|", "x", "Proved"),
           ("all real x", "|x|", "x", "Refuted"), ("every x", "|x|", "-x", "Refuted"),
           ("x on the left of both joints", "|x|", "-x", "Undecided"),
           ("x on the left of both joints", "|x|^2", "x^2", "Proved")]


@pytest.mark.parametrize("about, left, right, verdict", REGIMES)
def test_a_regime_is_a_given_and_prose_forbids_a_refutation(about, left, right, verdict):
    found = check_step(left, right, symbols={"x": "real scalar"}, about=about, seed=1)
    assert type(found).__name__ == verdict or verdict == "Refuted" and type(found).__name__ == "Conditional"
