"""f = g + const: f - g takes the same value at any two values of the variables that the constant is independent of."""

import re

from derive.term import ZERO, add, free_names, name, neg, subterms
from derive.term import replace as put
from derive.term.record import replace
from verifiers.proofs.relations import inlined, other_values
from verifiers.verdict import CannotDecide, Conditional, Reason, Refuted

WORD = re.compile(r"\\operatorname\{[A-Za-z.]+\}")      # \text{const}, no letter


def constant(claim):
    """The Declaration of the additive constant that is a summand of a side of an equation, or None.

    A letter that is a constant on both sides, or no summand, may be one given number.
    """
    for d in claim.symbols:
        if "additive_constant" in d.structure:
            own = name(d.name)
            found = [side for side in (claim.left, claim.right) if d.name in free_names(side)]
            summands = [own in (side.args if side.head == "add" else (side,)) for side in found]
            if found and (WORD.fullmatch(d.name) or summands == [True]):
                return d
    return None


def judge_up_to(case, judge, d):
    """The verdict on an equation up to the constant ``d``: f(x) - f(x') = g(x) - g(x') for a fresh copy x'."""
    claim = case.claim
    moving = {n for n in d.independent_of if claim.symbol(n) is not None}
    if moving != set(d.independent_of) or d.definition is not None or d.shape or d.indices:
        raise CannotDecide(Reason.DECLARATION, f"what {d.name} is independent of is not declared")
    sides = [inlined(_without(side, d.name), claim, moving) for side in (claim.left, claim.right)]
    used = moving & (free_names(sides[0]) | free_names(sides[1]))
    if not used:
        raise CannotDecide(Reason.DECLARATION, f"nothing changes with what {d.name} is independent of")
    if any(claim.symbol(n).definition is not None for n in used):
        raise CannotDecide(Reason.DECLARATION, f"{d.name} is independent of what is defined by others")
    if any(claim.symbol(f"{n}'") is not None or _entries_of(claim, n) for n in used):
        raise CannotDecide(Reason.DECLARATION, "a primed name is declared, or entries of the variable")
    copies, fresh = other_values(claim, used)
    givens = tuple(put(g, copies) for g in claim.givens if free_names(g) & used)
    left, right = (add(side, neg(put(side, copies))) for side in sides)
    verdict = judge(case.again(replace(claim, left=left, right=right, symbols=claim.symbols + fresh,
                                       givens=claim.givens + givens)))
    if isinstance(verdict, (Refuted, Conditional)):
        return replace(verdict, detail=f"the difference of the sides is no constant; {verdict.detail}".rstrip("; "))
    return verdict


def _entries_of(claim, variable):
    """Declarations of the entries of the variable."""
    return [d for d in claim.symbols if d.entries_of == variable or d.entries == variable]


def _without(side, constant_name):
    """The side without its summand, the constant.  Raises CannotDecide where it stands elsewhere too."""
    own = name(constant_name)
    parts = side.args if side.head == "add" else (side,)
    rest = [t for t in parts if t is not own]
    if len(rest) < len(parts) - 1 or any(own in subterms(t) for t in rest):
        raise CannotDecide(Reason.DECLARATION, f"{constant_name} is no summand, or several")
    return ZERO if not rest else rest[0] if len(rest) == 1 else add(*rest)
