"""Notation that authors use in two ways: a verdict that one reading alone bears stands where that is the usual one."""

from derive.term import subterms
from derive.term.record import replace
from verifiers.instance.algebra import SPREAD, SPREAD_SYMBOL
from verifiers.instance.entrywise import as_jacobians
from verifiers.verdict import Conditional, Proved, Reason, Refuted, Supported, Undecided, Unreadable

_ENTRYWISE = {"hadamard", "exp", "log", "tanh", "sigmoid", "softplus", "relu", "softmax", "max", "call"}


def as_matrices(case, verdict, judge):
    r"""A refutation stands where \sigma'(z), read as the matrix of derivatives, does not save the claim either."""
    if not isinstance(verdict, (Refuted, Conditional, Unreadable)):
        return verdict
    claim = case.claim
    sides = [as_jacobians(claim, t) for t in (claim.left, claim.right)]
    if sides == [claim.left, claim.right]:
        return verdict
    other = judge(case.again(replace(claim, left=sides[0], right=sides[1])))
    if isinstance(other, (Proved, Supported)):
        return replace(other, detail=f"{other.detail}; a prime is the matrix of derivatives".lstrip("; "))
    if isinstance(other, (Refuted, Conditional, Unreadable)):
        return verdict
    return Undecided("points", "it fails where a prime is the derivative of each entry; it may be a matrix",
                     reason=Reason.DECLARATION)


def _about_entries(claim):
    terms = (claim.left, claim.right, *(d.definition for d in claim.symbols if d.definition is not None))
    return any(n.head in _ENTRYWISE for t in terms for n in subterms(t))


def spread_once(case, verdict):
    """A number added to a vector is taken for a slip, unless it is a literal in a claim about entries: 1 - h h."""
    if not isinstance(verdict, (Proved, Supported)):
        return verdict
    notes = {n for view in case.built for n in view.notes}
    if SPREAD_SYMBOL in notes or SPREAD in notes and not _about_entries(case.claim):
        return Undecided(verdict.by, "it holds if a number is added to each entry of a vector", verdict.needs,
                         reason=Reason.DECLARATION)
    return verdict
