"""Named laws: their parameters, and moments by rows, exact in the parameters.

Sources: N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions; N. L. Johnson, A. W. Kemp,
S. Kotz, Univariate Discrete Distributions; counts by Stirling numbers, E[X^k] = sum_j S(k, j) E[X (X-1) ... (X-j+1)].
"""

from fractions import Fraction
from math import comb, factorial

from derive.term.families import FAMILIES
from verifiers.graph import NONNEGATIVE, POSITIVE
from verifiers.instance.outcomes import chance, member_env
from verifiers.instance.positivity import is_positive
from verifiers.instance.value import Array
from verifiers.verdict import CannotDecide, Reason

DEGREE = 8


def law_at(evaluator, node):
    """(family, parameters) of the law of a placeholder where it is a named one, else None."""
    record = chance(evaluator)
    slot = record.slots.get(node)
    if slot is None:
        return None
    if slot.name in record.laws:
        return None
    if slot.name in record.named:
        return record.named[slot.name]
    d = evaluator.table[slot.name]
    if d.law is None or d.law.head != "law":
        return None
    key = slot.name, slot.member
    if key not in record.named:
        record.named[key] = parameters(evaluator, d.law, member_env(evaluator, d.indices, slot.member))
    return record.named[key]


def parameters(evaluator, law, env):
    """(family, values of the parameters), each kept in its domain by a constraint."""
    graph, values = evaluator.graph, []
    for term, (_, domain) in zip(law.args, FAMILIES[law.value].parameters, strict=True):
        value = evaluator.value(term, env)
        if domain == "vector" or isinstance(value, Array):
            if not isinstance(value, Array) or domain != "vector":
                raise CannotDecide(Reason.DECLARATION, f"the parameters of a {law.value} law have another shape")
            values.append(value)
            continue
        bounds = {"positive": ((POSITIVE, value),), "nonnegative": ((NONNEGATIVE, value),), "count": (),
                  "closed_unit": ((NONNEGATIVE, value), (NONNEGATIVE, graph.sub(graph.one, value)))}.get(domain, ())
        if domain == "count" and not (graph.integral(value) or term.head == "name" and _is_count(evaluator, term)):
            raise CannotDecide(Reason.DECLARATION, "a number of trials that is not declared an integer")
        for tag, node in bounds:
            _keep(evaluator, tag, node)
        values.append(value)
    if law.value == "uniform":
        _keep(evaluator, POSITIVE, graph.sub(values[1], values[0]))
    return law.value, tuple(values)


def _is_count(evaluator, term):
    d = evaluator.table.get(term.value)
    return d is not None and d.domain == "integer"


def _keep(evaluator, tag, node):
    """A constraint on the parameters, unless their domains say it."""
    value = evaluator.graph.value_of(node)
    if value is not None:
        if value < 0 or value == 0 and tag == POSITIVE:
            raise CannotDecide(Reason.DECLARATION, "a parameter of a law outside of its domain")
    elif not is_positive(evaluator.graph, node) and (tag, node) not in evaluator.constraints:
        evaluator.constraints.append((tag, node))


def gaps(evaluator, node):
    """Whether the values of a placeholder with a named law are only a part of the domain it is drawn from."""
    law = law_at(evaluator, node)
    return law is not None and law[0] in ("binomial", "poisson", "uniform", "dirichlet", "categorical")


def exact_outcomes(evaluator, node):
    """(values, weights) of a law on few known values, else None."""
    law = law_at(evaluator, node)
    if law is None or law[0] != "bernoulli":
        return None
    graph, p = evaluator.graph, law[1][0]
    return (graph.zero, graph.one), (graph.sub(graph.one, p), p)


# -- moments ---------------------------------------------------------------------------------------------------------
def raw_moment(graph, law, k):
    """E[X^k] for whole k >= 0.  Raises CannotDecide where the family has no row."""
    family, args = law
    if k > DEGREE:
        raise CannotDecide(Reason.BUDGET, f"a moment of degree {k}")
    if family not in _MOMENTS:
        raise CannotDecide(Reason.NEEDS_LEMMA, f"no row of moments of a {family} law")
    return graph.one if k == 0 else _MOMENTS[family](graph, k, *args)


def rising(graph, a, k):
    """a (a + 1) ... (a + k - 1)."""
    return graph.mul(*(graph.add(a, graph.num(i)) for i in range(k)))


def stirling(k, j):
    """Stirling numbers of the second kind: partitions of k things into j classes."""
    return sum((-1) ** i * comb(j, i) * (j - i) ** k for i in range(j + 1)) // factorial(j)


def _counted(falling):
    """E[X^k] out of the factorial moments E[X (X-1) ... (X-j+1)]."""
    return lambda g, k, *args: g.add(*(g.mul(g.num(stirling(k, j)), falling(g, j, *args)) for j in range(1, k + 1)))


def _binomial(g, j, n, p):
    return g.mul(*(g.sub(n, g.num(i)) for i in range(j)), g.pow(p, g.num(j)))


def _laplace(g, k, location, scale):
    return g.add(*(g.mul(g.num(comb(k, j) * factorial(j)), g.pow(location, g.num(k - j)), g.pow(scale, g.num(j)))
                   for j in range(0, k + 1, 2)))


def _uniform(g, k, low, high):
    return g.mul(g.num(Fraction(1, k + 1)), g.add(*(g.mul(g.pow(low, g.num(i)), g.pow(high, g.num(k - i)))
                                                    for i in range(k + 1))))


_MOMENTS = {
    "bernoulli": lambda g, k, p: p,
    "binomial": _counted(_binomial),
    "poisson": _counted(lambda g, j, rate: g.pow(rate, g.num(j))),
    "exponential": lambda g, k, rate: g.mul(g.num(factorial(k)), g.pow(rate, g.num(-k))),
    "gamma": lambda g, k, shape, rate: g.mul(rising(g, shape, k), g.pow(rate, g.num(-k))),
    "chi2": lambda g, k, n: g.mul(g.num(2 ** k), rising(g, g.mul(g.half, n), k)),
    "beta": lambda g, k, a, b: g.div(rising(g, a, k), rising(g, g.add(a, b), k)),
    "uniform": _uniform, "laplace": _laplace,
}


def mixed_moment(evaluator, nodes):
    """E of a product of entries of one random vector with a Dirichlet law: rising(a_i, k_i) / rising(sum a, sum k)."""
    graph, slots = evaluator.graph, chance(evaluator).slots
    family, args = law_at(evaluator, nodes[0])
    if len({slots[n].entry for n in nodes}) == 1 and family != "dirichlet":
        return raw_moment(graph, (family, args), len(nodes))
    if family != "dirichlet" or any(slots[n].member != slots[nodes[0]].member for n in nodes):
        raise CannotDecide(Reason.NEEDS_LEMMA, f"no row of moments of a {family} law")
    counts = {n: nodes.count(n) for n in nodes}
    top = [rising(graph, args[0].entries[slots[n].entry], k) for n, k in counts.items()]
    return graph.div(graph.mul(*top), rising(graph, graph.add(*args[0].entries), len(nodes)))
