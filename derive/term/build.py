"""Constructors of Terms: they desugar and flatten, and do nothing else."""

from fractions import Fraction

from derive.term.core import Term


def num(value):
    """An integer literal, or a decimal as an exact Fraction.  A quotient of integers is ``div``, not a literal."""
    value = Fraction(value)
    return Term("num", (), int(value) if value.denominator == 1 else value)


MINUS_ONE, ZERO, ONE, TWO = num(-1), num(0), num(1), num(2)
HALF = Term("pow", (TWO, MINUS_ONE))
PI, INFINITY, ZEROS, IMPLIED = (Term(h) for h in ("pi", "infinity", "zeros", "implied"))


def name(latex):
    """A symbol by its LaTeX name, base and label together: ``x``, ``\\mathbf{v}_a``."""
    return Term("name", (), latex)


def _flat(head, terms, unit):
    parts = tuple(p for t in terms for p in (t.args if t.head == head else (t,)))
    return parts[0] if len(parts) == 1 else Term(head, parts) if parts else unit


def add(*terms):
    """a + b + ..., nested sums flattened, order kept."""
    return _flat("add", terms, ZERO)


def mul(*factors):
    """a b ..., nested products flattened, order kept; scalars, vectors and matrices alike."""
    return _flat("mul", factors, ONE)


def neg(term):
    """-a is (-1) a; the literal -2 is one number."""
    return num(-term.value) if term.head == "num" else mul(MINUS_ONE, term)


def sub(a, b):
    """a - b is a + (-b)."""
    return add(a, neg(b))


def pow_(base, exponent):
    return Term("pow", (base, exponent))


def inv(term):
    """1/b and b^{-1} are the same Term."""
    return pow_(term, MINUS_ONE)


def div(a, b):
    """a/b is a b^{-1}, and 1/b is b^{-1}."""
    return inv(b) if a is ONE else mul(a, inv(b))


def sqrt(term):
    return pow_(term, HALF)


def index(base, *subscripts):
    """An entry x_i, A_{ij} of a family or array; ``index(index(x, i), j)`` is a component of a member of a family."""
    return Term("index", (base, *subscripts))


def call(function, *args, given=None):
    """f(a, b); with ``given`` (a tuple) f(a | c): the payload is the number of arguments before the bar."""
    return Term("call", (function, *args, *(given or ())), None if given is None else len(args))


def rel(operator, left, right):
    """A relation as a condition; the operator is a value of ``Relation``."""
    return Term("rel", (left, right), operator)


def matrix(rows):
    """A matrix (or column vector) written out: a sequence of rows of Terms; the payload is (rows, columns)."""
    rows = tuple(tuple(r) for r in rows)
    return Term("matrix", tuple(e for r in rows for e in r), (len(rows), len(rows[0])))


def range_(low, high):
    """The index set {low, ..., high}."""
    return Term("range", (low, high))


def deriv(body, *variables):
    """d body / d v1 d v2 ...: partial derivatives at the point named; the variables stay free."""
    return Term("deriv", (body, *variables))


def term(head, *args, value=None):
    """Any other head of the table."""
    return Term(head, args, value)
