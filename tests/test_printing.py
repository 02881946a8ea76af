"""Terms in print: typeset as a textbook would, and read back as the same Term whatever is declared."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derive.printing import claim_latex, latex, text
from derive.reading import read
from derive.term import (
    FUNCTIONS,
    HALF,
    IMPLIED,
    INFINITY,
    ONE,
    PI,
    ZEROS,
    Claim,
    Declaration,
    Relation,
    add,
    call,
    deriv,
    div,
    index,
    inv,
    matrix,
    mul,
    name,
    neg,
    num,
    pow_,
    range_,
    rel,
    sqrt,
    sub,
    term,
)

x, y, i, j, n = map(name, "xyijn")
A, B, v, lam = name(r"\mathbf{A}"), name(r"\mathbf{B}"), name(r"\mathbf{x}"), name(r"\lambda")

TYPESET = {
    sub(x, y): "x-y",
    neg(add(x, y)): "-(x+y)",
    mul(num(-1), num(2), x): "-2x",
    mul(num(2), num(3)): r"2\cdot 3",
    mul(x, num(2)): r"x\cdot 2",
    mul(x, num(-1), y): "x(-1)y",
    div(x, y): r"\frac{x}{y}",
    mul(HALF, x): r"\frac{1}{2}x",
    mul(x, y, inv(num(2)), lam): r"\frac{xy}{2}\lambda",
    div(add(x, y), num(2)): r"\frac{x+y}{2}",
    neg(div(x, y)): r"-\frac{x}{y}",
    sqrt(add(x, ONE)): r"\sqrt{x+1}",
    pow_(x, inv(num(3))): r"\sqrt[3]{x}",
    pow_(add(x, y), num(2)): "(x+y)^2",
    pow_(div(x, y), num(2)): r"\left(\frac{x}{y}\right)^2",
    pow_(index(x, i), num(2)): "x_i^2",
    pow_(num(10), num(12)): "10^{12}",
    inv(A): r"\mathbf{A}^{-1}",
    term("transpose", inv(A)): r"\mathbf{A}^{-\top}",
    mul(term("transpose", v), A, v): r"\mathbf{x}^{\top}\mathbf{A}\mathbf{x}",
    inv(add(A, mul(lam, B))): r"(\mathbf{A}+\lambda\mathbf{B})^{-1}",
    sqrt(term("det", A)): r"\sqrt{\left|\mathbf{A}\right|}",
    term("exp", neg(x)): "e^{-x}",
    term("exp", neg(div(pow_(x, num(2)), num(2)))): r"\exp\left(-\frac{x^2}{2}\right)",
    term("log", x): r"\log x",
    mul(term("log", x), y): r"(\log x)y",
    term("log", div(x, y)): r"\log\frac{x}{y}",
    mul(term("cos", add(x, y)), y): r"\cos(x+y)y",
    term("sum", pow_(index(x, i), num(2)), i, range_(ONE, n)): r"\sum_{i=1}^{n}x_i^2",
    mul(term("sum", index(x, i), i, IMPLIED), y): r"\left(\sum_{i}x_i\right)y",
    add(term("sum", index(x, i), i, IMPLIED), y): r"\sum_{i}x_i+y",
    term("sum", add(index(x, i), y), i, IMPLIED): r"\sum_{i}(x_i+y)",
    term("int", call(name("p"), x), x, IMPLIED): r"\int p(x)\,dx",
    term("int", mul(name("d"), x), x, range_(num(0), ONE)): r"\int_{0}^{1}d\cdot x\,\mathrm{d}x",
    deriv(name("L"), name(r"\phi_0"), name(r"\phi_1")): r"\frac{\partial^2L}{\partial\phi_0\partial\phi_1}",
    deriv(name("L"), name(r"\phi_0"), name(r"\phi_0")): r"\frac{\partial^2L}{\partial\phi_0^2}",
    deriv(pow_(x, num(2)), x): r"\frac{d}{dx}(x^2)",
    term("grad", call(name("f"), v), v): r"\nabla_{\mathbf{x}}f(\mathbf{x})",
    term("E", pow_(x, num(2)), term("dist", x, name("q"))): r"\mathbb{E}_{x\sim q}[x^2]",
    term("Cov", x, y): r"\operatorname{Cov}[x,y]",
    term("KL", name("p"), name("q")): r"D_{\operatorname{KL}}(p\|q)",
    term("argmin", add(x, y), x): r"\operatorname{argmin}_{x}[x+y]",
    term("and", rel(Relation.LT, num(0), x), rel(Relation.LT, x, ONE)): "0<x<1",
    term("hadamard", A, mul(B, A)): r"\mathbf{A}\odot(\mathbf{B}\mathbf{A})",
    matrix([[x, y], [num(0), ONE]]): r"\begin{bmatrix}x & y \\ 0 & 1\end{bmatrix}",
    call(name("p"), x, given=(y, lam)): r"p(x|y,\lambda)",
    num(Fraction(9, 10)): "0.9",
}


@pytest.mark.parametrize("printed", TYPESET, ids=TYPESET.get)
def test_a_term_is_typeset_as_in_a_book(printed):
    assert latex(printed) == TYPESET[printed]
    assert read(TYPESET[printed]) is printed


def test_a_declared_word_is_left_to_its_declaration():
    table = (Declaration(r"\operatorname{ReLU}", "function"), Declaration("e", "scalar"))
    assert latex(term("relu", x), table) == r"\operatorname{relu}(x)"
    assert latex(term("exp", x), table) == r"\exp(x)"
    assert read(r"\operatorname{relu}(x)", table) is term("relu", x)


def test_a_claim_shows_its_sides_and_relation():
    assert claim_latex(Claim(x, Relation.LE, y)) == r"x\le y"
    assert claim_latex(Claim(x, Relation.IFF, lam)) == r"x\iff\lambda"


def test_a_terminal_shows_plain_text():
    assert text(div(add(x, ONE), name(r"\phi_0"))) == "(x+1)/(ϕ_0)"
    assert text(term("sum", index(x, i), i, range_(ONE, n))) == "sum_(i=1)^n x_i"
    assert text(sqrt(name(r"\hat{y}"))) == "sqrt(y_hat)"
    assert "\\" not in text(matrix([[term("norm", v), PI]]))


# -- whatever is printed is read back as the same Term ----------------------------------------------------------------

TABLE = (
    Declaration("x", "scalar"), Declaration("y", "scalar"), Declaration("n", "size"), Declaration("i", "index"),
    Declaration("j", "index"), Declaration(r"\mathbf{x}", "vector", (n,)), Declaration("A", "matrix", (n, n),
        entries="a"),
    Declaration(r"\mathbf{B}", "matrix", (n, n)), Declaration("w", "scalar", indices=("i",)),
    Declaration(r"\mathbf{v}", "vector", (n,), indices=("i",)), Declaration("r", "scalar", indices=("i", "j")),
    Declaration("f", "function"), Declaration("L", "function", formals=(name("w"),)), Declaration("p", "density"),
    Declaration("Pr", "density"), Declaration("V^{*}", "function"), Declaration(r"\phi_0", "scalar"),
    Declaration("f_3", "scalar", indices=("i",)), Declaration(r"\operatorname{sig}", "function"), Declaration("S",
        "set"),
    Declaration("dX", "matrix", (n, n)), Declaration("D", "function"), Declaration("T", "size"),
    Declaration(r"\hat{y}", "scalar", indices=("i",)))
SCALARS = [name(s) for s in ("x", "y", "n", r"\phi_0", r"\phi_1", r"\alpha", "z", "T", r"\theta", "d", "e", r"\pi",
    "b'", "e_1")]
ARRAYS = [name(r"\mathbf{x}"), name(r"\mathbf{u}"), name("A"), name(r"\mathbf{B}"), name("dX"), PI, INFINITY, ZEROS]
INDICES = [i, j, name("k"), ONE, num(12), sub(i, ONE), mul(num(2), name("k")), mul(name("k"), i), n, name("t")]
VARIABLES = st.sampled_from([i, j, name("k"), name("z"), x, name("r"), name("s'")])
CALLED = st.sampled_from([name(s) for s in ("f", "L", "V^{*}", r"\operatorname{sig}", "Pr", "p", "y", "g", "D", "r",
    "b'",
                                            r"\mathbf{x}", r"\pi")] + [index(name("f"), i), index(name("w"), i)])
EQUATIONS = st.sampled_from([Relation.EQ, Relation.NE, Relation.LE, Relation.LT, Relation.GE, Relation.APPROX])


def leaves():
    ix, numbers = st.sampled_from(INDICES), st.integers(-30, 30).map(num)
    single = [name(s) for s in ("w", r"\hat{y}", "f_3", r"\mathbf{x}", r"\mathbf{v}", r"\phi")]
    double = [name(s) for s in ("A", "r", "q")]
    return st.one_of(
        st.sampled_from(SCALARS + ARRAYS), numbers, st.sampled_from([num(Fraction(1, 2)), num(Fraction(-9, 10))]),
        st.builds(index, st.sampled_from(single), ix), st.builds(index, st.sampled_from(double), ix, ix),
        st.builds(lambda a, b: index(index(name(r"\mathbf{v}"), a), b), ix, ix))


def arithmetic(inner):
    binary = st.sampled_from(["max", "min", "hadamard", "kron", "binom", "KL", "normal", "Cov"])
    unary = st.sampled_from([*FUNCTIONS, "det", "tr", "norm", "vec", "diag", "softmax", "transpose", "entropy"])
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        several.map(lambda a: add(*a)), several.map(lambda a: mul(*a)), inner.map(neg), st.builds(sub, inner, inner),
        st.builds(div, inner, inner), inner.map(inv), inner.map(sqrt), st.builds(pow_, inner, inner),
        inner.map(lambda b: pow_(b, num(2))), inner.map(lambda b: pow_(b, inv(num(3)))), st.builds(term, unary, inner),
        st.builds(term, binary, inner, inner), inner.map(lambda b: term("transpose", inv(b))),
        st.lists(inner, min_size=4, max_size=4).map(lambda e: matrix([e[:2], e[2:]])),
        st.builds(lambda b, k: index(b, k), inner, st.sampled_from(INDICES)))


def conditions(inner):
    one = st.builds(rel, EQUATIONS, inner, inner)
    return st.one_of(one, st.builds(term, st.sampled_from(["and", "or"]), one, one))


def bound(inner):
    domain = st.one_of(st.just(IMPLIED), st.builds(range_, inner, inner), st.just(name("S")))
    other = st.builds(rel, EQUATIONS, inner, inner).filter(lambda c: c.args[0].head not in ("name", "index"))
    filtered = st.builds(term, st.just("filter"), domain, other)
    varied = st.one_of(VARIABLES, st.just(name("A")), st.just(index(name("w"), i)))
    by = st.lists(st.sampled_from([x, name("z"), name(r"\phi_0"), index(name("w"), j), name("A")]), min_size=1,
        max_size=3)
    return st.one_of(
        st.builds(term, st.sampled_from(["sum", "prod", "maxover", "minover", "int"]), inner, VARIABLES, domain),
        st.builds(term, st.sampled_from(["sum", "maxover"]), inner, VARIABLES, filtered),
        st.builds(term, st.sampled_from(["argmin", "argmax", "minof", "maxof"]), inner, varied),
        st.builds(lambda b, v: deriv(b, *v), inner, by), st.builds(term, st.just("at"), inner, VARIABLES, inner),
        st.builds(term, st.sampled_from(["grad", "hess"]), inner, st.sampled_from([v, name(r"\theta")])))


def applied(inner):
    law = st.one_of(st.just(name("p")), st.just(IMPLIED), inner.map(lambda c: call(name("p"), name("z"), given=(c,))))
    laws = st.one_of(st.just(()), st.builds(lambda v, p: (term("dist", v, p),), VARIABLES, law))
    when = conditions(inner)
    return st.one_of(
        st.builds(call, CALLED, inner), st.builds(call, CALLED, inner, inner),
        st.builds(lambda f, a, g: call(f, a, given=g), CALLED, inner, st.lists(inner, min_size=1,
            max_size=2).map(tuple)),
        st.builds(lambda f, g: call(f, IMPLIED, given=(g,)), CALLED, inner), st.builds(lambda f, a: call(inv(f), a),
            CALLED, inner),
        st.builds(lambda h, b, p: term(h, b, *p), st.sampled_from(["E", "Var"]), inner, laws),
        st.builds(lambda b, c: term("E", term("given", b, c)), inner, when), when.map(lambda c: term("indicator", c)),
        st.builds(lambda a, c, b: term("cases", a, c, b), inner, when, inner),
        st.builds(term, st.just("normal_density"), inner, inner, inner))


TERMS = st.recursive(leaves(), lambda inner: st.one_of(arithmetic(inner), bound(inner), applied(inner)), max_leaves=12)


@settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(TERMS, st.sampled_from([(), TABLE]))
def test_a_printed_term_is_read_back_as_itself(printed, table):
    assert read(latex(printed, table), table) is printed


def test_deep_terms_are_printed_and_read():
    deep = x
    for _ in range(60):
        deep = term("exp", mul(y, add(deep, ONE)))
    assert read(latex(deep)) is deep
