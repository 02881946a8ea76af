"""Cube roots of what may be negative: real to some, without a value to others.  Claims that need neither stand."""

from derive.term import ZERO, Relation, subterms
from derive.term.record import replace
from verifiers.instance.assign import number
from verifiers.verdict import Proved, Reason, Supported, Undecided


def in_one_reading(case, verdict, judge):
    """The verdict, unless it accepts an odd root of what is not shown to be nonnegative."""
    if not isinstance(verdict, (Proved, Supported)):
        return verdict
    for base in dict.fromkeys(_bases(case.claim)):
        shown = judge(case.again(replace(case.claim, left=base, relation=Relation.GE, right=ZERO)))
        if not isinstance(shown, Proved):
            return Undecided(verdict.by, "an odd root of what may be negative is read in two ways", verdict.needs,
                             reason=Reason.DECLARATION)
    return verdict


def _bases(claim):
    terms = (claim.left, claim.right, *(d.definition for d in claim.symbols if d.definition is not None))
    for node in {n for t in terms for n in subterms(t) if n.head == "pow" and n.args[1].head in ("pow", "mul")}:
        power = number(node.args[1], {})
        if power is not None and power.denominator > 1 and power.denominator % 2:
            yield node.args[0]
