"""A <=> B between two inequalities: one difference is a positive multiple of the other, or both solve to one bound."""

from derive.term import Relation, sub
from derive.term.record import replace
from verifiers.graph import ADD, FUN, MUL, POSITIVE, POW
from verifiers.instance.value import ShapeClash
from verifiers.proofs import pointwise
from verifiers.proofs.equalities import identical, undischarged
from verifiers.proofs.givens import hides
from verifiers.proofs.polynomials import provably_nonnegative
from verifiers.rings.domain import Signs
from verifiers.rings.points import SMALL, draw, stream
from verifiers.verdict import CannotDecide, Proved, Reason, Refuted, Supported
from verifiers.witness import witness

UP = (Relation.GE, Relation.GT)
STRICT = (Relation.LT, Relation.GT)
NEGATIVE = "negative"


def _difference(part):
    """The Term that is >= 0 (or > 0) exactly where the part holds."""
    left, right = part.args
    return sub(left, right) if part.value in UP else sub(right, left)


def same_order(case, a, b):
    """The verdict on a <=> b for two relations of order."""
    claim = replace(case.claim, left=_difference(a), relation=Relation.EQ, right=_difference(b))
    other = case.again(claim)
    view = other.view(other.plans[0])
    if view is None:
        raise other.refusals[-1]
    against, inhabitant, valid = _points(other, a, b)
    if against is not None:
        return against
    if (a.value in STRICT) == (b.value in STRICT) and inhabitant is not None:
        prover = Equivalence(view, identical(other, view))
        how = prover.proof(*view.pairs[0])
        if how and prover.covers():
            return Proved(how, "the two conditions are one", inhabitant=inhabitant)
    if valid < 32:
        raise CannotDecide(Reason.ORDER, "an equivalence of inequalities that is not reduced to one difference")
    return Supported("points", "both sides hold at the same points", reason=Reason.ORDER, points=valid)


def same_equation(case, a, b):
    """Proved where the difference of one equation is a nonzero multiple of that of the other, else None."""
    claim = replace(case.claim, left=sub(*a.args), relation=Relation.EQ, right=sub(*b.args))
    other = case.again(claim)
    try:
        view = other.view(other.plans[0])
        concrete = other.first()
    except ShapeClash:
        return None
    if view is None or concrete is None or len(view.pairs) != 1:
        return None
    declared = Signs.under(view.graph, view.constraints)
    if not all(declared.implies(t, n) for t, n in view.left_conditions + view.right_conditions):
        return None
    if undischarged(view, view.right_conditions):
        return None
    prover = Equivalence(view, identical(other, view))
    p, q = view.pairs[0]
    if not (prover.same(p, q) or prover.multiple(p, q, both_signs=True)) or not prover.covers():
        return None
    inhabitant = _solution(other, concrete)
    if inhabitant is None:
        return None
    return Proved("a nonzero multiple", "the two equations are one", inhabitant=inhabitant)


def _solution(case, view):
    """A point of the domain at which both differences are defined."""
    nodes = view.unknown.explicit(view.graph, view.nodes)
    tags = [t for t, _ in view.constraints + view.left_conditions + view.right_conditions]
    for point in stream(view.graph, view.variables, case.rng, 64 if view.variables else 1):
        try:
            values = pointwise.evaluate(view.graph, nodes, point)
        except pointwise.Beyond:
            continue
        if None not in (values[nodes[0]], values[nodes[1]]) and \
                all(pointwise.holds(t, values[n]) for t, n in zip(tags, nodes[2:], strict=False)):
            return witness(view, point)
    return None


def _points(case, a, b):
    """(Refuted or None, a point of the domain or None, number of points) of the two conditions at exact points."""
    view = case.first()
    if view is None or view.blocked:
        return None, None, 0
    inhabitant, valid = None, 0
    nodes = view.unknown.explicit(view.graph, view.nodes)
    for point in draw(view.graph, view.variables, case.rng, 128):
        try:
            values = pointwise.evaluate(view.graph, nodes, point)
        except pointwise.Beyond:
            continue
        tags = [t for t, _ in view.constraints + view.left_conditions + view.right_conditions]
        x, y = values[nodes[0]], values[nodes[1]]
        good = all(pointwise.holds(t, values[n]) for t, n in zip(tags, nodes[2:], strict=False))
        if x is None or y is None or not good or _near(x) or _near(y):
            continue
        valid, inhabitant = valid + 1, inhabitant or witness(view, point)
        truths = [v > 0 or v == 0 and p.value not in STRICT for v, p in ((x, a), (y, b))]
        if truths[0] != truths[1] and _certain(view, point):
            return Refuted("balls", "one condition holds at the point shown and the other does not", (),
                           witness(view, point), str(truths[0]), str(truths[1])), None, valid
    return None, inhabitant, valid


def _near(value):
    return isinstance(value, float) and abs(value) < pointwise.MARGIN


def _certain(view, point):
    from verifiers.rings import balls
    from verifiers.search import inside
    return inside(view, point) and all(balls.sign(view.graph, n, point, unknown=view.unknown) in (-1, 0, 1)
                                       for n in view.pairs[0])


class Equivalence:
    """Proofs that p >= 0 exactly where q >= 0, for nodes p and q of one view."""

    def __init__(self, view, same):
        self.view, self.graph, self.same = view, view.graph, same
        self.signs = Signs.under(view.graph, view.facts)
        self.linear = True      # p is a rational multiple of q

    def covers(self):
        """Whether it is proved for all sizes; unless k is a number, p - k q is not what the claim's coverage is of."""
        return (self.view.covers if self.linear else self.view.instance.coverage.orders()) is None

    def proof(self, p, q):
        if self.same(p, q):
            return "one difference"
        if self.multiple(p, q):
            return "a positive multiple"
        self.linear = False
        if self._same_bound(p, q):
            return "solved for one variable"
        return None

    def multiple(self, p, q, both_signs=False):
        """p = k q with k > 0 (or k < 0): k is the ratio of slopes in any variable, freed of what it does not need."""
        g = self.graph
        for v in g.variables((q,)):
            over, under = g.diff(p, v), g.diff(q, v)
            if over == g.zero or under == g.zero or not self.same(g.mul(p, under), g.mul(over, q)):
                continue
            ratio = g.div(over, under)
            reduced = self._reduced(ratio)
            if self._positive(reduced) or both_signs and self._positive(g.neg(reduced)):
                self.linear = g.value_of(reduced) is not None
                return True
        return False

    def _positive(self, ratio):
        return provably_nonnegative(self.graph, ratio, self.signs, strict=True)

    def _reduced(self, ratio):
        """The ratio with a number for each variable it does not depend on."""
        g = self.graph
        for w in g.variables((ratio,)):
            if g.domain[w] != "pi" and not hides(g, ratio, w) and self.same(g.diff(ratio, w), g.zero):
                ratio, = g.substitute([ratio], {w: g.num(SMALL[w % 5])})
        return ratio

    def _same_bound(self, p, q):
        for v in self.graph.variables((q,)):
            first, second = self._bound(p, v), self._bound(q, v)
            if first and second and first[1] == second[1] and self.same(first[0], second[0]):
                return True
        return False

    def _bound(self, node, variable):
        """(value, direction): node >= 0 exactly where direction * variable >= direction * value; else None."""
        g, value, direction = self.graph, self.graph.zero, 1
        while node != variable:
            holding = [k for k, c in enumerate(g.children(node)) if variable in g.reachable((c,))]
            if len(holding) != 1:
                return None
            others = [c for k, c in enumerate(g.children(node)) if k != holding[0]]
            step = self._undo(node, holding[0], others, value)
            if step is None:
                return None
            value, turn = step
            direction, node = direction * turn, g.children(node)[holding[0]]
        return value, direction

    def _undo(self, node, place, others, value):
        """(new value, 1 or -1): the operation undone on both sides of node >= value."""
        g, implies = self.graph, self.signs.implies
        operation, operands = g.operation[node], g.operands[node]
        if operation == ADD:
            return g.sub(value, g.add(*others)), 1
        if operation == MUL:
            factor = g.mul(*others)
            turn = 1 if implies(POSITIVE, factor) else -1 if implies(NEGATIVE, factor) else None
            return (g.div(value, factor), turn) if turn else None
        if operation == POW and place == 0 and g.operands[node][1] == g.minus_one:
            good = implies(POSITIVE, operands[0]) and implies(POSITIVE, value)
            return (g.inv(value), -1) if good else None
        if operation == FUN and operands[0] == "exp" and implies(POSITIVE, value):
            return g.fun("log", value), 1
        if operation == FUN and operands[0] == "log":
            return g.fun("exp", value), 1
        return None
