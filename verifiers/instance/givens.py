"""Givens that are neither assignments nor structure: conditions on the points of an instance.

An equation becomes ("zero", left - right), an order a sign.  Letters that nothing declares run over all indices.  What
cannot be evaluated leaves the instance usable for proofs (they use fewer hypotheses) and useless for refutations.
"""

from itertools import product

from derive.term import Relation, free_names
from verifiers.graph import NONNEGATIVE, NONZERO, POSITIVE, ZERO
from verifiers.instance.conditions import truth
from verifiers.instance.entropy_givens import is_entropic
from verifiers.instance.indexsets import elements
from verifiers.instance.positivity import is_positive
from verifiers.instance.survey import index_terms, runs
from verifiers.instance.value import Array, Atom, NeedsSizes, ShapeClash, sized
from verifiers.rings.prime import identity
from verifiers.verdict import CannotDecide, Reason

PLAIN = {"real", "positive", "nonnegative", "nonzero", "closed_unit", "weight"}        # domains with 1 in them
ORDERS = {Relation.LT: (POSITIVE, 1), Relation.LE: (NONNEGATIVE, 1), Relation.GT: (POSITIVE, -1),
          Relation.GE: (NONNEGATIVE, -1)}


def impose(evaluator, rest, nodes, conditions=()):
    """Add the constraints of the givens ``rest``, pairs (relation, condition or None).

    conditions  nodes of what the sides need in order to be defined
    nodes   those of the sides: equations that share no variable with them are irrelevant to a proof
    """
    graph, touched = evaluator.graph, set(evaluator.touched)
    for relation, condition in rest:
        mark = graph.mark()
        try:
            for env in _choices(evaluator, relation, condition):
                _impose(evaluator, relation, env)
            evaluator.constraints.extend(graph.withdraw(mark))
        except (CannotDecide, ShapeClash) as refusal:
            if isinstance(refusal, CannotDecide) and refusal.reason is Reason.SIZE_BOUND:
                raise
            graph.withdraw(mark)
            evaluator.enforced = False
            evaluator.notes.append(f"a given is not built in: {refusal}")
        if _fixed_but_moving(evaluator, relation):
            evaluator.enforced = False
    evaluator.equations = _relevant(evaluator, nodes)
    _drop_apart(evaluator, [*nodes, *conditions])
    if not evaluator.equations:
        evaluator.touched = touched         # orders only cut the domain


def _drop_apart(evaluator, nodes):
    """Drop constraints on names that neither the sides nor their equations speak of, where one plain point meets them.

    What they say of other names is nothing to the claim then; without such a point they might say that nothing exists.
    """
    graph = evaluator.graph
    met = set(graph.variables(nodes))
    moving = True
    while moving:
        moving = False
        for _, n in evaluator.constraints:
            own = set(graph.variables((n,)))
            if met & own and not own <= met:
                met |= own
                moving = True
    apart = [c for c in evaluator.constraints if not met & set(graph.variables((c[1],)))]
    if not any(tag == ZERO for tag, _ in apart):
        return
    variables = graph.variables([n for _, n in apart])
    domains = {graph.domain.get(v, "real") for v in variables}
    if not domains <= PLAIN:
        return
    at_one = graph.substitute([n for _, n in apart], dict.fromkeys(variables, graph.one))
    if all(_met(graph, tag, n) for (tag, _), n in zip(apart, at_one, strict=True)):
        evaluator.constraints = [c for c in evaluator.constraints if c not in apart]


def _met(graph, tag, node):
    """Whether a constant node satisfies the tag, roots in it included."""
    if _holds(tag, graph.value_of(node)):
        return True
    return is_positive(graph, node) if tag != ZERO else _is_zero(graph, node)


def _is_zero(graph, node):
    result = identity(graph, [(node, graph.zero)])
    return result.status == "proved" and not result.conditions


def _holds(tag, value):
    return value is not None and {ZERO: value == 0, NONZERO: value != 0, POSITIVE: value > 0,
                                  NONNEGATIVE: value >= 0}[tag]


def _relevant(evaluator, nodes):
    """The equations that share variables with the sides, or with others that do."""
    graph = evaluator.graph
    met, found = set(graph.variables(nodes)), []
    pending = [n for tag, n in evaluator.constraints if tag == ZERO]
    moving = True
    while moving:
        moving = False
        for n in list(pending):
            if met & set(graph.variables((n,))):
                met.update(graph.variables((n,)))
                pending.remove(n)
                found.append(n)
                moving = True
    return found


def _choices(evaluator, relation, condition):
    """Every binding of the letters that run, where the condition holds."""
    letters = sorted(n for n in free_names(relation) if runs(evaluator, n) and index_terms(relation, n))
    values = [_values(evaluator, relation, n) for n in letters]
    for chosen in product(*values):
        env = tuple(zip(letters, chosen, strict=True))
        if condition is None:
            yield env
            continue
        holds = truth(evaluator, condition, env)
        if holds is True:
            yield env
        elif holds is not False:
            raise CannotDecide(Reason.DECLARATION, "a given holds where a condition on data does")


def _values(evaluator, relation, letter):
    """The values a running letter takes: the range of the family it indexes, or the members met so far."""
    for family, place in index_terms(relation, letter):
        domain = evaluator.plan.survey.range_of(family, place)
        if domain is not None:
            return [v for _, v in elements(evaluator, domain, letter, relation, ())]
    met = {s[place] for (name, s) in evaluator.names for family, place in index_terms(relation, letter)
           if name == family and place < len(s)}
    return [evaluator.graph.num(p) if isinstance(p, int) else p for p in sorted(met, key=str)]


def _impose(evaluator, relation, env):
    graph = evaluator.graph
    if relation.head != "rel" or relation.value not in (*ORDERS, Relation.EQ, Relation.NE):
        raise CannotDecide(Reason.NEEDS_LEMMA, "it is no equation or order")
    if is_entropic(relation) and evaluator.chance is not None:
        raise CannotDecide(Reason.NEEDS_LEMMA, "entropies beside other uses of the names")
    if relation.value is Relation.EQ and _one_value(*relation.args):
        return _impose_one_value(evaluator, relation.args[0], env)
    left, right = (evaluator.value(t, env) for t in relation.args)
    nodes = _differences(graph, left, right)
    if relation.value is Relation.EQ:
        for node in nodes:
            _constrain(evaluator, ZERO, node)
    elif relation.value is Relation.NE:
        node = nodes[0] if len(nodes) == 1 else graph.add(*(graph.mul(n, n) for n in nodes))
        _constrain(evaluator, NONZERO, node)
    else:
        tag, sign = ORDERS[relation.value]
        if len(nodes) != 1:
            raise CannotDecide(Reason.ORDER, "an order of arrays")
        _constrain(evaluator, tag, graph.mul(graph.num(-sign), nodes[0]))


def _one_value(left, right):
    """max_i x_i = min_i x_i says that all x_i are one number."""
    return {left.head, right.head} == {"maxover", "minover"} and left.args == right.args


def _impose_one_value(evaluator, extreme, env):
    body, variable, domain = extreme.args
    members = list(elements(evaluator, domain, variable.value, body, env))
    if any(isinstance(v, Atom) for _, v in members):
        raise NeedsSizes("an extremum over an index set")
    if any(weight is not None for weight, _ in members):
        raise CannotDecide(Reason.NEEDS_LEMMA, "an extremum over a set that depends on the data")
    values = [evaluator.scalar(body, (*env, (variable.value, v))) for _, v in members]
    for value in values[1:]:
        _constrain(evaluator, ZERO, evaluator.graph.sub(value, values[0]))


def _differences(graph, left, right):
    """The entries of left - right."""
    shapes = [v.shape for v in (left, right) if isinstance(v, Array) and not v.free]
    if not shapes:
        if not isinstance(left, int) or not isinstance(right, int):
            raise CannotDecide(Reason.DECLARATION, "its sides have no size")
        return [graph.sub(left, right)]
    a, b = (graph.zero if isinstance(v, int) and graph.value_of(v) == 0 else v for v in (left, right))
    a, b = (Array(1, 1, (v,), free=True) if v == graph.zero else v for v in (a, b))
    a, b = sized(a, graph, shapes[0]), sized(b, graph, shapes[0])
    if a.shape != b.shape:
        raise ShapeClash(f"{a.rows} x {a.columns} against {b.rows} x {b.columns}")
    return [graph.sub(p, q) for p, q in zip(a.entries, b.entries, strict=True)]


def _constrain(evaluator, tag, node):
    """Keep the constraint; one that is decided holds, or the instance is none."""
    value = evaluator.graph.value_of(node)
    if value is None:
        if (tag, node) not in evaluator.constraints:
            evaluator.constraints.append((tag, node))
        return
    if not _holds(tag, value):
        raise CannotDecide(Reason.SIZE_BOUND, "a given does not hold at these sizes")


def _fixed_but_moving(evaluator, relation):
    """An equation at a declared letter t between members at t and t - 1 may be meant for every t: a recurrence."""
    survey = evaluator.plan.survey
    moving = free_names(relation) & survey.shifted & set(evaluator.table) & (set(survey.letters) | set(survey.sizes))
    return relation.head == "rel" and relation.value is Relation.EQ and bool(moving) and "index" in {
        t.head for t in relation.args} and "recursion" not in evaluator.touched
