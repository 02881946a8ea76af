"""Other sides of one claim at a few points: the quick sieve in search of the likely slip.

The instance of the claim as it stands is kept; another side shares with it every node that the edit left alone, so that
it costs what the edit changed.  What passes has to be proved.
"""

from derive.term import Relation
from verifiers.graph import VAR
from verifiers.instance.build import entry_pairs
from verifiers.instance.realised import realised
from verifiers.instance.value import NeedsSizes, ShapeClash
from verifiers.proofs import pointwise
from verifiers.rings.points import draw
from verifiers.verdict import CannotDecide

POINTS, DRAWS = 3, 24       # points a side is looked at, and points drawn in search of them
LIMIT = 4000                # graph nodes of one side beyond which it is not looked at
ORDERED = {Relation.LE: 1, Relation.LT: 1, Relation.GE: -1, Relation.GT: -1}


class Trial:
    """The points of one View at which ``reduced(side)`` = (left, right) Terms are compared.

    work   nodes evaluated and made and terms valued, the count that budgets are in
    """

    def __init__(self, case, view, reduced):
        self.view, self.graph, self.reduced, self.work = view, view.graph, reduced, 0
        self.rng = case.rng
        self.order = ORDERED.get(case.claim.relation, 0)
        self.evaluators = view.instance.coverage.evaluators
        self.points = self._points(case)

    def _points(self, case):
        """[(point, values of nodes)] of the declared domain at which the left side is defined."""
        view, found = self.view, []
        facts = [(t, n) for t, n in view.constraints + view.left_conditions]
        nodes = view.unknown.explicit(self.graph, [n for _, n in facts])
        for point in draw(self.graph, view.variables, case.rng, DRAWS) if view.variables else ({},):
            values = {}
            if self._evaluated(nodes, point, values) and \
                    all(pointwise.holds(t, values[n]) is True for (t, _), n in zip(facts, nodes, strict=True)):
                found.append((point, values))
            if len(found) == POINTS:
                break
        return found

    def _evaluated(self, nodes, point, values):
        """Whether every node has a value at the point; ``values`` is filled up."""
        before = len(values)
        try:
            pointwise.evaluate(self.graph, nodes, point, values)
        except (pointwise.Beyond, KeyError):
            return False
        finally:
            self.work += len(values) - before
        return all(values[n] is not None for n in nodes)

    def agrees(self, side):
        """Whether the claim with another side holds at every point."""
        try:
            pairs = self._pairs(side)
        except (CannotDecide, ShapeClash, NeedsSizes, RecursionError):
            return False
        ends = [n for pair in pairs for n in pair]
        if not self.points or len(ends) > LIMIT:
            return False
        for point, values in self.points:
            self._complete(point, ends)
            if not self._evaluated(ends, point, values):
                return False
            if any(pointwise.far(values[a], values[b], self.order) for a, b in pairs):
                return False
        return True

    def _complete(self, point, ends):
        """Values for variables that the claim as it stands does not have: x_{i+1} for x_i."""
        missing = [v for v in self.graph.variables(ends) if v not in point and self.graph.operation[v] == VAR]
        if missing:
            point.update(next(iter(draw(self.graph, missing, self.rng, 1))))

    def _pairs(self, side):
        """(left, right) nodes of every entry in every case, with the solved names put in."""
        graph = self.graph
        before = len(graph) + sum(e.steps for e in self.evaluators)
        try:
            nodes = [n for e in self.evaluators for pair in self._case_pairs(e, side) for n in pair]
        finally:                # what cannot be evaluated has cost what was tried
            self.work += len(graph) + sum(e.steps for e in self.evaluators) - before
        nodes = graph.substitute(nodes, self.view.solutions) if self.view.solutions else nodes
        nodes = self.view.unknown.explicit(graph, nodes)
        return list(zip(nodes[::2], nodes[1::2], strict=True))

    def _case_pairs(self, evaluator, side):
        """The (left, right) nodes of every entry in one case."""
        mark = self.graph.mark()
        left, right = (evaluator.value(t) for t in self.reduced(side))
        self.graph.withdraw(mark)
        pairs, _ = entry_pairs(evaluator, left, right)
        return realised(evaluator, pairs, [(), ()])[0]
