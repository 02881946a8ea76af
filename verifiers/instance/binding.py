"""Sums, products and extrema over index sets, concrete or weighted.

Measure mode (JUDGING section 4): sum f = sum_q w_q f(atom q), the length is sum_q w_q, prod f = prod f(atom q)^{w_q}
where f > 0.  What is summed is recorded at a generic atom: verifiers.instance.coverage counts it.
"""

from derive.term import free_names
from verifiers.instance.algebra import product, total
from verifiers.instance.evaluator import means
from verifiers.instance.functions import fold
from verifiers.instance.indexsets import elements, measure
from verifiers.instance.positivity import is_positive
from verifiers.instance.recurrences import every_map, is_map
from verifiers.instance.references import is_point
from verifiers.instance.series import infinite_sum
from verifiers.instance.sizes import integer
from verifiers.instance.value import Array, Atom, NeedsSizes
from verifiers.verdict import CannotDecide, Reason


def _members(evaluator, term, env):
    """(weight or None, bound value, value of the body) for each member of the set."""
    body, variable, domain = term.args
    for weight, value in elements(evaluator, domain, variable.value, body, env):
        yield weight, value, evaluator.value(body, env + ((variable.value, value),))


@means("sum")
def _sum(evaluator, term, env):
    if term.args[2].head == "range" and term.args[2].args[1].head == "infinity":
        return infinite_sum(evaluator, term, env)
    graph, parts = evaluator.graph, []
    for weight, value, body in _members(evaluator, term, env):
        if isinstance(value, Atom):
            _record(evaluator, term, env, value, _nodes(body))
        parts.append(body if weight is None else product(graph, [weight, body]))
    return total(graph, parts) if parts else graph.zero


def _nodes(value):
    return value.entries if isinstance(value, Array) else (value,)


def _record(evaluator, term, env, atom, nodes):
    """Note what is summed at the first atom that stands for many indices, and sums inside other bound indices."""
    found = measure(evaluator, atom.of)
    if atom.q != found.marks:
        return
    found.sums.update(nodes)
    used = free_names(term)
    for name, outer in env:
        if name in used and isinstance(outer, Atom) and outer.q >= evaluator.plan.measured[outer.of][1]:
            if outer.of == atom.of:
                found.nested = True
            evaluator.orders.add((outer.of, atom.of))


def count_of(evaluator, name):
    """The number N as the total weight of the one index set whose length it is."""
    keys = [k for k in evaluator.plan.measured if evaluator.plan.length_of.get(k, (None,))[0] == name]
    if len(keys) != 1:
        raise NeedsSizes(f"{name} is the length of {len(keys)} index sets")
    found = measure(evaluator, keys[0])
    found.sums.add(evaluator.graph.one)
    shift = evaluator.plan.length_of[keys[0]][1]
    return evaluator.graph.add(*found.weights, evaluator.graph.num(shift))


@means("prod")
def _prod(evaluator, term, env):
    """A product; with a bound that moves (s <= t) it is noted as such where all its factors are plainly positive."""
    fixed = "moving bound" in evaluator.touched
    evaluator.products += 1
    value = _product(evaluator, term, env)
    evaluator.products -= 1
    if not fixed and "moving bound" in evaluator.touched and isinstance(value, int) \
            and is_positive(evaluator.graph, value) and _first_or_second(evaluator, term.args[2], env):
        evaluator.touched.discard("moving bound")
        evaluator.touch("moving product")
    return value


def _first_or_second(evaluator, domain, env):
    """A product over 1 <= s <= t or t - 1 that has one or two factors here."""
    if domain.head != "range":
        return False
    low, high = domain.args
    plain = high.head == "name" or high.head == "add" and [t.head for t in high.args] == ["name", "num"] \
        and high.args[1].value == -1
    return plain and integer(evaluator, low, env) == 1 and 0 <= integer(evaluator, high, env) <= 2


def _product(evaluator, term, env):
    graph, factors = evaluator.graph, []
    for weight, value, body in _members(evaluator, term, env):
        if not isinstance(value, Atom):
            if weight is not None:
                raise CannotDecide(Reason.NEEDS_LEMMA, "a product over a set that depends on the data")
            factors.append(body)
            continue
        if not isinstance(body, int):
            raise NeedsSizes("a product of matrices over an index set")
        if weight == graph.one:
            factors.append(body)
            continue
        if not is_positive(graph, body):
            raise NeedsSizes("a product of factors of unknown sign over an index set")
        _record(evaluator, term, env, value, (graph.fun("log", body),))
        factors.append(graph.pow(body, weight))
    return product(graph, factors) if factors else graph.one


@means("maxover", "minover")
def _extreme(evaluator, term, env):
    graph, nodes = evaluator.graph, []
    choose = graph.max if term.head == "maxover" else graph.min
    ranging = evaluator.table.get(term.args[1].value) if term.args[1].head == "name" else None
    if is_map(ranging):
        return fold(choose, list(every_map(evaluator, ranging, term.args[0], env)))
    for weight, value, body in _members(evaluator, term, env):
        if isinstance(value, Atom):
            raise NeedsSizes("an extremum over an index set")
        if weight is not None and is_point(evaluator, value):
            evaluator.not_general(Reason.SIZE_BOUND, "an extremum over a finite set was judged at a few points")
            weight = None
        if weight is not None or not isinstance(body, int):
            raise CannotDecide(Reason.NEEDS_LEMMA, "an extremum over a set that depends on the data, or of arrays")
        nodes.append(body)
    if not nodes:
        raise CannotDecide(Reason.DECLARATION, "an extremum over the empty set")
    return fold(choose, nodes)
