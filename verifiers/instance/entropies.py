"""Entropies of discrete random variables: one variable for each set of names, then a table of the joint law put in.

Conditional entropies and mutual informations are written with joint entropies (T. M. Cover, J. A. Thomas, Elements of
Information Theory, chapter 2), so that the chain rules are linear identities between them, true for every joint law.
What is left is looked at on a table of a few values of each variable, where all joint laws occur.
"""

from itertools import product

from derive.term import Relation
from verifiers.instance.outcomes import chance, no_witness
from verifiers.instance.statements import independent
from verifiers.rings.prime import identity
from verifiers.verdict import CannotDecide, Reason

MOST = 4            # random names of one table
SENTENCE = "entropies were compared on a table of the joint law"


def joint_entropy(evaluator, names):
    """The variable that stands for the joint entropy of discrete random names."""
    for name in names:
        d = evaluator.table.get(name)
        if d is None or d.kind != "random" or d.definition is not None or d.shape or d.indices:
            raise CannotDecide(Reason.NEEDS_LEMMA, "the entropy of what is no single random variable")
    node = evaluator.graph.var(f"H[{','.join(sorted(set(names)))}]", "nonnegative")
    chance(evaluator).entropies[node] = frozenset(names)
    return node


def tabulated(evaluator, pairs, sides):
    """(pairs, conditions of each of ``sides``) with the entropies of a table put in, unless they agree as they are."""
    record = evaluator.chance
    if record is None or not record.entropies:
        return pairs, sides
    if record.slots:
        raise CannotDecide(Reason.NEEDS_LEMMA, "entropies beside expectations of random names")
    graph = evaluator.graph
    different = [(a, b) for a, b in pairs if a != b]
    if not different or evaluator.claim.relation is Relation.EQ and identity(graph, different).status == "proved":
        return pairs, sides
    evaluator.not_general(Reason.SIZE_BOUND, SENTENCE)
    names = sorted(frozenset().union(*record.entropies.values()))
    if any("finite" not in evaluator.table[n].structure for n in names):
        no_witness(evaluator, "entropies of names that are not declared discrete")
    cells = table(evaluator, names)
    mapping = {node: entropy_of(graph, names, cells, kept) for node, kept in record.entropies.items()}

    def put(nodes):
        return graph.substitute(nodes, mapping)

    found = list(zip(put([a for a, _ in pairs]), put([b for _, b in pairs]), strict=True))
    return found, [tuple(zip([t for t, _ in s], put([n for _, n in s]), strict=True)) for s in sides]


def table(evaluator, names):
    """{values of the names: probability}, any joint law of the declared independence."""
    if len(names) > MOST:
        raise CannotDecide(Reason.BUDGET, "the joint law of too many random names")
    graph, values = evaluator.graph, range(3 if len(names) < 3 else 2)
    laws = [evaluator.table[n] for n in names]
    apart = [independent(a, b) for k, a in enumerate(laws) for b in laws[k + 1:]]
    if any(apart) and len(names) > 2:
        raise CannotDecide(Reason.NEEDS_LEMMA, "entropies of several names of which some are independent")

    def law(label, keys):
        raw = {k: graph.var(f"P[{label}]@{','.join(map(str, k))}", "positive") for k in keys}
        total = graph.add(*raw.values())
        return {k: graph.div(w, total) for k, w in raw.items()}

    if any(apart):
        parts = [law(n, [(v,) for v in values]) for n in names]
        return {k: graph.mul(*(p[v,] for p, v in zip(parts, k, strict=True)))
                for k in product(values, repeat=len(names))}
    return law(",".join(names), list(product(values, repeat=len(names))))


def entropy_of(graph, names, cells, kept):
    """Minus the sum of p log p over the marginal law of some of the names."""
    places, masses = [k for k, n in enumerate(names) if n in kept], {}
    for key, chance_of in cells.items():
        masses.setdefault(tuple(key[k] for k in places), []).append(chance_of)
    sums = [graph.add(*m) for m in masses.values()]
    return graph.neg(graph.add(*(graph.mul(m, graph.fun("log", m)) for m in sums)))
