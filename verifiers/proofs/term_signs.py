"""Sums of squares by the look of a Term: what is nonnegative at every size, whatever its names stand for."""

from derive.term import free_names

DOMAINS = ("positive", "nonnegative", "unit", "closed_unit", "binary")


def nonnegative(term, claim, bound=frozenset()):
    """Whether a number is plainly >= 0: even powers, and sums and products of such; a sufficient test.

    bound  names bound around the Term
    """
    head, args = term.head, term.args
    if head == "num":
        return term.value >= 0
    if head in ("name", "index"):
        return _declared_nonnegative(term, claim, bound)
    if head == "pow":
        even = args[1].head == "num" and args[1].value > 0 and args[1].value % 2 == 0
        return even and _is_real_number(args[0], claim, bound)
    if head in ("add", "mul"):
        return all(nonnegative(a, claim, bound) for a in args)
    if head == "sum":
        return nonnegative(args[0], claim, bound | {args[1].value}) if args[1].head == "name" else False
    return False


def _declared_nonnegative(term, claim, bound):
    base = term if term.head == "name" else term.args[0]
    d = claim.symbol(base.value) if base.head == "name" and base.value not in bound else None
    if d is None or d.definition is not None or d.shape or d.unread or bool(d.indices) is not (term.head == "index"):
        return False
    if d.kind == "size":
        return d.low is not None and d.low.head == "num" and d.low.value >= 0
    return d.kind == "scalar" and d.domain in DOMAINS


def _is_real_number(term, claim, bound):
    """Whether a polynomial is in real numbers alone, members of families of them included."""
    if term.head in ("add", "mul"):
        return all(_is_real_number(a, claim, bound) for a in term.args)
    if term.head == "num":
        return True
    base = term.args[0] if term.head == "index" else term
    if base.head != "name" or base.value in bound:
        return False
    d = claim.symbol(base.value)
    plain = d is not None and d.kind == "scalar" and d.definition is None and not d.shape and not d.unread
    return (plain and d.domain not in ("complex", "imaginary_unit") and len(d.indices) == len(term.args[1:])
            and all(free_names(s) <= bound for s in term.args[1:]))
