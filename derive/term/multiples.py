r"""Whole numbers that are multiples of another: "H divides D" is D = H k with a whole number k of its own."""

from derive.term.build import MINUS_ONE, ONE, TWO, add, mul, name, rel
from derive.term.declaration import Declaration
from derive.term.record import replace
from derive.term.relation import Relation
from derive.term.walk import replace as substitute

MARK = r"\tfrac"


def multiple(whole, part):
    """The relation whole = part k, k = \\tfrac{whole}{part}."""
    return rel(Relation.EQ, name(whole), mul(part, name(f"{MARK}{{{whole}}}{{{_spelled(part)}}}")))


def odd(whole):
    """The relation whole = 2 k - 1, k = \\tfrac{whole+1}{2}."""
    return rel(Relation.EQ, name(whole), add(mul(TWO, name(f"{MARK}{{{whole}+1}}{{2}}")), MINUS_ONE))


def _spelled(part):
    return str(part.value)


def quotient(constraint):
    """(name of the whole, what it is, name of the quotient) of such a relation, else None."""
    if constraint.head != "rel" or constraint.value is not Relation.EQ or constraint.args[0].head != "name":
        return None
    whole, right = constraint.args
    product = right.args[0] if right.head == "add" else right
    fresh = product.args[-1] if product.head == "mul" else product
    if fresh.head != "name" or not fresh.value.startswith(f"{MARK}{{{whole.value}"):
        return None
    return whole.value, right, fresh.value


def parametrised(symbols, terms):
    """(declarations, Terms) with every such number written as its parts; the quotients are whole numbers >= 1."""
    found = [q for d in symbols for c in d.constraints if (q := quotient(c)) is not None]
    for whole, right, fresh in found:
        own = next((d for d in symbols if d.name == whole), None)
        if own is None or own.kind != "size" or own.definition is not None or own.high is not None \
                or not _starts(own, right):
            symbols = tuple(replace(d, unread=d.unread or f"the multiple {whole}", unread_head=True)
                            if any(quotient(c) for c in d.constraints) else d for d in symbols)
            continue
        rest = tuple(replace(d, constraints=tuple(c for c in d.constraints if quotient(c) != (whole, right, fresh)))
                     for d in symbols if d is not own)
        kept = tuple(c for c in own.constraints if quotient(c) != (whole, right, fresh))
        new = Declaration(fresh, "size", domain="integer", low=ONE, constraints=kept)
        symbols = tuple(map(lambda d: _rewritten(d, {name(whole): right}), (*rest, new)))
        terms = tuple(substitute(t, {name(whole): right}) for t in terms)
    return symbols, terms


def _starts(own, right):
    """Whether the declared least value is no more than the least of what it is made of."""
    least = ONE if right.head != "mul" or right.args[0].head != "num" else right.args[0]
    return own.low is None or own.low.head == "num" and own.low.value <= least.value


def _rewritten(d, swap):
    """The declaration with every Term of it rewritten."""
    fields = {}
    for field in d.__match_args__:
        value = getattr(d, field)
        if hasattr(value, "head"):
            fields[field] = substitute(value, swap)
        elif isinstance(value, tuple) and value and all(hasattr(v, "head") for v in value):
            fields[field] = tuple(substitute(v, swap) for v in value)
    return replace(d, **{k: v for k, v in fields.items() if v != getattr(d, k)})
