"""Finite spaces of weighted outcomes: any law at all, with the declared moments built in."""

from itertools import product

from derive.term import Relation
from derive.term.record import record
from verifiers.graph import NONNEGATIVE
from verifiers.instance.named import exact_outcomes
from verifiers.instance.outcomes import MOST, Slot, chance, free_label, label, member_env, placeholder
from verifiers.instance.positivity import is_positive
from verifiers.instance.statements import conditioning, expectation_count, moments, partner, splits
from verifiers.instance.value import Array, Multiple
from verifiers.verdict import CannotDecide, Reason

ROWS, IN_ROW = 4, 3          # outcomes of a conditioning variable, and of the rest for each of them
EVENTS = 3                   # events of one space
FEW = 2                      # the same where sides are ordered: for points, a proof is not expected


@record
class Space:
    """Weighted outcomes; ``weights`` sum to one exactly.

    outcomes   one tuple of coordinates for each outcome
    axes       name -> the coordinate that determines it, for the names that are conditioned on
    even       outcomes come in pairs of opposite values: the last coordinate is +1 or -1
    values     placeholder -> its value at each outcome
    """

    key: tuple
    outcomes: tuple
    weights: tuple
    axes: dict
    even: bool
    values: dict


def space(evaluator, key):
    """The space of that key, made on first use."""
    record = chance(evaluator)
    if key not in record.spaces:
        record.spaces[key] = _make(evaluator, key)
    return record.spaces[key]


def exact_space(evaluator, key):
    """(placeholder, values, weights) of a space whose law has few known values, else None."""
    if key[0] in chance(evaluator).named:
        node = next(n for n, s in chance(evaluator).slots.items() if s.name == key[0])
        found = exact_outcomes(evaluator, node)
        return None if found is None else (node, *found)
    d = evaluator.table.get(key[0])
    if d is None or d.kind != "random" or d.law is None or d.law.head != "law" or d.shape or len(key) != 2:
        return None
    node = placeholder(evaluator, d, Slot(d.name, key[1]))
    found = exact_outcomes(evaluator, node)
    return None if found is None else (node, *found)


def names_of(key):
    return key[1:] if key[0] == "joint" else key[:1]


def _make(evaluator, key):
    known = exact_space(evaluator, key)
    if known is not None:
        node, at, weights = known
        return Space(key, tuple((k,) for k in range(len(at))), weights, {}, False, {node: at})
    declarations = [evaluator.table[n] for n in names_of(key)]
    even = any("even" in d.structure or _law_even(evaluator, d) for d in declarations)
    if even and len(declarations) > 1:
        raise CannotDecide(Reason.DECLARATION, "a symmetric law beside others that may depend on it is not judged")
    axes, outcomes = _axes(evaluator, key, even)
    shared = law_name(evaluator, key)
    graph = evaluator.graph
    raw = {}
    for o in outcomes:
        coordinates = o[:-1] if even else o
        raw[o] = graph.var(f"P[{shared}]@{','.join(map(str, coordinates))}", "positive")
    total = graph.add(*raw.values())
    return Space(key, outcomes, tuple(graph.div(raw[o], total) for o in outcomes), axes, even, {})


def _law_even(evaluator, declaration):
    law = declaration.law
    d = evaluator.table.get(law.value) if law is not None and law.head == "name" else None
    return d is not None and "even" in d.structure


def law_name(evaluator, key):
    """Random scalars of one law (identically distributed members) share weights and values, by this name."""
    if key[0] in chance(evaluator).named:
        return key[0]
    d = evaluator.table[names_of(key)[0]]
    if key[0] != "joint" and splits(d) and "identically_distributed" in d.structure:
        return d.name
    return ";".join(map(str, key[1:] if key[0] == "joint" else key))


def asked_outcomes(evaluator):
    """The number of outcomes that the plan asks for, where a small counterexample is looked for; else None."""
    return evaluator.plan.get("#outcomes", ("concrete", None))[1]


def events_of(evaluator, key):
    """The declared events among the names of a space, in order."""
    return sorted(n for n in names_of(key) if n in evaluator.table and "event" in evaluator.table[n].structure)


def _patterns(evaluator, key, events):
    """Outcomes for every pattern of what happens, several of each where other names share the space."""
    if len(events) > EVENTS:
        raise CannotDecide(Reason.BUDGET, "too many events that may depend on one another")
    others = len(events) < len(names_of(key))
    if others:
        evaluator.not_general(Reason.SIZE_BOUND, "random names beside events were judged at a few outcomes")
    return {n: k for k, n in enumerate(events)}, tuple(product(*[(0, 1)] * len(events), range(1, 2 + 2 * others)))


def _axes(evaluator, key, even):
    events = events_of(evaluator, key)
    if events and not even and not any(c & set(names_of(key)) for c in conditioning(evaluator.claim)):
        return _patterns(evaluator, key, events)
    if events:
        raise CannotDecide(Reason.DECLARATION, "events beside a symmetric law, or conditions on names, are not judged")
    asked = [c & set(names_of(key)) for c in conditioning(evaluator.claim)]
    asked = list(dict.fromkeys(c for c in asked if c))
    if not asked:
        count = asked_outcomes(evaluator) or min(max(expectation_count(evaluator.claim) + 1, 3), MOST)
        coordinates = [(k,) for k in range(1, count + 1)]
        return {}, tuple((*c, s) for c in coordinates for s in (1, -1)) if even else tuple(coordinates)
    if even:
        raise CannotDecide(Reason.DECLARATION, "conditioning on a symmetric law is not judged")
    if len(asked) == 1:
        full = evaluator.claim.relation == Relation.EQ and not asked_outcomes(evaluator)
        rows, in_row = (ROWS, IN_ROW) if full else (FEW, FEW)
        return dict.fromkeys(asked[0], 0), tuple(product(range(1, rows + 1), range(1, in_row + 1)))
    evaluator.not_general(Reason.SIZE_BOUND, "conditioning on different variables was judged on a grid of outcomes")
    names = sorted(set().union(*asked))
    if len(names) > 3:
        raise CannotDecide(Reason.BUDGET, "conditioning on more than three variables")
    return {n: k for k, n in enumerate(names)}, tuple(product(*[(1, 2)] * len(names), (1, 2)))


def values(evaluator, where, node):
    """The value of a placeholder at each outcome of its space."""
    record = chance(evaluator)
    if node in record.derived:
        return record.derived[node]
    if node not in where.values:
        where.values[node] = _values(evaluator, where, node)
    return where.values[node]


def _values(evaluator, where, node):
    graph, slot = evaluator.graph, chance(evaluator).slots[node]
    d = evaluator.table[slot.name]
    if "event" in d.structure:
        return tuple(graph.num(o[where.axes[d.name]]) for o in where.outcomes)
    shared = splits(d) and "identically_distributed" in d.structure
    base = (slot.name + (f"[{slot.entry + 1}]" if d.indices and d.shape else "") if shared
            else label(slot, bool(d.shape)))

    within = interval_of(evaluator, d)

    def raw(outcome):
        coordinates = (outcome[where.axes[slot.name]],) if slot.name in where.axes else \
            outcome[:-1] if where.even else outcome
        domain = "positive" if where.even else d.domain
        if within is not None:
            share = graph.var(f"{base}@{','.join(map(str, coordinates))}", "closed_unit")
            return graph.add(within[0], graph.mul(graph.sub(within[1], within[0]), share))
        free = graph.var(f"{base}@{','.join(map(str, coordinates))}", domain)
        return graph.mul(graph.num(outcome[-1]), free) if where.even else free

    plain = tuple(map(raw, where.outcomes))
    other = partner(evaluator.claim, d)
    if other is not None:
        return projected(evaluator, where, plain, placeholder(evaluator, other, Slot(other.name)))
    return fitted(evaluator, where, slot, plain)


def interval_of(evaluator, d):
    """The ends of the interval a random scalar is declared to take its values in, or None."""
    if d.low is None or d.high is None:
        return None
    if d.shape or d.domain != "real" or moments(evaluator.claim, d).mean is not None or \
            moments(evaluator.claim, d).variance is not None or "even" in d.structure:
        raise CannotDecide(Reason.DECLARATION, f"moments of {d.name} beside its range are not judged")
    low, high = (evaluator.scalar(e, ()) for e in (d.low, d.high))
    length = NONNEGATIVE, evaluator.graph.sub(high, low)
    if length not in evaluator.constraints and evaluator.graph.value_of(length[1]) is None:
        evaluator.constraints.append(length)
    return low, high


def projected(evaluator, where, plain, other):
    """Outcome values made uncorrelated to another placeholder of the space: y - b (x - E x), b = Cov[x, y] / Var[x]."""
    graph, xs = evaluator.graph, values(evaluator, where, other)
    centre = weighted(graph, where.weights, xs)
    off = [graph.sub(x, centre) for x in xs]
    slope = graph.div(weighted(graph, where.weights, [graph.mul(o, y) for o, y in zip(off, plain, strict=True)]),
                      weighted(graph, where.weights, [graph.mul(o, o) for o in off]))
    return tuple(graph.sub(y, graph.mul(slope, o)) for y, o in zip(plain, off, strict=True))


def fitted(evaluator, where, slot, plain):
    """Outcome values moved and scaled so that the declared mean and variance hold exactly."""
    graph, d = evaluator.graph, evaluator.table[slot.name]
    mean, variance = scalar_moments(evaluator, slot)
    if mean is None and variance is None:
        return plain
    if where.even and mean is not None and mean != graph.zero:
        raise CannotDecide(Reason.DECLARATION, f"{slot.name} is declared symmetric about 0, its mean is not 0")
    if d.domain in ("positive", "nonnegative") and variance is None:
        ratio = graph.div(mean, weighted(graph, where.weights, plain))
        return tuple(graph.mul(ratio, v) for v in plain)
    if d.domain != "real":
        raise CannotDecide(Reason.DECLARATION, f"moments of {slot.name} beside its range are not judged")
    centre = graph.zero if where.even else weighted(graph, where.weights, plain)
    moved = [graph.sub(v, centre) for v in plain]
    if variance is not None:
        spread = weighted(graph, where.weights, [graph.mul(m, m) for m in moved])
        scale = graph.sqrt(graph.div(variance, spread))
        moved = [graph.mul(scale, m) for m in moved]
    if mean is None:
        mean = graph.zero if where.even else graph.var(f"mean[{free_label(d, slot)}]")
    return tuple(graph.add(mean, m) for m in moved)


def weighted(graph, weights, nodes):
    return graph.add(*(graph.mul(w, n) for w, n in zip(weights, nodes, strict=True)))


def scalar_moments(evaluator, slot):
    """(mean, variance) nodes of one random scalar where declared, else None for each."""
    d = evaluator.table[slot.name]
    declared = moments(evaluator.claim, d)
    mean = _entry(evaluator, d, declared.mean, slot)
    variance = _entry(evaluator, d, declared.variance, slot)
    if variance is None and declared.second is not None:
        if mean is None:
            raise CannotDecide(Reason.DECLARATION, f"a second moment of {slot.name} is given, its mean is not")
        second = _entry(evaluator, d, declared.second, slot)
        variance = evaluator.graph.sub(second, evaluator.graph.mul(mean, mean))
    if variance is not None and not is_positive(evaluator.graph, variance):
        bound = NONNEGATIVE, variance
        if bound not in evaluator.constraints:
            evaluator.constraints.append(bound)
    return mean, variance


def _entry(evaluator, declaration, term, slot):
    """The entry of a declared moment that belongs to one random scalar; a scalar moment is that of every entry."""
    if term is None:
        return None
    value = evaluator.value(term, member_env(evaluator, declaration.indices, slot.member))
    if isinstance(value, Multiple):
        return value.scalar
    if not isinstance(value, Array):
        return value
    if value.free:
        return evaluator.graph.zero
    if not declaration.shape or len(value.entries) <= slot.entry:
        raise CannotDecide(Reason.DECLARATION, f"the moment declared of {declaration.name} has another shape")
    if len(declaration.shape) == 1 and value.rows == value.columns > 1:
        return value[slot.entry, slot.entry]
    return value.entries[slot.entry]
