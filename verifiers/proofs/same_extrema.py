r"""argmax f = argmax g where f is an increasing function of g: f - c g does not change with the variable, c > 0.

Tried are f and log f against g and log g, and c = 1, a number, or a positive size or scalar of the claim, its square,
their doubles and inverses.  It must hold wherever either side has a value.
Sets of maximisers are compared, empty or not, so that nothing is asked of existence.
"""

from derive.term import ONE, TWO, ZERO, Relation, Term, add, free_names, inv, mul, name, neg, pow_
from derive.term import replace as put
from derive.term.record import replace
from verifiers.proofs.relations import inlined, other_values
from verifiers.verdict import CannotDecide, Proved, Reason

MOST = 3            # factors c besides numbers


def judge_same_extrema(case, judge):
    """The verdict on an equation between two sets of maximisers or minimisers.  Raises CannotDecide."""
    claim = case.claim
    (f, x), (g, y) = claim.left.args, claim.right.args
    heads = {claim.left.head, claim.right.head}
    if not heads <= {"argmin", "argmax"} or x is not y or x.head != "name":
        raise CannotDecide(Reason.NEEDS_LEMMA, "an equation between two extrema")
    sides = [inlined(body, claim, {x.value}) for body in (f, g)]
    signs = [-1 if side.head == "argmin" else 1 for side in (claim.left, claim.right)]
    fresh, symbols = _copy(claim, x)
    for kinds in (("plain", "plain"), ("log", "plain"), ("plain", "log"), ("log", "log")):
        forms = [_increasing(case, judge, *row) for row in zip(sides, signs, kinds, strict=True)]
        if None in forms:
            continue
        left, right = (_change(body, x, fresh) for body in forms)
        for c in _factors(claim):
            ends = left, right if c is ONE else mul(c, right)
            verdict = judge(case.again(replace(claim, symbols=symbols, left=ends[0], right=ends[1])))
            if isinstance(verdict, Proved) and isinstance(judge(case.again(replace(
                    claim, symbols=symbols, left=ends[1], right=ends[0]))), Proved):
                return replace(verdict, by=f"an increasing function of the other; {verdict.by}")
    raise CannotDecide(Reason.NEEDS_LEMMA, "an equation between two extrema")


def _copy(claim, x):
    """(another value of the variable, the declarations with it)."""
    if claim.symbol(f"{x.value}'") is not None or any(
            e.entries_of == x.value or x.value in free_names(t) for e in claim.symbols
            for t in (*e.constraints, e.definition) if t is not None):
        raise CannotDecide(Reason.NEEDS_LEMMA, "an equation between two extrema")
    copies, added = other_values(claim, {x.value})
    return copies[x], claim.symbols + added


def _increasing(case, judge, body, sign, kind):
    """sign * body, or sign * log body where the body is shown to be positive; None otherwise."""
    if kind == "plain":
        return body if sign > 0 else neg(body)
    if sign < 0 and body.head == "mul" and body.args[0].head == "num" and body.args[0].value == -1:
        return None
    shown = judge(case.again(replace(case.claim, left=body, relation=Relation.GT, right=ZERO)))
    if not isinstance(shown, Proved):
        return None
    log = Term("log", (body,))
    return log if sign > 0 else neg(log)


def _change(body, x, fresh):
    return add(body, neg(put(body, {x: fresh})))


def _factors(claim):
    """Positive factors free of the variable: 1, 2, 1/2, the sizes and positive scalars of the claim, their inverses."""
    used = free_names(claim.left) | free_names(claim.right)
    found = [name(d.name) for d in claim.symbols if d.name in used and not d.shape and not d.indices and not d.formals
             and d.definition is None and _is_positive(d)]
    yield from (ONE, TWO, inv(TWO))
    for c in found[:MOST]:
        for power in (c, pow_(c, TWO)):
            yield from (power, inv(power), mul(TWO, power), inv(mul(TWO, power)))


def _is_positive(d):
    return d.domain in ("positive", "unit") or d.kind == "size" and d.low is not None and d.low.head == "num" and \
        d.low.value > 0
