"""Random claims that try to hang, break or fool a judge, out of a seed; the truth of most is known by construction.

A kind makes a hostile value (LaTeX, declarations, givens).  A frame makes a claim of it: the value equals itself in
disguise (never refuted), equals itself plus something (never proved), or whatever comes (no truth known).
"""

from dataclasses import dataclass, field
from random import Random

KINDS = {}


@dataclass(frozen=True)
class Value:
    """A hostile expression; ``one`` is what may be added to a value of its shape, None where nothing may."""

    text: str
    symbols: dict = field(default_factory=dict)
    given: tuple = ()
    one: str | None = "1"


@dataclass(frozen=True)
class Hostile:
    """A claim as texts, its kind, and whether it is true (None where that is not known)."""

    kind: str
    left: str
    rel: str
    right: str
    symbols: dict
    given: tuple
    truth: bool | None


def kind(function):
    """Register a maker of Values."""
    KINDS[function.__name__] = function
    return function


def claims(seed, count):
    """``count`` claims, the kinds in turn; the same for the same seed."""
    rng = Random(seed)
    makers = list(KINDS.items())
    for number in range(count):
        ident, maker = makers[number % len(makers)]
        yield framed(rng, ident, maker(rng))


# -- frames -----------------------------------------------------------------------------------------------------------

SAME = ["{0}", "({0})", "1({0})", "-(-({0}))", r"\frac{{2({0})}}{{2}}", r"\left({0}\right)+0", "({0})+7-7"]
ANY_SHAPE = 5           # so many of them serve vectors and matrices too
MORE = ["1", "-1", r"\frac{1}{7}", "10^{-30}", "0.000000000001", "10^{40}", r"\pi", r"\sqrt{2}"]


def framed(rng, ident, value):
    """A claim about a value: in disguise, off by a little, or compared with zero."""
    disguise = rng.choice(SAME if value.one == "1" else SAME[:ANY_SHAPE]).format(value.text)
    frame = rng.randrange(5)
    if value.one is None or frame == 4:
        rel = rng.choice(["=", r"\le", ">"])
        return Hostile(ident, value.text, rel, rng.choice(["0", "x", value.text]), value.symbols, value.given, None)
    if frame == 0:
        return Hostile(ident, value.text, "=", disguise, value.symbols, value.given, True)
    if frame == 1:
        more = f"{disguise}+({rng.choice(MORE)})" + (value.one if value.one != "1" else "")
        return Hostile(ident, value.text, "=", more, value.symbols, value.given, False)
    if frame == 2 and value.one == "1":
        return Hostile(ident, f"{disguise}+1", r"\le", value.text, value.symbols, value.given, False)
    return Hostile(ident, f"{value.text}+{value.one}", "=", disguise, value.symbols, value.given, False)


# -- letters ----------------------------------------------------------------------------------------------------------

def reals(*letters):
    return {letter: "real scalar" for letter in letters}


X = reals("x", "y", "z")
DATA = {"x_i": "real sequence, i = 1..N", "N": "integer >= 1", **reals("x")}


def size(rng, *exponents):
    """A number that is now and then huge."""
    return rng.choice([str(rng.randint(2, 9)), str(rng.randint(10, 10**6)), str(rng.randrange(10**60)),
                       *(f"10^{{{e}}}" for e in exponents or (3, 9, 100))])


def nested(rng, deepest, wraps, core):
    """Wraps around a core, to a random depth; one wrap at every depth half the time."""
    chosen = [rng.choice(wraps)] if rng.random() < 0.5 else wraps
    text = core
    for _ in range(rng.choice([3, 8, 20, deepest//2, deepest])):
        text = rng.choice(chosen).replace("#", text)
    return text


# -- kinds: nesting and size ------------------------------------------------------------------------------------------

@kind
def deep_nesting(rng):
    wraps = ["(#)", r"\frac{1}{1+#}", r"\sqrt{1+(#)^2}", r"\exp(-(#)^2)", r"\log(1+(#)^2)", r"\sin(#)", r"|#|",
             r"\max(#,x)", r"\tanh(#)", "(#)^2", "-(#)", r"\frac{#}{x^2+1}", r"\left[#\right]"]
    return Value(nested(rng, 300, wraps, "x"), X)


@kind
def towers(rng):
    base = rng.choice(["x", "2", "9", "e", r"\pi", "0.5", "(x^2+1)"])
    text = base
    for _ in range(rng.randint(2, rng.choice([4, 12, 60]))):
        text = f"{rng.choice([base, '2', '10'])}^{{{text}}}"
    return Value(text, {"x": "positive scalar"})


@kind
def huge_constants(rng):
    digits = "".join(rng.choice("0123456789") for _ in range(rng.choice([20, 300, 5000])))
    forms = [f"x+1{digits}", f"1{digits}x", f"\\frac{{1}}{{1{digits}}}", f"0.{digits}1", f"x^{{{digits[:3]}1}}",
             f"10^{{{digits[:9]}}}", f"\\sin(1{digits})", f"\\exp(-1{digits[:40]})", f"\\sqrt{{1{digits}}}",
             f"\\log(1{digits})", f"2^{{-{digits[:12]}1}}", f"(1{digits[:15]})^{{1{digits[:6]}}}"]
    return Value(rng.choice(forms), X)


@kind
def factorials(rng):
    n = size(rng, 4, 9, 18)
    forms = [f"({n})!", rf"\binom{{{n}}}{{5}}", rf"\binom{{2\cdot {n}}}{{{n}}}", rf"\frac{{({n}+1)!}}{{({n})!}}",
             f"(({n})!)!", rf"\Gamma({n}+x^2+1)", rf"\log(({n})!)", rf"\binom{{{n}}}{{k}}", r"(k!)!", r"\binom{k}{k^k}"]
    return Value(rng.choice(forms), {"k": "integer >= 1", **X})


@kind
def big_powers(rng):
    e = rng.choice(["10^9", "1000000007", "10^{18}", "2^{64}", "999", "k^k", "10^{10^{10}}"])
    forms = [f"2^{{{e}}}", f"(1+x)^{{{e}}}", f"(x+y+z)^{{{e}}}", f"(-1)^{{{e}}}", f"(x^{{{e}}})^{{{e}}}",
             rf"\left(1+\frac{{1}}{{{e}}}\right)^{{{e}}}", f"x^{{-{e}}}", f"(x-x)^{{{e}}}", rf"2^{{2^{{{e}}}}}"]
    return Value(rng.choice(forms), {"k": "integer >= 1", "x": "positive scalar", **reals("y", "z")})


@kind
def long_polynomials(rng):
    count = rng.choice([5, 20, 80, 400])
    names = [f"a_{{{n}}}" for n in range(1, 2 + count % 17)]
    terms = ["".join(rng.choice(names) for _ in range(rng.randint(1, 5))) for _ in range(count)]
    total = "+".join(terms)
    text = rng.choice([total, f"({total})^{{{rng.choice([2, 7, 30])}}}", rf"\frac{{1}}{{1+({total})^2}}",
                       rf"\exp({total})", f"({total})({total})"])
    return Value(text, reals(*names))


# -- kinds: sums, products, extrema, cases ----------------------------------------------------------------------------

@kind
def sums(rng):
    top = rng.choice(["N", "N^2", "2^N", "N^N", size(rng), "10^{12}", "N!", "-N", "x", "0"])
    body = rng.choice(["i", "i^2", "x", "x^i", r"\frac{1}{i}", r"\frac{1}{i^2+1}", "(-1)^i", r"\sin(ix)", "2^{i}", "i!",
                       r"\binom{N}{i}x^i", "1"])
    sign = rng.choice([r"\sum", r"\sum", r"\prod"])
    low = rng.choice(["1", "0", "-5", "N", "10^9"])
    return Value(rf"{sign}_{{i={low}}}^{{{top}}}\left({body}\right)", {"N": "integer >= 1", **reals("x")})


@kind
def data_sums(rng):
    depth = rng.randint(1, 6)
    letters = "ijklmn"[:depth]
    text = rng.choice(["".join(f"x_{c}" for c in letters), "+".join(f"x_{c}" for c in letters),
                       rf"\exp({'+'.join(f'x_{c}' for c in letters)})",
                       rf"\left|{'-'.join(f'x_{c}' for c in letters)}\right|",
                       rf"\max({','.join(f'x_{c}' for c in letters)},0)"])
    low = "1"
    for c in reversed(letters):
        top = rng.choice(["N", "N", letters[max(letters.index(c) - 1, 0)] if c != letters[0] else "N"])
        text = rf"\sum_{{{c}={low}}}^{{{top}}}{text}"
    return Value(rng.choice([text, rf"\log\left(1+\left({text}\right)^2\right)",
                             rf"\left({text}\right)^{{{depth}}}"]), DATA)


@kind
def infinite(rng):
    forms = [r"\sum_{k=1}^{\infty}\frac{1}{k}", r"\sum_{k=1}^{\infty}\frac{1}{k^2}", r"\sum_{k=0}^{\infty}x^k",
             r"\sum_{k=0}^{\infty}(-1)^k", r"\prod_{k=1}^{\infty}\left(1+\frac{1}{k}\right)",
             r"\sum_{k=0}^{\infty}k!x^k",
             r"\sum_{k=0}^{\infty}\frac{x^k}{k!}", r"\sum_{k=1}^{\infty}\sum_{j=1}^{\infty}\frac{1}{kj}",
             r"\sum_{k=-\infty}^{\infty}x^k", r"\infty", r"\infty-\infty", r"\frac{\infty}{\infty}", r"0\cdot\infty"]
    return Value(rng.choice(forms), X)


@kind
def extrema(rng):
    names = [f"a_{{{n}}}" for n in range(1, rng.choice([3, 8, 20, 60]))]
    wraps = ["|{}|", r"\max({},x)", r"\min({},-x)", r"\left|{}-1\right|", r"\operatorname{{sign}}({})"]
    parts = [rng.choice(wraps).format(n) for n in names]
    text = rng.choice([rf"\max({','.join(names)})", "+".join(parts), "".join(parts), rf"\max({','.join(parts)})",
                       rf"\left|{'-'.join(parts)}\right|", rf"\min({','.join(names)})-\max({','.join(names)})"])
    return Value(text, reals("x", *names))


@kind
def cases(rng):
    count = rng.choice([2, 6, 20])
    rows = [f"{rng.choice(['x', 'x^2', str(n), 'xy'])} & x {rng.choice(['<', '=', '>'])} {n}" for n in range(count)]
    text = r"\begin{cases}" + r"\\".join([*rows, r"0 & \text{otherwise}"]) + r"\end{cases}"
    if rng.random() < 0.4:
        text = rng.choice([f"{text}+{text}", rf"\left({text}\right)^2", rf"\max({text},{text})",
                           rf"\mathbb{{1}}[x>0]{text}"])
    return Value(text, X)


# -- kinds: matrices, calculus, probability ---------------------------------------------------------------------------

@kind
def matrix_words(rng):
    length = rng.choice([3, 12, 40])
    letters = ["A", "B", "C", "A^T", "B^{-1}", "(A+B)", "(A-C)^T", "A^{2}", "(AB)^{-1}", "C^{7}", "A^{10^9}", "(xA)"]
    chosen = letters if rng.random() < 0.5 else letters[:4]
    word = "".join(rng.choice(chosen) for _ in range(length))
    words = {name: "matrix n x n" for name in "ABC"} | {"n": "integer >= 1", "x": "positive scalar",
                                                        "I": "identity matrix n x n"}
    if rng.random() < 0.5:
        return Value(word, words, (), "I")
    return Value(rng.choice([r"\operatorname{tr}(%s)", r"\det(%s)", r"\log|\det(%s)|", r"\|%s\|^2"]) % word, words)


@kind
def matrix_chains(rng):
    wraps = ["(I+#)^{-1}", "(#)^T", "(A+#)^{-1}", r"\det(#)A", "(#)^{2}", r"A\odot(#)", r"\operatorname{tr}(#)I", "A#B",
             r"(#)^{-1}", r"(B-#)"]
    words = {name: "matrix n x n" for name in "AB"} | {"I": "identity matrix n x n", "n": rng.choice(
        ["integer >= 1", "integer >= 10^9", "integer >= 2, <= 2", "positive integer"])}
    text = nested(rng, 24, wraps, "A")
    if rng.random() < 0.3:
        return Value(rf"\operatorname{{tr}}\left({text}\right)", words)
    return Value(text, words, (), "I")


@kind
def kronecker_blocks(rng):
    words = {"A": "matrix n x m", "B": "matrix m x p", "v": "vector n", "w": "vector m", "n": "integer >= 1",
             **reals("x")}
    text = rng.choice([r"v^TABB^TA^Tv", r"\|A\otimes B\otimes A\|", r"v^T(A\otimes A)w", r"\det(I+ABB^TA^T)",
                       r"\operatorname{tr}(A\otimes A^T)", r"v^TAw" + "+v^TAw"*rng.choice([1, 30]),
                       r"\log\det(I+xAA^T)", r"\sum_{i=1}^{n}\sum_{j=1}^{m}A_{ij}v_iw_j",
                       r"\|v\|^{" + rng.choice(["2", "99"]) + "}"])
    return Value(text, words)


@kind
def derivatives(rng):
    body = rng.choice([r"\exp(x^2)", r"\sin(xy)", r"x^{x}", r"\frac{1}{1+x^2}", r"\log(1+e^{x})", "x^{100}", r"|x|",
                       r"\exp(\exp(\exp(x)))"])
    times = rng.choice([1, 2, 5, 9, 40])
    forms = [r"\frac{\partial}{\partial x}"*times + rf"\left[{body}\right]",
             rf"\frac{{\partial^{{{times}}}}}{{\partial x^{{{times}}}}}\left[{body}\right]",
             rf"\frac{{d^{{{times}}}}}{{dx^{{{times}}}}}\left[{body}\right]"]
    return Value(rng.choice(forms), {"x": "positive scalar", **reals("y")})


@kind
def integrals(rng):
    text = rng.choice([r"\exp(-x^2)", r"\frac{1}{x}", r"\sin(\frac{1}{x})", "x^y", r"\frac{1}{1+x^4}", r"|x-y|",
                       r"e^{x}"])
    for letter in rng.choice(["x", "xy", "xyz", "xyxyx"]):
        low, high = rng.choice([("0", "1"), (r"-\infty", r"\infty"), ("0", "x"), ("1", "0"), ("-1", "1"),
                                ("0", "10^{9}")])
        text = rf"\int_{{{low}}}^{{{high}}}{text}\,d{letter}"
    return Value(text, X)


@kind
def expectations(rng):
    names = [f"X_{{{n}}}" for n in range(1, rng.choice([3, 6, 14]))]
    words = {n: "random variable with finite variance" for n in names} | reals("x")
    product, total = "".join(names), "+".join(names)
    text = rng.choice([rf"\mathbb{{E}}[{product}]", rf"\operatorname{{Var}}[{total}]",
                       nested(rng, 12, [r"\mathbb{E}[#]", r"\mathbb{E}[#-X_{1}]", r"\mathbb{E}[(#)^2]"], "X_{1}"),
                       rf"\operatorname{{Cov}}[{product},{total}]", rf"\mathbb{{E}}[\exp({product})]",
                       r"\mathbb{E}\left[X_{1}^{" + rng.choice(["4", "60", "1000"]) + r"}\right]"])
    return Value(text, words)


@kind
def mass_functions(rng):
    words = {"p": "probability mass function on a finite set", "q": "probability mass function on the same set"}
    text = rng.choice([r"\sum_xp(x)\log\frac{p(x)}{q(x)}", r"\sum_xp(x)^{" + rng.choice(["2", "9", "200"]) + "}",
                       r"D_{KL}(p\|q)",
                       r"\sum_x\sum_y\sum_zp(x)p(y)q(z)|p(x)-q(y)|", r"\max_xp(x)-\min_xq(x)", r"\sum_xp(x)^{p(x)}",
                       r"\prod_xp(x)^{q(x)}", r"-\sum_xp(x)\log_2p(x)", r"\log\sum_x\exp\exp p(x)"])
    return Value(text, words | reals("x"))


# -- kinds: what should not be there ----------------------------------------------------------------------------------

@kind
def undefined(rng):
    forms = ["0^0", r"\frac{1}{0}", r"\log 0", r"\log(-1)", r"\sqrt{-1}", r"\tan(\frac{\pi}{2})", r"\frac{0}{0}",
             "0^{-1}",
             r"\binom{-1}{2}", "(-1)!", r"\Gamma(0)", r"\frac{x}{x-x}", r"\log(x-x)", r"\log(-x^2)", r"(x-x)^{x-x}",
             r"\frac{1}{\sin(\pi)}", r"\sqrt{-x^2-1}", r"\arctan(\frac{1}{0})", r"(-8)^{\frac{1}{3}}", r"0^{x}",
             r"0\log 0"]
    text = rng.choice(forms)
    return Value(rng.choice([text, f"x+{text}", f"({text})({text})", rf"\exp({text})", f"0\\cdot {text}"]), X)


@kind
def definitions(rng):
    length = rng.choice([3, 20, 60])
    chain = {f"a_{{{n}}}": f"a_{{{n}}} = a_{{{n-1}}}+a_{{{n-1}}}" for n in range(1, length)} | {"a_{0}": "real scalar"}
    squares = {f"a_{{{n}}}": f"a_{{{n}}} = a_{{{n-1}}}^2+1" for n in range(1, length)} | {"a_{0}": "real scalar"}
    made = rng.choice([
        Value(f"a_{{{length-1}}}", chain), Value(f"a_{{{length-1}}}", squares),
        Value("a", {"a": "a = b+1", "b": "b = a-1"}), Value("a", {"a": "a = a"}), Value("a", {"a": "a = a+1"}),
        Value("f(x)", {"f": "f(x) = f(x-1)+1", **X}), Value("f(5)", {"f": "f(n) = nf(n-1)", "n": "integer >= 1"}),
        Value("f(f(f(f(x))))", {"f": "f(x) = f(f(x))", **X}), Value("u", {"u": "u = v", "v": "v = w", "w": "w = u"}),
        Value("f(f(f(f(f(f(f(f(x))))))))", {"f": "f(t) = t^2+t", **X})])
    return Value(made.text, made.symbols | {"x": "real scalar"}, made.given)


@kind
def contradictions(rng):
    given = rng.sample(["x > 1", "x < 0", "x = 1", "x = 2", "x^2 = -1", "1 = 2", "x > y", "y > z", "z > x",
                        "x^2+y^2 < 0",
                        "xy = 1", "x = 0", "e^x = 0", r"\sin(x) = 2", "|x| < 0", "x = y", "x = y+1", r"x \ne x"], 5)
    return Value(rng.choice(["x", "x+y", "xyz", r"\frac{x}{y}"]), X, tuple(given))


@kind
def absurd_declarations(rng):
    words = rng.choice(["matrix n x n x n", "vector -3", "matrix 10^9 x 10^9", "integer >= 10^{100}", "scalar in (1,0)",
                        "vector 1000000", "positive negative scalar", "real imaginary unit", "matrix 0 x 0", "purple",
                        "integer >= n", "orthogonal vector n", "symmetric matrix n x m", "vector in R^{10^6}",
                        "integer in 1..0", "scalar in (0,0)", "label in {}", "", " ", "scalar "*500, "x",
                        "matrix A x A",
                        "positive definite matrix 2 x 3", "one-hot vector", "nonnegative weights, sum to -1",
                        "matrix 40 x 40", "sequence of vectors d, i = 1..10^9"])
    text = rng.choice(["a", "a+a", "a^2", "aa^T", r"\sum_ia_i", "a_1", r"\det(a)", r"\operatorname{tr}(a)", "a^{-1}"])
    return Value(text, {"a": words, "x": "real scalar"}, (), "(1)")


@kind
def strange_text(rng):
    letters = ["\u200b", "\u0301", "\U0001d465", "\U0001f600", "\uff11", "\u0660", "\u2212", "\u03c0", "\u202e",
               "\u00b2",
               "\ufeff", "\u2211", "\u00a0", "\\", "{", "}", "$", "%", "&", "^", "_", "~", "#", "'", '"', "\n", "\t",
               "\0"]
    pieces = ["x", "+", r"\frac{", "}", "{", "^", "_", r"\sum", "(", ")", r"\left(", r"\right", "=", "1", r"\mathbf",
              r"\\",
              r"\begin{cases}", r"\end{pmatrix}", "|", r"\operatorname{", ",", *letters]
    text = "".join(rng.choice(pieces) for _ in range(rng.choice([1, 5, 30, 400])))
    return Value(rng.choice([text, f"x{text}", f"x+{text}x", text*20]), X | {rng.choice(letters): "real scalar"}, (),
                 None)


@kind
def repeated_text(rng):
    unit = rng.choice(["(", "-", "x^", r"\frac{1}{", "x_", r"\sqrt", "{", r"\left(", "|", "x'", "!", r"\nabla ",
                       "x+", "x|",
                       r"\sum_{i=1}^{N}", r"\mathbb{E}[", "^T", "1", r"\partial ", "x,", r"\exp "])
    text = unit*rng.choice([3, 50, 900])
    return Value(rng.choice([text, f"x{text}", f"{text}x"]), X, (), None)
