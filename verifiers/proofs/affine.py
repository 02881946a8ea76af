"""Expressions of whole numbers that are affine in names, n + 1 - (n - k), and powers with such exponents."""

from fractions import Fraction

from derive.term import Term, add, free_names, mul, name, num, pow_
from derive.term.record import record
from derive.term.walk import rebuild


def affine(term):
    """{name: coefficient, None: constant} of an expression that is affine in names, or None."""
    if term.head == "num":
        return {None: Fraction(term.value)}
    if term.head == "name":
        return {term.value: Fraction(1)}
    if term.head not in ("add", "mul"):
        return None
    parts = [affine(a) for a in term.args]
    if None in parts:
        return None
    if term.head == "add":
        total = {}
        for p in parts:
            for k, v in p.items():
                total[k] = total.get(k, 0) + v
        return {k: v for k, v in total.items() if v}
    total = {None: Fraction(1)}
    for p in parts:
        if set(p) <= {None}:
            total = {k: v * p.get(None, Fraction(0)) for k, v in total.items()}
        elif set(total) <= {None}:
            total = {k: v * total.get(None, Fraction(0)) for k, v in p.items()}
        else:
            return None
    return {k: v for k, v in total.items() if v}


def written(form):
    """The Term of an affine form."""
    terms = [name(k) if v == 1 else mul(num(v), name(k)) for k, v in sorted(form.items(), key=str) if k is not None]
    constant = form.get(None, 0)
    if constant or not terms:
        terms.append(num(constant))
    return add(*terms)


def simplified(term):
    """An affine expression with its terms collected, and any other term as it is."""
    form = affine(term)
    return term if form is None or any(v.denominator != 1 for v in form.values()) else written(form)


@record(frozen=True)
class Ratio:
    """A summand with r^{n + ...} in it: the base r, the exponent, the factors around it, and where r multiplies."""

    base: Term
    form: dict
    before: tuple
    after: tuple
    right: bool

    @property
    def constant(self):
        return int(self.form.get(None, 0))

    def summand(self, constant):
        """The summand with another constant in the exponent."""
        return mul(*self.before, pow_(self.base, written({**self.form, None: constant})), *self.after)


def without_powers(term):
    """A term of the same shape without powers of matrices that are no numbers."""
    if term.head == "pow" and free_names(term.args[1]):
        return without_powers(term.args[0])
    return rebuild(term, tuple(map(without_powers, term.args)))
