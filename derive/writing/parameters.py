"""Numbers for symbols: the claims of a derivation at given values."""

from fractions import Fraction

from derive.term import Term, div, free_names, num, subterms
from derive.term import name as letter
from derive.term import replace as substituted
from derive.term.record import replace

VARIABLES = {"deriv": 1, "grad": 1, "hess": 1, "argmin": 1, "argmax": 1, "minof": 1, "maxof": 1}
HOLDS = {"positive": lambda v: v > 0, "nonnegative": lambda v: v >= 0, "negative": lambda v: v < 0,
         "nonzero": lambda v: v != 0, "unit": lambda v: 0 < v < 1, "closed_unit": lambda v: 0 <= v <= 1,
         "integer": lambda v: v.denominator == 1, "binary": lambda v: v in (0, 1), "sign": lambda v: v in (-1, 1)}


class BadParameter(ValueError):
    """A value that no symbol of the problem can take."""


def at_values(pairs):
    """A function from a Claim to the Claim at the values of "NAME=VALUE" texts; the identity for none.

    A value is an integer, a decimal or a quotient; a Greek name may go without its backslash.  Raises BadParameter.
    """
    values = dict(map(_pair, pairs))

    def at(claim):
        if not values:
            return claim
        known = {d.name: d for d in claim.symbols}
        table = {_found(name, known): value for name, value in values.items()}
        for name, value in table.items():
            _check(known[name], value, claim)
        return _claim_at(claim, {letter(name): _number(value) for name, value in table.items()})

    return at


def _pair(text):
    name, equals, value = text.partition("=")
    try:
        if not equals:
            raise ValueError
        return name.strip(), Fraction(value.strip())
    except (ValueError, ZeroDivisionError):
        raise BadParameter(f"{text!r} is no NAME=VALUE with a number for VALUE") from None


def _found(name, known):
    for spelling in (name, "\\" + name):
        if spelling in known:
            return spelling
    raise BadParameter(f"no symbol {name!r}; there are {', '.join(known)}")


def _number(value):
    return num(value) if value.denominator == 1 else div(num(value.numerator), num(value.denominator))


def _check(declared, value, claim):
    if declared.definition is not None:
        raise BadParameter(f"{declared.name} is defined; give values for what its definition uses")
    if declared.indices or declared.kind not in ("scalar", "size"):
        raise BadParameter(f"{declared.name} is no single number")
    if not HOLDS.get(declared.domain, lambda v: True)(value):
        raise BadParameter(f"{declared.name} is {declared.domain.replace('_', ' ')}; {value} is not")
    low = declared.low
    if low is not None and low.head == "num" and value < low.value:
        raise BadParameter(f"{declared.name} is at least {low.value}")
    for side in (claim.left, claim.right):
        for node in subterms(side):
            if node.head in VARIABLES and any(declared.name in free_names(v) for v in node.args[VARIABLES[node.head]:]):
                raise BadParameter(f"{declared.name} is what the derivation differentiates or optimises by")


def _claim_at(claim, mapping):
    def at(value):
        if isinstance(value, Term):
            return substituted(value, mapping)
        return tuple(map(at, value)) if isinstance(value, tuple) else value

    names = {n.value for n in mapping}
    symbols = tuple(replace(d, **{field: at(getattr(d, field)) for field in d.__match_args__})
                    for d in claim.symbols if d.name not in names)
    return replace(claim, left=at(claim.left), right=at(claim.right), symbols=symbols, givens=at(claim.givens),
                   about=tuple(v for v in claim.about if v not in mapping))
