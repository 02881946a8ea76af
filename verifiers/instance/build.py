"""A Claim at a plan becomes an Instance: pairs of scalar nodes, conditions, and what a proof of it covers."""

from derive.term.record import field, record
from verifiers.graph import Graph
from verifiers.instance import (  # noqa: F401
    algebra,
    binding,
    calculus,
    conditions,
    declared,
    functions,
    integrals,
    laws,  # meanings
    meter,
    probability,
    processes,
)
from verifiers.instance.assignments import prepare
from verifiers.instance.coverage import Coverage
from verifiers.instance.evaluator import MOST_STEPS, Evaluator
from verifiers.instance.givens import impose
from verifiers.instance.plan import Plan
from verifiers.instance.realised import realised
from verifiers.instance.statements import enforced
from verifiers.instance.value import Array, Multiple, NeedsSizes, ShapeClash, sized
from verifiers.verdict import CannotDecide, Reason


@record
class Instance:
    """One claim at one choice of sizes.

    pairs             (left, right) scalar nodes of every entry, in every case of the plan
    left_conditions   (tag, node) under which the left sides are defined; right_conditions likewise
    constraints       (tag, node) that a point of the declared domain satisfies besides the variables' own domains
    covers            None: an identity proved here proves the claim for all sizes; else (Reason, sentence)
    notes             conventions used, for the reader
    labels            node -> printable name
    enforced          False: something given is not built in, points of this instance refute nothing
    coverage          verifiers.instance.coverage.Coverage, for planning
    work              terms evaluated and nodes made, the count that budgets are in
    """

    graph: Graph
    pairs: tuple
    left_conditions: tuple
    right_conditions: tuple
    constraints: tuple
    covers: tuple | None
    plan: Plan
    notes: tuple = ()
    labels: dict = field(default_factory=dict)
    enforced: bool = True
    coverage: Coverage | None = None
    work: int = 0


def build(claim, plan):
    """The Instance of a claim at a plan (verifiers.instance.plan).

    Raises CannotDecide where something has no meaning here, ShapeClash where shapes do not fit.
    """
    plan = Plan.of(claim, plan)
    if plan.ready is not None and plan.ready[0] is claim:
        instance, plan.ready = plan.ready[1], None
        return instance
    try:
        return instantiate(claim, plan)
    except NeedsSizes as reason:
        raise CannotDecide(Reason.SIZE_BOUND, f"not in the measure mode: {reason}") from reason
    except RecursionError:
        raise CannotDecide(Reason.BUDGET, "the terms are nested too deeply") from None


def instantiate(claim, plan):
    """As ``build``; raises NeedsSizes too."""
    if claim.left.head in ("rel", "and", "or") or claim.right.head in ("rel", "and", "or"):
        raise CannotDecide(Reason.NEEDS_LEMMA, "a condition has no value")
    graph, sides = Graph(), _Sides()
    evaluators = [Evaluator(claim, graph, one) for one in plan.each_case()]
    _each_case(evaluators, claim, sides)
    coverage = Coverage(evaluators, plan, sides.pairs, sides.shapes)
    covers = next((e.covers for e in evaluators if e.covers), None) or coverage.verdict()
    if not plan.complete and covers is None:
        covers = Reason.SIZE_BOUND, "not every case of equal indices was built"
    return Instance(
        graph, tuple(sides.pairs), tuple(dict.fromkeys(sides.left)), tuple(dict.fromkeys(sides.right)),
        tuple(dict.fromkeys(c for e in evaluators for c in e.constraints)), covers, plan,
        tuple(dict.fromkeys(n for e in evaluators for n in e.notes)),
        {n: s for e in evaluators for n, s in e.labels.items()}, all(e.enforced for e in evaluators), coverage,
        len(graph) + sum(e.steps for e in evaluators))


def _each_case(evaluators, claim, sides):
    """Every case in turn, within what one instance and what the whole judgement may cost."""
    graph, rest = evaluators[0].graph, meter.left()
    before = 0 if rest is None else max(0, MOST_STEPS - rest)
    try:
        for evaluator in evaluators:
            evaluator.before = before
            _one_case(evaluator, claim, sides)
            before += evaluator.steps
    finally:
        meter.charge(len(graph) + sum(e.steps for e in evaluators))


class _Sides:
    """The pairs and conditions collected over the cases."""

    def __init__(self):
        self.pairs, self.shapes, self.left, self.right = [], [], [], []


def _one_case(evaluator, claim, sides):
    graph = evaluator.graph
    rest = prepare(evaluator, [g for g in claim.givens if not enforced(claim, g)])
    extra = prepare(evaluator, [c for d in evaluator.plan.survey.reached for c in _own_constraints(claim, d)])
    mark = graph.mark()
    left = evaluator.value(claim.left)
    middle = graph.mark()
    right = evaluator.value(claim.right)
    asked = [graph.withdraw(middle), graph.withdraw(mark)]
    pairs, shape = entry_pairs(evaluator, left, right)
    pairs, asked = realised(evaluator, pairs, asked)
    sides.right.extend(asked[0])
    sides.left.extend(asked[1])
    sides.pairs.extend(pairs)
    sides.shapes.extend([shape] * len(pairs))
    impose(evaluator, rest + extra, [n for pair in pairs for n in pair], [n for side in asked for _, n in side])


def _own_constraints(claim, d):
    """A declaration's constraints; those of random names are built into their spaces."""
    return () if d.kind in ("random", "mass", "density", "chain") else d.constraints


def entry_pairs(evaluator, left, right):
    """([(left, right) for each entry], shape).  Raises ShapeClash, CannotDecide."""
    graph = evaluator.graph
    values = [_written_zero(graph, v, other) for v, other in ((left, right), (right, left))]
    shapes = [v.shape for v in values if isinstance(v, Array) and not v.free]
    if all(isinstance(v, Multiple) for v in values):
        return [(values[0].scalar, values[1].scalar)], (0, 0)
    if not shapes:
        if any(isinstance(v, Multiple) for v in values):
            raise CannotDecide(Reason.DECLARATION, "an identity matrix of unknown size stands against a number")
        return [tuple(graph.zero if isinstance(v, Array) else v for v in values)], (1, 1)
    if any(isinstance(v, int) for v in values) and max(shapes[0]) > 1:
        _clash(evaluator, f"a number against an array {shapes[0][0]} x {shapes[0][1]}")
    arrays = [sized(v, graph, shapes[0]) for v in values]
    if arrays[0].shape != arrays[1].shape:
        _clash(evaluator, "{} x {} on the left, {} x {} on the right".format(*arrays[0].shape, *arrays[1].shape))
    return list(zip(arrays[0].entries, arrays[1].entries, strict=True)), arrays[0].shape


def _written_zero(graph, value, other):
    """The number 0 against an array stands for the zero array."""
    if isinstance(value, int) and graph.value_of(value) == 0 and isinstance(other, Array):
        return Array(1, 1, (graph.zero,), free=True)
    return value


def _clash(evaluator, sentence):
    if "unsized" in evaluator.touched:
        raise CannotDecide(Reason.DECLARATION, f"{sentence}, where not every size is declared")
    raise ShapeClash(sentence)

