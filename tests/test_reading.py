"""LaTeX to Terms: every text against a Term written by hand, and every refusal with its place."""

from fractions import Fraction

import pytest

from derive.printing import latex
from derive.reading import ReadError, name_of, read, read_condition, read_relation
from derive.reading.lexer import tokens
from derive.reading.names import name_parts
from derive.term import (
    IMPLIED,
    INFINITY,
    ONE,
    PI,
    ZERO,
    ZEROS,
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

x, y, z, i, j, k, n, t, a, b = map(name, "xyzijkntab")
v, A, S = name(r"\mathbf{x}"), name("A"), name("S")
f, p, q, phi0, phi1 = name("f"), name("p"), name("q"), name(r"\phi_0"), name(r"\phi_1")
TABLE = (
    Declaration("x", "scalar"), Declaration("y", "scalar"), Declaration("n", "size"), Declaration("j", "index"),
    Declaration(r"\mathbf{x}", "vector", (n,)), Declaration(r"\mathbf{y}", "vector", (n,)),
    Declaration("A", "matrix", (n, n), entries="a"), Declaration("B", "matrix", (n, n)),
    Declaration("w", "scalar", indices=("i",)), Declaration(r"\mathbf{v}", "vector", (n,), indices=("i",)),
    Declaration("f_3", "scalar", indices=("i",)), Declaration(r"\phi_0", "scalar"), Declaration(r"\phi_1", "scalar"),
    Declaration("f", "function"), Declaration("L", "function", formals=(name("u"),)), Declaration("p", "density"),
    Declaration("q", "density"), Declaration("Pr", "density"), Declaration("V^{*}", "function"), Declaration("S",
        "set"),
    Declaration("dX", "matrix", (n, n)), Declaration(r"\alpha", "scalar"), Declaration(r"\sigma_w", "scalar"),
)


def w(subscript):
    return index(name("w"), subscript)


ARITHMETIC = {
    "a-b": sub(a, b),
    "-2": num(-2),
    "-2x": mul(num(-1), num(2), x),
    "(-2)x": mul(num(-2), x),
    "a-2": add(a, num(-2)),
    "-x^2": neg(pow_(x, num(2))),
    "0.9x": mul(num(Fraction(9, 10)), x),
    r"1\cdot x": mul(ONE, x),
    r"\frac{1}{x}": inv(x),
    r"\frac12": inv(num(2)),
    r"\frac{a}{b}y": mul(a, inv(b), y),
    "a/b": div(a, b),
    r"1/2\cdot x": mul(inv(num(2)), x),
    r"\sqrt{x+1}": sqrt(add(x, num(1))),
    r"\sqrt[3]{x}": pow_(x, inv(num(3))),
    "e^{-x}": term("exp", neg(x)),
    r"\mathrm{e}^x": term("exp", x),
    r"\exp{x}": term("exp", x),
    r"2\pi\,x": mul(num(2), PI, x),
    "u_{t-1}^2": pow_(index(name("u"), sub(t, num(1))), num(2)),
    r"\log 2\pi": term("log", mul(num(2), PI)),
    r"\log\frac{a}{b}y": mul(term("log", div(a, b)), y),
    r"\sin x\cos y": mul(term("sin", x), term("cos", y)),
    r"\sin^2 x": pow_(term("sin", x), num(2)),
    r"\exp(x)^2": pow_(term("exp", x), num(2)),
    r"\binom{n}{k}": term("binom", n, k),
    "n!": term("factorial", n),
    r"\left\lfloor x\right\rfloor": term("floor", x),
    r"\left|x-y\right|": term("abs", sub(x, y)),
    r"\|\mathbf{x}\|_1": term("norm_one", v), r"\|\mathbf{x}\|_\infty": term("norm_max", v),
    r"\langle\mathbf{x},\mathbf{y}\rangle": mul(term("transpose", v), name(r"\mathbf{y}")),
    r"\langle A,B\rangle": term("tr", mul(term("transpose", A), name("B"))),
    r"\log_2 x": mul(term("log", x), inv(term("log", num(2)))),
    r"|x|y|z|": mul(term("abs", x), y, term("abs", z)),
    r"\max(0,x)": term("max", ZERO, x),
    r"\operatorname{ReLU}(x)": term("relu", x),
}
ALGEBRA = {
    r"A\mathbf{x}": mul(A, v),
    r"A^{-1}": inv(A),
    r"A^{T}B": mul(term("transpose", A), name("B")),
    r"A^\top": term("transpose", A),
    r"A^\mathrm{T}": term("transpose", A),
    r"A^{\mathsf T}": term("transpose", A),
    r"A^{-T}": term("transpose", inv(A)),
    r"\mathbf{x}^{T}A\mathbf{x}": mul(term("transpose", v), A, v),
    r"\mathbf{x}\cdot\mathbf{y}": mul(term("transpose", v), name(r"\mathbf{y}")),
    "|A|": term("det", A),
    r"\det(A)": term("det", A),
    r"\operatorname{tr}(AB)": term("tr", mul(A, name("B"))),
    r"\mathrm{tr}[A]": term("tr", A),
    r"\|\mathbf{x}\|^2": pow_(term("norm", v), num(2)),
    r"\left\Vert A\right\Vert_F": term("norm", A),
    r"A\odot B": term("hadamard", A, name("B")),
    r"A\otimes B": term("kron", A, name("B")),
    r"\begin{bmatrix}1&x\\y&0\end{bmatrix}": matrix([[num(1), x], [y, num(0)]]),
    r"\begin{pmatrix}x\\y\end{pmatrix}": matrix([[x], [y]]),
    r"\mathbf{0}": ZEROS,
    "a_{ij}": index(A, i, j),
    "A_{12}": index(A, num(1), num(2)),
    "x_j": index(v, j),
    r"\mathbf{v}_i": index(name(r"\mathbf{v}"), i),
    "v_{ij}": index(index(name(r"\mathbf{v}"), i), j),
    "f_{3i}": index(name("f_3"), i),
    "A_{:,j}": index(A, IMPLIED, j),
    r"\operatorname{vec}(A\,dX)": term("vec", mul(A, name("dX"))),
}
BINDERS = {
    r"\sum_{i=1}^{n}w_i": term("sum", w(i), i, range_(num(1), n)),
    r"\sum_i w_i+y": add(term("sum", w(i), i, IMPLIED), y),
    r"2\sum_i w_ix": mul(num(2), term("sum", mul(w(i), x), i, IMPLIED)),
    r"\sum_{i\ne j}w_i": term("sum", w(i), i, term("filter", IMPLIED, rel(Relation.NE, i, j))),
    r"\sum_{i=1,i\ne j}^{n}w_i": term("sum", w(i), i, term("filter", range_(num(1), n), rel(Relation.NE, i, j))),
    r"\sum_{i\in S}w_i": term("sum", w(i), i, S),
    r"\sum_{1\le i\le n}w_i": term("sum", w(i), i, range_(num(1), n)),
    r"\sum_{1\le i<k\le n}w_iw_k": term("sum", term("sum", mul(w(i), w(k)), i, range_(num(1), sub(k, num(1)))), k,
                                        range_(num(1), n)),
    r"\sum_{i<k}w_iw_k": term("sum", term("sum", mul(w(i), w(k)), i, term("filter", IMPLIED, rel(Relation.LT, i, k))),
                              k, IMPLIED),
    r"w_1+w_2+\cdots+w_n": term("sum", w(k), k, range_(num(1), n)),
    r"w_1w_2\cdots w_n": term("prod", w(k), k, range_(num(1), n)),
    r"1+x+x^2+\ldots+x^{n}": term("sum", pow_(x, k), k, range_(num(0), n)),
    r"\operatorname{argmin}_{x\in\mathbb{R}}f(x)": term("argmin", call(f, x), x),
    r"\max_{x\in\mathbb{R}}f(x)": term("maxof", call(f, x), x),
    r"\int_0^\infty f(z)\,dz": term("int", call(f, z), z, range_(num(0), INFINITY)),
    r"\sum_{s',r}f(s',r)": term("sum", term("sum", call(f, name("s'"), name("r")), name("r"), IMPLIED), name("s'"),
    IMPLIED),
    r"\prod_iw_i\prod_iw_i": mul(term("prod", w(i), i, IMPLIED), term("prod", w(i), i, IMPLIED)),
    r"\prod_iw_i\sum_kw_k": mul(term("prod", w(i), i, IMPLIED), term("sum", w(k), k, IMPLIED)),
    r"\prod_i\sum_kw_iw_k": term("prod", term("sum", mul(w(i), w(k)), k, IMPLIED), i, IMPLIED),
    r"\prod_ixw_i": term("prod", mul(x, w(i)), i, IMPLIED),
    r"\sum_{w}\sigma_w": term("sum", index(name(r"\sigma"), name("w")), name("w"), IMPLIED),
    r"|S|": term("sum", num(1), j, S),
    r"\prod_{s=1}^{t}x": term("prod", x, name("s"), range_(num(1), t)),
    r"\max_i w_i": term("maxover", w(i), i, IMPLIED),
    r"\min_{\alpha}[\alpha^2]": term("minof", pow_(name(r"\alpha"), num(2)), name(r"\alpha")),
    r"\operatorname{argmin}_{x}f(x)": term("argmin", call(f, x), x),
    r"\arg\max_{x} f(x)": term("argmax", call(f, x), x),
    r"\int p(z)\,dz": term("int", call(p, z), z, IMPLIED),
    r"\int_{-\pi}^{\pi}f(z)\,\mathrm{d}z": term("int", call(f, z), z, range_(mul(num(-1), PI), PI)),
    r"\int\int f(x,z)\,dx\,dz": term("int", term("int", call(f, x, z), x, IMPLIED), z, IMPLIED),
    r"\int dz\,p(z)": term("int", call(p, z), z, IMPLIED),
}
CALCULUS = {
    r"\frac{\partial L}{\partial\phi_0}": deriv(name("L"), phi0),
    r"\frac{\partial^2L}{\partial\phi_0\partial\phi_1}": deriv(name("L"), phi0, phi1),
    r"\frac{\partial^2L}{\partial\phi_0^2}": deriv(name("L"), phi0, phi0),
    r"\frac{d}{dx}(x^2)": deriv(pow_(x, num(2)), x),
    r"\frac{\mathrm{d}}{\mathrm{d}x}\left[x\right]": deriv(x, x),
    r"\frac{\delta\|A\|}{\delta A}": deriv(term("norm", A), A),
    r"\frac{\partial}{\partial x}2\sin x": deriv(mul(num(2), term("sin", x)), x),
    r"\partial y/\partial x": deriv(y, x),
    r"\nabla_{\mathbf{x}}f(\mathbf{x})": term("grad", call(f, v), v),
    r"\nabla f(\mathbf{x})^{T}": term("transpose", term("grad", call(f, v), v)),
    r"\nabla_{\mathbf{x}}^2f(\mathbf{x})": term("hess", call(f, v), v),
    r"\left.\frac{d}{dx}f(x)\right|_{x=0}": term("at", deriv(call(f, x), x), x, ZERO),
    "L'(2)": term("at", deriv(call(name("L"), name("u")), name("u")), name("u"), num(2)),
}
PROBABILITY = {
    r"\mathbb{E}[x]": term("E", x),
    r"\mathrm{E}(xy)": term("E", mul(x, y)),
    r"\mathbb{E}_{z\sim q}[z^2]": term("E", pow_(z, num(2)), term("dist", z, q)),
    r"\mathbb{E}_{q(z|x)}[z]": term("E", z, term("dist", z, call(q, z, given=(x,)))),
    r"\mathbb{E}[x\mid y]": term("E", term("given", x, y)),
    r"\mathbb{V}\mathrm{ar}[x]": term("Var", x),
    r"P(x\le y)": term("E", term("indicator", rel(Relation.LE, x, y))),
    r"\mathbb{E}[|x||y]": term("E", term("given", term("abs", x), y)),
    r"\mathrm{Var}[x]^2": pow_(term("Var", x), num(2)),
    r"\operatorname{Cov}[x,y]": term("Cov", x, y),
    r"\operatorname{Cov}[\mathbf{x}]": term("Cov", v, v),
    r"Pr(x|z,\phi_0)": call(name("Pr"), x, given=(z, phi0)),
    r"\log Pr(x)": term("log", call(name("Pr"), x)),
    r"p(\cdot|y)": call(p, IMPLIED, given=(y,)),
    r"D_{KL}(p\|q)": term("KL", p, q),
    r"\operatorname{KL}[p\|q]": term("KL", p, q),
    r"\mathcal{N}(0,1)": term("normal", ZERO, ONE),
    r"\mathcal{N}(x|0,1)": term("normal_density", x, ZERO, ONE),
    r"\operatorname{Norm}_{\mathbf{x}}[\mathbf{y},A]": term("normal_density", v, name(r"\mathbf{y}"), A),
    r"\mathbb{1}[x>0]": term("indicator", rel(Relation.GT, x, ZERO)),
    r"\begin{cases}x & x>0\\ 0 & \text{otherwise}\end{cases}": term("cases", x, rel(Relation.GT, x, ZERO), ZERO),
    "f^2(x)": pow_(call(f, x), num(2)),
    "f^{-1}(x)": call(inv(f), x),
    "V^{*}(y)": call(name("V^{*}"), y),
    r"f(w_1,\ldots,w_n)": call(f, index(name("w"), range_(ONE, n))),
    r"f(\frac{1}{2}\|\mathbf{x}\|^2)": call(f, mul(inv(num(2)), pow_(term("norm", v), num(2)))),
}
CONDITIONS = {
    "0<x<1": term("and", rel(Relation.LT, ZERO, x), rel(Relation.LT, x, ONE)),
    r"x=0\wedge y=0": term("and", rel(Relation.EQ, x, ZERO), rel(Relation.EQ, y, ZERO)),
    r"x=y\iff y=x": rel(Relation.IFF, rel(Relation.EQ, x, y), rel(Relation.EQ, y, x)),
    r"w_i=0\quad(i\ne j)": rel(Relation.IMPLIES, rel(Relation.NE, i, j), rel(Relation.EQ, w(i), ZERO)),
    r"i\notin\{a,b\}": term("and", rel(Relation.NE, i, a), rel(Relation.NE, i, b)),
    r"f(x)\ge 0\ \forall x": rel(Relation.GE, call(f, x), ZERO),
}
VALID = ARITHMETIC | ALGEBRA | BINDERS | CALCULUS | PROBABILITY | CONDITIONS


@pytest.mark.parametrize("text", VALID)
def test_a_text_is_read_as_the_term_it_means(text):
    assert read(text, TABLE) is VALID[text]


@pytest.mark.parametrize("text", VALID)
def test_what_is_read_is_printed_so_that_it_is_read_again(text):
    assert read(latex(VALID[text], TABLE), TABLE) is VALID[text]


def test_undeclared_letters_are_read_by_their_look():
    assert read(r"\mathbf{A}\mathbf{x}+x_i") is add(mul(name(r"\mathbf{A}"), v), index(x, i))
    assert read(r"|\mathbf{A}|") is term("det", name(r"\mathbf{A}"))
    assert read(r"\theta_{10}") is name(r"\theta_{10}")
    assert read("w(x-y)") is mul(name("w"), sub(x, y))
    assert read("g(x)") is call(name("g"), x)


def test_a_declared_power_is_no_transpose():
    table = (Declaration("T", "size"), Declaration(r"\gamma", "scalar"), Declaration(r"\mathbf{x}", "vector", (n,)))
    assert read(r"\gamma^T", table) is pow_(name(r"\gamma"), name("T"))
    assert read(r"\mathbf{x}^T", table) is term("transpose", v)


RAISED = (Declaration(r"x^{(\cdot)}", "vector", (n,), indices=("i",)), Declaration("W^{(2)}", "matrix", (n, n)))


def test_members_of_a_family_may_wear_their_index_above():
    member = index(name(r"x^{(\cdot)}"), i)
    for text, wanted in {"x^{(i)}": member, "x_j^{(i)}": index(member, j), r"x^{(i)\top}": term("transpose", member),
                         "x^{(i+1)}": index(name(r"x^{(\cdot)}"), add(i, num(1))), "W^{(2)}": name("W^{(2)}")}.items():
        assert read(text, RAISED) is wanted
        assert read(latex(wanted, RAISED), RAISED) is wanted


def test_a_relation_has_two_sides():
    assert read_relation(r"x\le y", TABLE) == (x, Relation.LE, y)
    with pytest.raises(ReadError):
        read_relation("x+y", TABLE)
    with pytest.raises(ReadError):
        read_condition("x+y", TABLE)


REFUSED = {
    r"1 - \frac{1}{\mathrm{e}": 12, "x -": 3, "x+y)z": 3, "": 0, "(x": 2, "(x]": 2, "x^10": 2, "x^": 2, "x^2^3": 4,
    "a,b": 1,
    "1/2x": 3, r"\log xy": 6, r"\sin^{-1}x": 6, "x^T": 2, r"\frac{d}{dx}x\sin x": 13, r"\int f(x)": 9, "x dy": 2,
    r"\int_0^1 x\,dx\,dy": 16, r"\sum_{i\ne k}w_i": 6, r"\sum_{i=1}w_i": 6, r"\sum w_i": 5,
    r"\begin{bmatrix}a&b\\c\end{bmatrix}": 6,
    r"\nabla y": 0, r"\|x\|_3": 7, r"\|A\|_2": 7, r"\langle x\rangle": 0,
    r"\langle x,\mathbf{y}\rangle": 0, r"w_1+w_3+\ldots+w_n": 18, r"w_1-w_2+\cdots+w_n": 18,
    r"\operatorname{argmax}_{\alpha\in(0,1)}\alpha": 29,
    r"\foo": 0, "x&y": 1, "²": 0, "$x$": 0, r"\mathbb{E}x": 10, r"\mathbf{y}_i": 0,
    r"a+\ldots+b": 10, r"\prod_iw_ix": 10,
    "x+(y<z)": 7, r"\operatorname{argmin} x": 22, "f(x": 1, r"\frac{}{x}": 5, "9" * 400: 0,
    "x" + "'" * 9: 6,
    "x" * 20_001: 20_000, r"\left.x\right.": 7, r"\hat{x+y}": 0, "L'": 0, r"\mathcal{N}(0)": 0, r"\binom{n}": 9,
    "x_{i,": 2,
    r"\mathbb{1}[x]": 0, r"\lim_{x\to 0}x": 0, r"\frac{\partial^2y}{\partial x}": 6,
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_read_to_its_end_is_refused_with_its_place(text):
    with pytest.raises(ReadError) as refusal:
        read(text, TABLE)
    assert refusal.value.message and refusal.value.column == REFUSED[text]


def letters(text):
    """The letters and numbers of a text that stand for something."""
    marks = {r"\mathrm{T}", r"\mathsf{T}", "T", "d", r"\mathrm{d}", "e", r"\mathrm{e}", "F"}
    return {m[0] for m in tokens(text) if m[2] == "name" and len(m[0]) == 1} - marks


@pytest.mark.parametrize("text", VALID)
def test_a_prefix_is_refused_or_says_all_it_holds(text):
    for mark in tokens(text)[1:-1]:
        prefix = text[:mark[1]]
        try:
            found = read(prefix, TABLE)
        except ReadError:
            continue
        assert read(latex(found, TABLE), TABLE) is found
        assert prefix.count("{") == prefix.count("}") and prefix.count("(") == prefix.count(")")
        assert letters(prefix) - {"a", "v", "x", "P", "r", "i"} <= letters(latex(found, TABLE)) | {"d", "X"}


@pytest.mark.parametrize("text", [
    "(" * 200 + "x" + ")" * 200, "(1+" * 200 + "x" + ")" * 200, r"\sqrt{" * 200 + "x" + "}" * 200,
    "+".join(["x"] * 5000), "xy" * 5000, "x!" * 5000, r"\sum_i" * 100 + "w_i", "-" * 100 + "x",
    "f(" + "x," * 3000 + "y)"])
def test_long_and_deep_texts_are_read(text):
    read(text, TABLE)


@pytest.mark.parametrize("text", [
    "(" * 5000 + "x" + ")" * 5000, "(" * 9000, "{" * 9000, "|" * 9000, "[" * 9000,
    r"\frac{1}{" * 2000 + "x" + "}" * 2000,
    "x^{" * 900 + "x" + "}" * 900, r"\sum_i" * 1500 + "x", r"\nabla_x" * 1500 + "f(x)", "-" * 9000 + "x",
    "x_{" + "i," * 3000 + "i}",
    r"\int " * 900 + "x" + "dx" * 900, r"\operatorname{" + "a " * 6000, r"\mathbf" + " " * 9000 + "{", "\\" * 9000,
    "_" * 9000,
    r"\left" * 3000, r"\begin{bmatrix}" * 500, "d" * 9000, r"\int " + "d" * 5000, "\x00", "\ud800", "é" * 9000])
def test_hostile_texts_are_refused_at_once(text):
    with pytest.raises(ReadError):
        read(text, TABLE)


NAMES = {
    r"\phi_0": r"\phi_0", r"\mathbf v_{a}": r"\mathbf{v}_a", r"\boldsymbol{v}": r"\mathbf{v}",
    r"\mathbf{\mu}": r"\boldsymbol{\mu}",
    r"\hat y": r"\hat{y}", r"\bar{\mathbf{x}}_t": r"\bar{\mathbf{x}}_t", r"\theta_{10}": r"\theta_{10}",
    r"V^{*}": "V^{*}",
    r"V^\star": "V^{*}", r"\mathrm{sig}": r"\operatorname{sig}", r"\text{Var}": r"\operatorname{Var}", r"x'_0": "x_0'",
    "dX": "dX",
    r"x_{t-1}": "x_{t-1}", r"D_{\mathrm{KL}}": r"D_{\operatorname{KL}}", r"\widetilde{L}": r"\tilde{L}",
    r"\Omega^{j}": r"\Omega^{j}",
}


@pytest.mark.parametrize("text", NAMES)
def test_a_name_has_one_spelling(text):
    assert name_of(text) == NAMES[text]
    assert name_of(NAMES[text]) == NAMES[text]


def test_a_name_is_not_more_than_a_name():
    for text in ("x+y", "f(x)", "", "2", r"\frac{1}{2"):
        with pytest.raises(ReadError):
            name_of(text)
    parts = name_parts(r"Pr(\mathbf{x}|\mathbf{z},\boldsymbol{\phi})")
    assert (parts.name, parts.arguments, parts.given) == ("Pr", (r"\mathbf{x}",), (r"\mathbf{z}", r"\boldsymbol{\phi}"))
    assert read("p(x|z)", as_name=True) is call(p, x, given=(z,))
