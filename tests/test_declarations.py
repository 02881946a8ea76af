"""The declaration language: what is read is meant, what is not read is named, and what is said is read back."""

import pytest

from derive.printing.words import echo, key, say
from derive.reading.claims import bound_letters, read_claim
from derive.reading.declarations import read_declarations
from derive.reading.errors import ReadError
from derive.reading.vocabulary import ROWS, rows
from derive.term import (
    HALF,
    IMPLIED,
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    ZEROS,
    Relation,
    add,
    call,
    deriv,
    index,
    matrix,
    mul,
    name,
    num,
    pow_,
    range_,
    rel,
    term,
)
from derive.term.record import replace

N, D, I, T = map(name, "ndIT")


def read_one(words, latex="x"):
    return read_declarations({latex: words})[0]


def fields(words, latex="x"):
    """The fields of the first declaration that differ from the defaults."""
    found = read_one(words, latex)
    plain = replace(type(found)(found.name, found.kind))
    return {k: v for k, v in vars(found).items() if v != getattr(plain, k) and k != "text"} | {"kind": found.kind}


def structure(*words):
    return frozenset(words)


READ = [
    ("x", "real scalar", {"kind": "scalar"}),
    ("x", "a positive scalar", {"kind": "scalar", "domain": "positive"}),
    ("x", "non-negative scalar", {"kind": "scalar", "domain": "nonnegative"}),
    ("x", "nonzero real scalar", {"kind": "scalar", "domain": "nonzero"}),
    ("x", "scalar in (0,1)", {"kind": "scalar", "domain": "unit"}),
    ("x", "scalar in [0,1]", {"kind": "scalar", "domain": "closed_unit"}),
    ("x", "real scalar in [-3,3]", {"kind": "scalar", "low": num(-3), "high": num(3)}),
    ("x", "scalar in (0,1]", {"kind": "scalar", "domain": "closed_unit", "constraints": (rel(Relation.LT, ZERO,
        name("x")),)}),
    ("x", "scalar with 0 < x < 1", {"kind": "scalar", "domain": "unit"}),
    ("x", r"real scalar, 0 <= x < 1", {"kind": "scalar", "domain": "closed_unit",
                                       "constraints": (rel(Relation.LT, name("x"), ONE),)}),
    ("x", "positive scalar <= 1", {"kind": "scalar", "domain": "positive",
                                   "constraints": (rel(Relation.LE, name("x"), ONE),)}),
    ("x", "real scalar, not 0", {"kind": "scalar", "domain": "nonzero"}),
    ("y", "label, 0 or 1", {"kind": "scalar", "domain": "binary"}),
    ("f", "real scalar (network output)", {"kind": "scalar"}),
    ("i", "imaginary unit", {"kind": "scalar", "domain": "imaginary_unit"}),
    ("n", "integer >= 2", {"kind": "size", "domain": "integer", "low": TWO}),
    ("n", "positive integer", {"kind": "size", "domain": "integer", "low": ONE}),
    ("k", "integer, 1 <= k <= 3", {"kind": "index", "domain": "integer", "low": ONE, "high": num(3)}),
    ("k", "integer 1..T-1", {"kind": "index", "domain": "integer", "low": ONE, "high": add(T, MINUS_ONE)}),
    ("j", "fixed index", {"kind": "index", "domain": "integer"}),
    ("b", "index in 1..n, b != a", {"kind": "index", "domain": "integer", "low": ONE, "high": N,
                                    "constraints": (rel(Relation.NE, name("b"), name("a")),)}),
    ("x", "vector d", {"kind": "vector", "shape": (D,)}),
    ("x", "vector", {"kind": "vector", "shape": (IMPLIED,)}),
    ("r", "row vector d", {"kind": "vector", "shape": (ONE, D)}),
    ("k", "nonzero vector d", {"kind": "vector", "shape": (D,), "structure": structure("nonzero")}),
    ("u", "vector d of unit norm", {"kind": "vector", "shape": (D,), "structure": structure("unit_norm")}),
    ("y", "vector d with entries summing to one", {"kind": "vector", "shape": (D,),
        "structure": structure("sums_to_one")}),
    ("W", "matrix n x d_k", {"kind": "matrix", "shape": (N, name("d_k"))}),
    ("X", "matrix n x d of full column rank", {"kind": "matrix", "shape": (N, D),
        "structure": structure("full_column_rank")}),
    ("X", "matrix n x d, full column rank", {"kind": "matrix", "shape": (N, D),
        "structure": structure("full_column_rank")}),
    ("A", "symmetric positive definite matrix n x n", {"kind": "matrix", "shape": (N, N),
                                                       "structure": structure("positive_definite")}),
    ("A", "matrix n x n with A^T = A", {"kind": "matrix", "shape": (N, N), "structure": structure("symmetric")}),
    ("A", "matrix n x n, orthogonal", {"kind": "matrix", "shape": (N, N), "structure": structure("orthogonal")}),
    ("A", "matrix n x n (not symmetric)", {"kind": "matrix", "shape": (N, N), "constraints": (
        rel(Relation.NE, name("A"), term("transpose", name("A"))),)}),
    ("A", "matrix n x n with entries a_{ij}", {"kind": "matrix", "shape": (N, N), "entries": "a"}),
    (r"r_{ij}", "real matrix n x d", {"kind": "matrix", "shape": (N, D)}),
    (r"\mathbf{W}_{hh}", "matrix n x n", {"kind": "matrix", "shape": (N, N)}),
    ("x", "vector d (the derivative is a row vector)", {"kind": "vector", "shape": (D,), "layout": "numerator"}),
    ("x_i", "real sequence x_i, i = 1..I", {"kind": "scalar", "indices": ("i",), "ranges": (range_(ONE, I),)}),
    ("w_i", "nonnegative weights, sum to 1", {"kind": "scalar", "indices": ("i",), "ranges": (IMPLIED,),
                                              "domain": "nonnegative", "structure": structure("sums_to_one")}),
    ("t_j", r"nonnegative, \sum_j t_j = 1", {"kind": "scalar", "indices": ("j",), "ranges": (IMPLIED,),
                                             "domain": "nonnegative", "structure": structure("sums_to_one")}),
    (r"\beta_s", r"real sequence with 0 < \beta_s < 1, s = 1..T", {
        "kind": "scalar", "indices": ("s",), "ranges": (range_(ONE, T),), "domain": "unit"}),
    ("y_i", "sequence of labels y_i in {0, 1}, i = 1..I", {"kind": "scalar", "indices": ("i",), "ranges": (range_(ONE,
        I),),
                                                           "domain": "binary"}),
    ("y_i", "sequence in {-1,+1}, i = 1..I", {"kind": "scalar", "indices": ("i",), "ranges": (range_(ONE, I),),
                                              "domain": "sign"}),
    ("y_i", "+1 or -1", {"kind": "scalar", "indices": ("i",), "ranges": (IMPLIED,), "domain": "sign"}),
    ("f_{1i}", "real sequence f_{1i}, i = 1..I (network output 1 for input i)", {
        "kind": "scalar", "indices": ("i",), "ranges": (range_(ONE, I),)}),
    (r"\mathbf{a}_i", "orthonormal vectors d, i = 1..n", {
        "kind": "vector", "shape": (D,), "indices": ("i",), "ranges": (range_(ONE, N),),
        "structure": structure("orthogonal_family", "unit_norm")}),
    (r"\mathbf{a}_i", "nonzero orthogonal vectors d, i = 1..n", {
        "kind": "vector", "shape": (D,), "indices": ("i",), "ranges": (range_(ONE, N),),
        "structure": structure("orthogonal_family", "nonzero")}),
    (r"\epsilon_i", r"independent Gaussian random scalars, mean 0, variance \sigma_x^2, i = 1..I", {
        "kind": "random", "indices": ("i",), "ranges": (range_(ONE, I),), "structure": structure("independent",
            "gaussian"),
        "mean": ZERO, "variance": pow_(name(r"\sigma_x"), TWO)}),
    ("x", r"random variable with mean \mu and variance \sigma^2", {
        "kind": "random", "mean": name(r"\mu"), "variance": pow_(name(r"\sigma"), TWO)}),
    ("x", r"random scalar, mean 1, standard deviation s", {"kind": "random", "mean": ONE, "variance": pow_(name("s"),
        TWO)}),
    ("x", "standard normal random variable", {"kind": "random", "structure": structure("gaussian"), "mean": ZERO,
                                              "variance": ONE}),
    ("z", "standard normal random vector d", {"kind": "random", "shape": (D,), "structure": structure("gaussian"),
                                              "mean": ZEROS, "variance": name(r"\mathbf{I}")}),
    ("x", "random scalar in (0,1)", {"kind": "random", "domain": "unit"}),
    ("b", "random variable with finite positive variance", {
        "kind": "random", "structure": structure("finite_variance"),
        "constraints": (rel(Relation.GT, term("Var", name("b")), ZERO),)}),
    ("a", "random variable with density p", {"kind": "random", "law": name("p")}),
    ("b", "random scalar, mean 1, variance 1/2, independent of a", {"kind": "random", "mean": ONE, "variance": HALF,
                                                                    "independent_of": ("a",)}),
    ("p", "probability density on the real line, p(-t) = p(t)", {"kind": "density", "structure": structure("even")}),
    (r"p(\mathbf{x})", "positive probability density function on R^D", {
        "kind": "density", "domain": "positive", "shape": (name("D"),), "formals": (name(r"\mathbf{x}"),)}),
    (r"q(\mathbf{z}|\mathbf{x})", r"positive probability density function of \mathbf{z} for each \mathbf{x}", {
        "kind": "density", "domain": "positive", "shape": (IMPLIED,), "bar": 1,
        "formals": (name(r"\mathbf{z}"), name(r"\mathbf{x}"))}),
    ("p", "probability mass function on a finite set", {"kind": "mass", "shape": (IMPLIED,),
        "structure": structure("finite")}),
    (r"\ell", r"differentiable scalar function of \mathbf{f}", {"kind": "function", "structure": structure("smooth"),
                                                               "formals": (name(r"\mathbf{f}"),)}),
    ("g", "logistic sigmoid", {"kind": "function", "formals": (name("z"),), "definition": term("sigmoid", name("z"))}),
    (r"\zeta", r"softplus, \zeta(x)=\log(1+e^{x})", {
        "kind": "function", "formals": (name("x"),),
        "definition": term("log", add(ONE, term("exp", name("x"))))}),
    (r"\delta_{ij}", "Kronecker delta", {"kind": "scalar", "indices": ("i", "j"), "ranges": (IMPLIED, IMPLIED),
                                         "definition": term("indicator", rel(Relation.EQ, name("i"), name("j")))}),
    ("w", "word in {A, B}", {"kind": "label", "states": ("A", "B")}),
    (r"\mathbf{I}", "identity matrix d x d", {"kind": "identity", "shape": (D, D)}),
    ("V", r"value of the Markov chain with states u, w, transition matrix P, reward r and discount \gamma", {
        "kind": "chain", "states": ("u", "w"), "transition": name("P"), "reward": name("r"),
            "discount": name(r"\gamma")}),
    (r"\beta_t", r"\beta_t = 1-\alpha", {"kind": "scalar", "definition": add(ONE, mul(MINUS_ONE, name(r"\alpha")))}),
    (r"\frac{\partial\mathbf{z}}{\partial\mathbf{h}}",
     r"matrix n x d with \frac{\partial z_i}{\partial h_j} in row j and column i", {"kind": "notation",
                                                                                   "layout": "denominator"}),
]


@pytest.mark.parametrize("latex, words, expected", READ, ids=[f"{n}: {w}" for n, w, _ in READ])
def test_reads(latex, words, expected):
    assert fields(words, latex) == expected


NARROWED = [    # words whose domains combine: the smaller one holds
    ("nonnegative scalar in (0,1)", "unit"), ("nonnegative scalar in [0,1]", "closed_unit"),
    ("positive scalar in (0,1)", "unit"), ("scalar in (0,1), nonnegative", "unit")]


@pytest.mark.parametrize("words, domain", NARROWED)
def test_domains_combine_to_the_smaller_one(words, domain):
    found = read_one(words)
    assert found.domain == domain and not found.unread


UNREAD = [      # words, and whether kind, shape or definition may be among what is not understood
    ("orthogonal", True), ("bounded", True), ("", True), ("nonsense", True), ("positive negative scalar", True),
    ("vector d valued", True), ("vector d that is not zero", True), ("scalar, vector d",
        True),
    ("positive matrix n x n", True), ("nonsymmetric matrix n x n", True), ("matrix n x d of low rank", True),
    ("orthogonal vector d", True), ("vectors d", True), ("real scalar x real", True), ("even scalar", True),
    ("random variable triangular on [0,1]", True), ("random matrix n x n x n", True), ("probability of rain", True),
    ("matrix n x n, indices from 0", True), ("matrix n x n whose rows are y", True), ("matrix n x n, rows y", True),
    ("vector d with entries y_i, i in S", True), ("not positive scalar", True),
    ("scalar, sum to 1", True), ("softplus, x(z) = z", True), ("x = y +", True), ("x = \\frac{1}", True),
    ("integer in (0,1)", True), ("real sequence, t >= 0", True), ("scalar around 2", True),
    ("scalar, no larger than y", False), ("positive scalar, chosen at will", False),
]


@pytest.mark.parametrize("words, head", UNREAD, ids=[w for w, _ in UNREAD])
def test_does_not_read(words, head):
    found = read_one(words)
    assert found.unread and found.unread_head is head


@pytest.mark.parametrize("words", [w for _, w, _ in READ if " " in w and "=" not in w and "(" not in w])
@pytest.mark.parametrize("strange", ["frobnicated", "of sorts", "or so"])
def test_every_word_counts(words, strange):
    """A strange word anywhere in a declaration is never passed over."""
    pieces = words.split(" ")
    for k in range(len(pieces) + 1):
        if k and pieces[k - 1] in ("x", "with", "and") or k < len(pieces) and pieces[k] == "x":
            continue
        assert read_one(" ".join(pieces[:k] + [strange] + pieces[k:])).unread, k


def test_every_row_reads_its_example():
    kinds = {"scalar", "vector", "matrix", "function", "random"}
    for row in ROWS:
        alone = not {"derived", "tied", "complement"} & set(row.sets)
        if row.part == "head" and row.sets["kind"] in kinds and alone and "_{" not in row.example:
            latex, _, words = row.example.rpartition(": ")
            latex = latex or (r"\delta_{ij}" if row.sets.get("meaning") == "kronecker" else
                              "y_i" if "y_i" in words else
                              "x_j" if "j = 1" in words else
                              "x_i" if ({"many", "each"} & set(row.sets) or " x_i" in " " + words)
                              and "x \\sim" not in words else "x")
            found = read_one(words, latex)
            assert found.kind == row.sets["kind"] and found.unread in ("", "which index counts them"), row.example
    assert len(rows()) == len(ROWS) and all(example for *_, example in rows())


# -- definitions, families, labels ------------------------------------------------------------------------------------
def test_definitions_are_read_with_all_names_known():
    symbols = read_declarations({
        "L": r"L(\phi_0) = \sum_{i=1}^{I}(\phi_0-y_i)^2", "y_i": "real sequence, i = 1..I", r"\phi_0": "real scalar"})
    y = index(name("y"), name("i"))
    square = pow_(add(name(r"\phi_0"), mul(MINUS_ONE, y)), TWO)
    assert symbols[0].definition is term("sum", square, name("i"), range_(ONE, I))
    assert (symbols[0].kind, symbols[0].formals) == ("function", (name(r"\phi_0"),))


@pytest.mark.parametrize("words, is_family", [(r"\alpha_t = \prod_{s=1}^{t}(1-\beta_s)", True),
    (r"\alpha_t = 1-\beta_t", True),
                                              (r"\alpha_t = \sum_{s=1}^{T}\beta_s", False)])
def test_a_definition_is_a_family_if_it_uses_its_index(words, is_family):
    alpha = read_declarations({r"\alpha_t": words, r"\beta_s": "real sequence, s = 1..T"})[0]
    assert (alpha.name, alpha.indices) == ((r"\alpha", ("t",)) if is_family else (r"\alpha_t", ()))


def test_a_label_beside_a_declared_label_is_no_family():
    symbols = read_declarations({r"\alpha_t": "scalar in (0,1)", r"\beta_t": r"\beta_t = 1-\alpha_t"})
    assert [d.name for d in symbols] == [r"\alpha_t", r"\beta_t"]


def test_a_random_letter_is_no_index():
    mean = read_declarations({"b": "random variable", r"\mu_b": r"\mu_b = \mathbb{E}[b]"})[1]
    assert (mean.name, mean.indices, mean.definition) == (r"\mu_b", (), term("E", name("b")))


def test_a_recursion_keeps_its_shape():
    symbols = read_declarations({"A": "matrix d x d", r"\mathbf{x}_t": "vectors d, t = 1..T",
                                 r"\mathbf{s}_t": r"\mathbf{s}_t = A\mathbf{s}_{t-1}+\mathbf{x}_t, t = 1..T"})
    assert (symbols[2].kind, symbols[2].shape, symbols[2].ranges) == ("vector", (D,), (range_(ONE, T),))


def test_sizes_and_moments_named_in_words_are_declared():
    found = {d.name: d for d in read_declarations({
        "X": "matrix n x d", "x_i": r"i.i.d. random variables with mean \mu and variance \sigma^2"})}
    assert found["n"].kind == found["d"].kind == "size" and found["n"].low is ONE
    assert found[r"\mu"].kind == "scalar" and found[r"\sigma"].domain == "nonnegative"


def test_number_of_terms_is_the_length_of_the_families():
    found = read_declarations({"w_i": "nonnegative weights, sum to 1", "h_i": "real sequence", "T": "number of terms"})
    assert found[0].ranges == found[1].ranges == (range_(ONE, T),)


def test_marginal_and_expected_reward_come_from_the_declared_law():
    symbols = read_declarations({"p(s',r|s,a)": "conditional probability mass function of a finite MDP",
                                 "p(s'|s,a)": "state transition probability", "r(s,a)": "expected reward"})
    law = call(name("p"), name("s'"), name("r"), given=(name("s"), name("a")))
    assert symbols[1].definition is term("sum", law, name("r"), IMPLIED)
    inner = term("sum", mul(name("r"), law), name("r"), IMPLIED)
    assert symbols[2].definition is term("sum", inner, name("s'"), IMPLIED)
    assert read_one("expected reward", "r(s,a)").unread_head


NORMAL = r"\operatorname{Norm}_{\mathbf{x}}[\boldsymbol{\mu},\boldsymbol{\Sigma}]"


@pytest.mark.parametrize("factor, agrees", [(r"|\boldsymbol{\Sigma}|^{1/2}", True), (r"|\boldsymbol{\Sigma}|", False)])
def test_a_built_in_notation_may_be_restated_but_not_changed(factor, agrees):
    words = NORMAL + r" = \frac{1}{(2\pi)^{D/2}" + factor + (
        r"}\exp\left[-\frac{1}{2}(\mathbf{x}-\boldsymbol{\mu})^{T}"
        r"\boldsymbol{\Sigma}^{-1}(\mathbf{x}-\boldsymbol{\mu})\right]"
        r" with D the length of \mathbf{x}")
    found = read_one(words, NORMAL)
    assert found.kind == "notation" and found.unread_head is not agrees


# -- saying and reading back ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("latex, words", [(n, w) for n, w, e in READ if e["kind"] != "notation"])
def test_what_is_said_is_read_back(latex, words):
    first = read_declarations({latex: words})
    again = read_declarations({key(first[0]): say(first[0], first)})[0]
    assert replace(again, text="") == replace(first[0], text="")


def test_echo_names_what_was_not_read():
    assert echo(read_one("matrix n x d of low rank", "X")) == "X: matrix n x d of low rank  [not read: of low rank]"


# -- claims ----------------------------------------------------------------------------------------------------
def test_a_claim():
    claim = read_claim(r"\frac{\partial L}{\partial w}", "=", "2 w", {"L": "L = w^2", "w": "real scalar"})
    assert claim.left is deriv(name("L"), name("w")) and claim.relation is Relation.EQ
    assert claim.symbol("L").definition is pow_(name("w"), TWO)


@pytest.mark.parametrize("ascii_, latex", [("=", "="), ("<=", r"\le"), (">=", r"\geq"), ("!=", r"\ne"), ("propto",
    r"\propto")])
def test_relations_in_ascii_and_latex(ascii_, latex):
    assert read_claim("1", ascii_, "2").relation is read_claim("1", latex, "2").relation


def test_conditions_on_both_sides_of_iff():
    claim = read_claim(r"x = 0 \wedge y = 0", r"\iff", "x^2 + y^2 = 0", {"x": "real scalar", "y": "real scalar"})
    assert claim.left.head == "and" and claim.right.head == "rel"


@pytest.mark.parametrize("texts, field", [
    (("x +", "=", "1"), "left"), (("1", "=", "\\frac{1}"), "right"), (("1", "~", "1"), "rel"),
    (("x = 1", "=", "1"), "left"), (("1", "iff", "x = 1"), "left")])
def test_a_reading_error_names_its_field(texts, field):
    with pytest.raises(ReadError) as found:
        read_claim(*texts, {"x": "real scalar"})
    assert found.value.field == field and found.value.column >= 0


def test_a_given_that_is_not_read_is_named():
    with pytest.raises(ReadError) as found:
        read_claim("x", "=", "x", {"x": "real scalar"}, ["x > 0", "x +"])
    assert found.value.field == "given[1]"


ABSORBED = [
    ("x", "real scalar", "x > 0", {"domain": "positive"}), ("x", "positive scalar", "x > 0", {"domain": "positive"}),
    ("A", "matrix n x n", "A^T = A", {"structure": structure("symmetric")}),
    ("A", "positive definite matrix n x n", "A = A^T", {"structure": structure("positive_definite")}),
    (r"\mathbf{a}_i", "vectors d, i = 1..n", r"\mathbf{a}_i^T\mathbf{a}_j = 0 \quad (i \ne j)",
     {"structure": structure("orthogonal_family")}),
    (r"\mathbf{a}_i", "vectors d, i = 1..n", r"\mathbf{a}_i^T\mathbf{a}_j = \mathbb{1}[i=j]",
     {"structure": structure("orthogonal_family", "unit_norm")}),
    ("a", "random scalar", r"\mathbb{E}[a] = 0", {"mean": ZERO}),
    ("p(x)", "probability density on the real line", r"\int p(x) dx = 1", {}),
]


@pytest.mark.parametrize("latex, words, given, expected", ABSORBED)
def test_a_given_that_restates_a_declaration_is_absorbed(latex, words, given, expected):
    claim = read_claim("1", "=", "1", {latex: words}, [given])
    assert not claim.givens
    assert {k: getattr(claim.symbols[0], k) for k in expected} == expected


@pytest.mark.parametrize("latex, words, given", [
    ("x", "real scalar", "x > 2"), ("x", "positive scalar", "x < 0"), ("x_i", "real sequence, i = 1..n", "x_1 > 0"),
    (r"\mathbf{a}_i", "vectors d, i = 1..n", r"\mathbf{a}_1^T\mathbf{a}_2 = 0"), ("A", "matrix n x n", "A^T = B"),
    ("p(x)", "probability density on the real line", r"\int p(x) dx = 2"),
    ("w_i", "real sequence, i = 1..n", r"\sum_{i=1}^n w_i = 1")])
def test_a_given_that_says_more_stays(latex, words, given):
    assert len(read_claim("1", "=", "1", {latex: words, "B": "matrix n x n"}, [given]).givens) == 1


def test_a_given_value_of_an_undeclared_name_defines_it():
    claim = read_claim(r"\mathbf{x}_1", "=", r"\mathbf{x}_1", {},
        [r"\mathbf{x}_1 = \begin{bmatrix} 1 \\ 0 \end{bmatrix}"])
    assert claim.symbol(r"\mathbf{x}_1").definition is matrix(((ONE,), (ZERO,))) and not claim.givens


def test_a_length_that_is_not_stated_is_the_one_it_must_be():
    claim = read_claim(r"\mathbf{w}^T\mathbf{v}", "=", r"\mathbf{v}^T\mathbf{w}", {
        r"\mathbf{w}": "vector d", r"\mathbf{v}": "vector"})
    assert claim.symbol(r"\mathbf{v}").shape == (D,)


def test_a_singular_name_is_a_family_where_its_letter_is_bound():
    assert bound_letters([r"\sum_{j\in S}\mathbf{v}_j", r"\max_{1\le k\le n} x_k", r"\prod_{i<l} y_{il}"]) == {"j",
        "k", "i", "l"}
    claim = read_claim(r"\sum_{j=1}^n \mathbf{v}_j", "=", r"\sum_{j=1}^n \mathbf{v}_j", {r"\mathbf{v}_j": "vector d"})
    assert claim.symbols[0].indices == ("j",)


def test_about():
    claim = read_claim("e^{-x}", r"\propto", "2 e^{-x}", {"x": "real scalar (the variable of proportionality)"})
    assert claim.about == (name("x"),)
    limit = read_claim("1/x", r"\to", "0", {"x": "positive scalar"}, about=r"x \to \infty")
    assert limit.about == (rel(Relation.TO, name("x"), term("infinity")),)
