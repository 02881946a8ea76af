"""Families written as functions of points: h_t(x_i), p(w_i|h_i), where a point is no more than its index.

The calls of such a name at members of the same families of points become members of one family, h_{t,i}.
"""

from derive.spelling import taken_apart
from derive.term import IMPLIED, ZERO, index, mul, name, num, range_, rebuild, rel, term
from derive.term.bounds import member_of
from derive.term.record import replace
from derive.term.relation import Relation


def families_of_points(symbols, sides, givens):
    """(declarations, sides, givens) with the names declared so as families; those at other points stay calls."""
    found = [d for d in symbols if "pointwise" in d.structure]
    if not found:
        return symbols, sides, givens

    def put(t):
        return t if t is None else _members(t, found)

    symbols = tuple(_family(d) if d in found else replace(
        d, definition=put(d.definition), constraints=tuple(map(put, d.constraints))) for d in symbols)
    return symbols, tuple(map(put, sides)), tuple(map(put, givens))


def _points(d):
    """(base of the family of points, its index letter) of each formal."""
    return [taken_apart(f.value)[:2] for f in d.formals]


def _family(d):
    letters = tuple(dict.fromkeys(i for _, i in _points(d)))
    return replace(d, kind="scalar", indices=d.indices + letters, formals=(), bar=None,
                   structure=d.structure - {"pointwise"})


def _members(node, found):
    """Calls h_t(x_i) in a Term as members h_{t,i}."""
    args = tuple(_members(a, found) for a in node.args)
    if node.head == "call":
        member = next(filter(None, (_member(d, args) for d in found)), None)
        if member is not None:
            return member
    return rebuild(node, args) if args != node.args else node


def _member(d, args):
    """The member that a call of d at members of its families of points means, or None."""
    function, points = args[0], args[1:]
    own = function.args[1:] if function.head == "index" else ()
    base = function.args[0] if function.head == "index" else function
    if base is not name(d.name) or len(own) != len(d.indices) or len(points) != len(d.formals):
        return None
    places = {}
    for (family, letter), point in zip(_points(d), points, strict=True):
        place = _place(point, family)
        if place is None or places.setdefault(letter, place) is not place:
            return None
    return index(name(d.name), *own, *places.values())


def _place(point, family):
    """The index of a member of the family, x_i or x_3; None for other Terms."""
    if point.head == "index" and point.args[0] is name(family) and len(point.args) == 2:
        return point.args[1]
    if point.head == "name" and taken_apart(point.value)[0] == family and taken_apart(point.value)[1].isdigit():
        return num(int(taken_apart(point.value)[1]))
    return None




def of_members(draft, own, reading):
    """The declaration with what words say of members: the ranges of their points, how they are correlated.

    reading   Raw -> Term, or None where it is not read
    """
    for _, *ends in draft.notes.get("points", ()):
        low, high = map(reading, ends) if ends else (None, None)
        own = replace(own, ranges=(*own.ranges, IMPLIED if None in (low, high) else range_(low, high)))
    if draft.notes.get("uncorrelated") or draft.notes.get("correlation"):
        return _correlated(draft, own, reading)
    return own


def _correlated(draft, own, reading):
    """Cov[x_i, x_j] = 0, or = rho v, of a family of scalars."""
    rho = draft.notes.get("correlation")
    if own.kind != "random" or not own.indices or own.shape or rho and own.variance is None:
        draft.miss("a correlation, without a family of random scalars and their variance", True)
        return own
    factor = reading(rho) if rho else ZERO
    if factor is None:
        draft.miss(rho, True)
        return own
    other = index(name(own.name), *(name(i + "'") for i in own.indices))
    right = mul(factor, own.variance) if rho else ZERO
    constraint = rel(Relation.EQ, term("Cov", member_of(own), other), right)
    return replace(own, constraints=(*own.constraints, constraint))
