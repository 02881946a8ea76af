"""What E, Var, Cov, conditioning and ``x ~ law`` mean: exact expectations of graph nodes."""

from derive.term import IMPLIED, Relation, Term, mul, name, subterms
from derive.term.record import record
from verifiers.instance import (  # noqa: F401 - their meanings are registered
    densities,
    integrals,
    laws,
    named_densities,
    processes,
)
from verifiers.instance.atoms import exact_space, names_of, space, values
from verifiers.instance.conditions import as_node, truth
from verifiers.instance.counting import note_condition
from verifiers.instance.evaluator import means
from verifiers.instance.expectation import Integral, expectation, finite
from verifiers.instance.outcomes import chance, key_of, mutually_independent, support
from verifiers.instance.polynomials import hiding
from verifiers.instance.statements import condition_names
from verifiers.instance.value import Array, ShapeClash
from verifiers.verdict import CannotDecide, Reason


@record(frozen=True)
class Sample:
    """A way to average: at every place of ``envs`` a body has a value, ``mean`` makes one value of those."""

    envs: tuple
    mean: object

    def of(self, evaluator, body):
        """The values of a body, one for each env."""
        return hiding(evaluator.graph, lambda node: support(evaluator, node),
                      lambda: [evaluator.value(body, e) for e in self.envs])


@means("E")
def expected(evaluator, term, env):
    """E[body], E[body | y], E_{x ~ law}[body]."""
    ahead = processes.lookahead(evaluator, term, env)
    if ahead is not None:
        return ahead
    body, draws = term.args[0], term.args[1:]
    if len(draws) == 1 and draws[0].head == "dist" and is_formula(evaluator, draws[0]):
        variable, law = draws[0].args
        density = densities.density_term(evaluator, variable, law)
        return evaluator.value(Term("sum", (mul(density, unconditioned(body)), variable, IMPLIED)), env)
    drawn = sample(evaluator, body, draws, env)
    return drawn.mean(drawn.of(evaluator, unconditioned(body)))


def is_formula(evaluator, draw):
    """Whether the law of a draw is a function with a definition: a softmax of declared values."""
    variable, law = draw.args
    d = evaluator.table.get(law.args[0].value) if law.head == "call" and law.args[0].head == "name" else None
    return d is not None and d.kind == "function" and d.definition is not None and variable.head == "name"


@means("Var")
def variance(evaluator, term, env):
    """Var[x] = E[x^2] - E[x]^2 of a scalar; of a vector the covariance matrix."""
    body, draws = term.args[0], term.args[1:]
    return _covariance(evaluator, body, body, draws, env)


@means("Cov")
def covariance(evaluator, term, env):
    """Cov[x, y] = E[x y^T] - E[x] E[y]^T; Cov[x] = Cov[x, x]."""
    bodies = [a for a in term.args if a.head != "dist"]
    draws = tuple(a for a in term.args if a.head == "dist")
    if len(bodies) not in (1, 2):
        raise CannotDecide(Reason.NEEDS_LEMMA, "a covariance of more than two")
    if any(b.head == "given" for b in bodies) and \
            ({b.head for b in bodies} != {"given"} or bodies[0].args[1] is not bodies[-1].args[1]):
        raise CannotDecide(Reason.NEEDS_LEMMA, "a covariance under two conditions")
    return _covariance(evaluator, bodies[0], bodies[-1], draws, env)


def unconditioned(body):
    return body.args[0] if body.head == "given" else body


def _covariance(evaluator, left, right, draws, env):
    graph, drawn = evaluator.graph, sample(evaluator, left, draws, env)
    one, other = (drawn.of(evaluator, unconditioned(b)) for b in (left, right))
    vectors = isinstance(one[0], Array), isinstance(other[0], Array)
    rows, columns = (transposed(v) for v in (one, other))
    if vectors[0] != vectors[1] and len(rows if vectors[0] else columns) > 1:
        raise ShapeClash("the covariance of a scalar and a vector")
    firsts, seconds = [drawn.mean(r) for r in rows], [drawn.mean(c) for c in columns]
    entries = tuple(graph.sub(drawn.mean([graph.mul(a, b) for a, b in zip(r, c, strict=True)]),
                              graph.mul(firsts[i], seconds[j]))
                    for i, r in enumerate(rows) for j, c in enumerate(columns))
    return Array(len(rows), len(columns), entries) if any(vectors) else entries[0]


def transposed(column_values):
    """The values of each component of a vector, from the vector's values: [[component at each env], ...]."""
    if not isinstance(column_values[0], Array):
        return [column_values]
    if any(v.free or v.columns != 1 for v in column_values):
        raise CannotDecide(Reason.NEEDS_LEMMA, "the covariance of what is no column")
    return [[v.entries[k] for v in column_values] for k in range(column_values[0].rows)]


# -- what is averaged over ---------------------------------------------------------------------------------------------
def sample(evaluator, body, draws, env):
    """How a body is averaged: over random names, under a condition, over draws from named or declared laws.

    A draw from a normal law binds Gaussian placeholders; one from a declared law sums over the points of its space; a
    draw without a law (E_x) means the declared random name x alone.
    """
    if body.head == "given":
        if draws:
            raise CannotDecide(Reason.NEEDS_LEMMA, "a condition and a law at once")
        if is_event(body.args[1]):
            return Sample((env,), lambda found: under_event(evaluator, found[0], body.args[1], env))
        return Sample((env,), lambda found: conditional(evaluator, found[0], body.args[1], env))
    if not draws:
        return Sample((env,), lambda found: expectation(evaluator, found[0]))
    if any(d.args[0].head != "name" for d in draws):
        raise CannotDecide(Reason.NEEDS_LEMMA, "a draw of one member of a family")
    kinds = {d.args[1].head for d in draws}
    if kinds <= {"normal", "law"}:
        return _named_draws(evaluator, draws, env)
    if kinds == {"implied"}:
        marked = _random_draws(evaluator, draws, env)
        if marked is not None:
            return Sample((env,), lambda found: expectation(evaluator, found[0], marked))
    if kinds & {"normal", "law"}:
        raise CannotDecide(Reason.NEEDS_LEMMA, "a draw from a named law beside one from a declared law")
    points = densities.drawn_points(evaluator, draws, env)
    weights = [w for w, _ in points]

    def mean(found):
        densities.note_points(evaluator, points, found[0])
        return densities.combined(evaluator.graph, list(zip(weights, found, strict=True)))

    return Sample(tuple(e for _, e in points), mean)


def _named_draws(evaluator, draws, env):
    keys = []
    for draw in draws:
        value, key = (laws if draw.args[1].head == "normal" else named_densities).drawn(evaluator, draw, env)
        env += ((draw.args[0].value, value),)
        keys.append(key)

    def mean(found):
        value = found[0]
        for key in reversed(keys):
            value = expectation(evaluator, value, {key})
        return value

    return Sample((env,), mean)


def _random_draws(evaluator, draws, env):
    keys = set()
    for draw in draws:
        d = evaluator.table.get(draw.args[0].value)
        if d is None or d.kind != "random" and d.definition is None:
            return None
        slots = placeholders(evaluator, evaluator.value(draw.args[0], env))
        if not slots:
            raise CannotDecide(Reason.NEEDS_LEMMA, "an expectation over what is not a random name")
        found = {key_of(evaluator, s) for s in slots}
        if any(k[0] == "joint" and set(k[1:]) - {x.args[0].value for x in draws} for k in found):
            raise CannotDecide(Reason.DECLARATION, "an expectation over some of several dependent names")
        keys |= found
    return frozenset(keys)


def placeholders(evaluator, value):
    """The random scalars that a value consists of."""
    nodes = value.entries if isinstance(value, Array) else (value,)
    return tuple(n for n in nodes if n in chance(evaluator).slots)


# -- conditioning --------------------------------------------------------------------------------------------------
@means("given")
def bare_given(evaluator, term, env):
    """A condition is read by E, Var and Cov."""
    raise CannotDecide(Reason.NEEDS_LEMMA, "a condition outside an expectation")


def conditional(evaluator, value, condition, env):
    """E[value | names]: a new random scalar on the same space, constant on each class of equal conditions."""
    if isinstance(value, Array):
        return Array(value.rows, value.columns,
                     tuple(conditional(evaluator, e, condition, env) for e in value.entries), value.free)
    names = condition_names(condition)
    known = {n: placeholders(evaluator, evaluator.value(name(n), env)) for n in names}
    if not all(known.values()):
        raise CannotDecide(Reason.NEEDS_LEMMA, "conditioning on what is not a random name")
    keys = {key_of(evaluator, s) for slots in known.values() for s in slots}
    mine = {key_of(evaluator, s) for s in support(evaluator, value)}
    if not mine & keys:
        if not mutually_independent(evaluator, {*support(evaluator, value), *(s for k in known.values() for s in k)}):
            raise CannotDecide(Reason.DECLARATION, "names independent in pairs may depend on one another all together")
        return expectation(evaluator, value)
    if len(keys) > 1 or mine != keys or not finite(evaluator, next(iter(keys))):
        raise CannotDecide(Reason.NEEDS_LEMMA, "conditioning across independent or named laws is not judged")
    return _derived(evaluator, value, next(iter(keys)), names)


def is_event(condition):
    """A relation, or relations joined; names joined are conditions of their own."""
    if condition.head in ("and", "or"):
        return all(map(is_event, condition.args))
    return condition.head == "rel"


def under_event(evaluator, value, event, env):
    """E[value | event] = E[value 1(event)] / P(event), where the event has a probability."""
    for node in subterms(event):
        if node.head == "rel" and node.value in (Relation.EQ, Relation.NE):
            require_discrete(evaluator, node, env)
    graph, holds = evaluator.graph, as_node(evaluator.graph, truth(evaluator, event, env))
    if isinstance(holds, Array):
        raise CannotDecide(Reason.NEEDS_LEMMA, "an event about arrays")
    chances = expectation(evaluator, holds)
    if not support(evaluator, holds):
        raise CannotDecide(Reason.NEEDS_LEMMA, "conditioning on what is not a random name")
    if isinstance(value, Array):
        entries = tuple(graph.div(expectation(evaluator, graph.mul(e, holds)), chances) for e in value.entries)
        return Array(value.rows, value.columns, entries)
    return graph.div(expectation(evaluator, graph.mul(value, holds)), chances)


def require_discrete(evaluator, equation, env):
    """An equation is an event with a probability where its names have few known values."""
    for side in equation.args:
        value = evaluator.value(side, env)
        nodes = value.entries if isinstance(value, Array) else (value,)
        for slot in (s for n in nodes for s in support(evaluator, n)):
            if exact_space(evaluator, key_of(evaluator, slot)) is None and evaluator.graph.domain.get(slot) != "binary":
                raise CannotDecide(Reason.NEEDS_LEMMA, "conditioning on a value of a law that may have none")


def _derived(evaluator, node, key, names):
    graph, record, where = evaluator.graph, chance(evaluator), space(evaluator, key)
    if not set(names) <= set(where.axes) or not set(names) <= set(names_of(key)):
        raise CannotDecide(Reason.NEEDS_LEMMA, "conditioning on a name without an axis")
    axes = sorted({where.axes[n] for n in names})
    slots = support(evaluator, node)
    at = [graph.substitute((node,), {s: values(evaluator, where, s)[k] for s in slots})[0]
          for k in range(len(where.outcomes))]
    classes = {}
    for k, outcome in enumerate(where.outcomes):
        classes.setdefault(tuple(outcome[a] for a in axes), []).append(k)
    out = [None] * len(where.outcomes)
    for members in classes.values():
        mass = graph.add(*(where.weights[k] for k in members))
        total = graph.add(*(graph.mul(where.weights[k], at[k]) for k in members))
        for k in members:
            out[k] = graph.div(total, mass)
    derived = graph.var(f"E[{node}|{','.join(sorted(names))}]")
    record.derived[derived], record.space_of[derived] = tuple(out), key
    note_condition(Integral(evaluator, frozenset({key})), derived, node, key)
    return derived
