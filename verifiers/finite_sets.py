"""Declared finite sets that are only summed over, written as the range 1, ..., n for a size n of their own.

What a sum over a set depends on is how many members it has and what the families are there.  So where the members are
used as subscripts only, and the families they index are used at them only, their names do not matter, and what is known
of ranges (verifiers.instance.coverage) holds for the set.  A set has a member, as a range of a size >= 1 has.
"""

from derive.term import IMPLIED, ONE, Declaration, bound_variables, free_names, name, range_
from derive.term import replace as put
from derive.term.heads import HEADS
from derive.term.record import replace

SUMMED = ("sum", "prod")
KINDS = ("scalar", "vector", "matrix")
OVER_ALL_MEMBERS = {"sums_to_one", "stochastic", "one_hot", "orthogonal_family", "increment"}


class _Told(Exception):
    """The members of the set are more than places of its sums."""


def ranged(claim):
    """The claim with a range in the place of each such set; the claim itself where there is none."""
    for d in claim.symbols:
        if d.kind == "set" and not (d.indices or d.definition or d.constraints or d.unread or d.structure - {"finite"}):
            claim = _ranged(claim, d)
    return claim


def _ranged(claim, d):
    target, size = name(d.name), f"|{d.name}|"
    taken = {s.name for s in claim.symbols}
    try:
        places = _Places(claim, target).found()
    except _Told:
        return claim
    if places is None or size in taken or any(not _free(claim, *place) for place in places):
        return claim
    mapping = {target: range_(ONE, name(size))}
    symbols = tuple(_with_range(s, mapping) for s in claim.symbols if s is not d)
    return replace(claim, left=put(claim.left, mapping), right=put(claim.right, mapping),
                   givens=tuple(put(t, mapping) for t in claim.givens),
                   about=tuple(put(t, mapping) for t in claim.about),
                   symbols=(*symbols, Declaration(size, "size", low=ONE)))


def _with_range(declaration, mapping):
    if declaration.definition is None:
        return declaration
    return replace(declaration, definition=put(declaration.definition, mapping))


def _free(claim, family, place):
    """Whether the family has an index of its own at that place, over no set of which anything is said."""
    d = next((s for s in claim.symbols if s.name == family), None)
    return d is not None and d.kind in KINDS and d.definition is None and not d.structure & OVER_ALL_MEMBERS \
        and not d.constraints and place < len(d.indices) and d.ranges[place] is IMPLIED


class _Places:
    """Where the members of the set are subscripts.  Raises _Told where they are anything else."""

    def __init__(self, claim, target):
        self.claim, self.target = claim, target
        self.inside, self.outside, self.bare, self.met = set(), set(), set(), False

    def found(self):
        """The (family, place) that the members index, each by nothing else; None without such a sum."""
        claim = self.claim
        for term in (claim.left, claim.right, *claim.givens, *claim.about):
            self.walk(term, {})
        for d in claim.symbols:
            rest = [t for t in (d.mean, d.variance, d.low, d.high, d.transition, d.reward, d.discount, d.law, *d.shape,
                                *d.ranges, *d.constraints) if t is not None]
            if any(self.target.value in free_names(t) for t in rest):
                raise _Told
            for term in (d.definition, *rest) if d.definition is not None else rest:
                self.walk(term, dict.fromkeys(d.indices))
        if self.inside & self.outside or self.bare & {family for family, _ in self.inside}:
            raise _Told
        return self.inside if self.met else None

    def walk(self, term, bound):
        if term is self.target or term.head == "name" and bound.get(term.value) is self.target:
            raise _Told
        if term.head == "index":
            self.index(term, bound)
            return
        if term.head == "name":
            self.bare.add(term.value)
        inner = bound | {v.value: None for v in bound_variables(term)}
        skipped = ()
        if term.head in SUMMED and term.args[2] is self.target and term.args[1].head == "name":
            self.met = True
            inner, skipped = bound | {term.args[1].value: self.target}, (1, 2)
        head = HEADS[term.head]
        for k, argument in enumerate(term.args):
            if k not in skipped and not (k == head.binds and argument.head == "name"):
                self.walk(argument, inner if head.binds is None or k in head.scope else bound)

    def index(self, term, bound):
        base, *subscripts = term.args
        first = 0
        if base.head == "index":
            self.index(base, bound)
            base, first = base.args[0], len(base.args) - 1
        if base.head != "name":
            self.walk(base, bound)
        for k, s in enumerate(subscripts, first):
            member = s.head == "name" and bound.get(s.value) is self.target
            if not member and any(bound.get(n) is self.target for n in free_names(s)) or base.head != "name" and member:
                raise _Told
            (self.inside if member else self.outside).add((base.value, k))
            if s.head != "name":
                self.walk(s, bound)
