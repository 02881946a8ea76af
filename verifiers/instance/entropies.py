"""Entropies of discrete random variables: one variable for each set of names, then a table of the joint law put in.

Conditional entropies and mutual informations are written with joint entropies (T. M. Cover, J. A. Thomas, Elements of
Information Theory, chapter 2), so that the chain rules are linear identities between them, true for every joint law.
What is left is looked at on a table of a few values of each variable, where all joint laws occur.
"""

from itertools import product

from derive.term import Relation
from verifiers.instance.entropy_givens import conditional_independences, is_entropic
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
    graph, apart = evaluator.graph, conditional_independences(evaluator.claim)
    pairs, sides = _shortened(evaluator, apart, pairs, sides)
    different = [(a, b) for a, b in pairs if a != b]
    if not different or evaluator.claim.relation is Relation.EQ and identity(graph, different).status == "proved":
        return pairs, sides
    evaluator.not_general(Reason.SIZE_BOUND, SENTENCE)
    names = sorted(frozenset().union(*record.entropies.values(), *(n for part in apart for n in part)))
    if any("finite" not in evaluator.table[n].structure for n in names):
        no_witness(evaluator, "entropies of names that are not declared discrete")
    if sum(map(is_entropic, evaluator.claim.givens)) != len(apart):
        no_witness(evaluator, "something given of entropies is not built in")
    cells = table(evaluator, names, apart)
    mapping = {node: entropy_of(graph, names, cells, kept) for node, kept in record.entropies.items()}
    return _put(graph, mapping, pairs, sides)


def _put(graph, mapping, pairs, sides):
    def put(nodes):
        return graph.substitute(nodes, mapping)

    found = list(zip(put([a for a, _ in pairs]), put([b for _, b in pairs]), strict=True))
    return found, [tuple(zip([t for t, _ in s], put([n for _, n in s]), strict=True)) for s in sides]


def _shortened(evaluator, apart, pairs, sides):
    """The pairs and conditions with H(X,Y,Z) = H(X,Z) + H(Y,Z) - H(Z) where X and Y are independent given Z."""
    record = chance(evaluator)
    plain = _declared_apart(evaluator, sorted(frozenset().union(*record.entropies.values())))
    for one, other, given in (*apart, *plain):
        whole = [n for n, kept in record.entropies.items() if kept == one | other | given]
        if not whole:
            continue
        parts = [joint_entropy(evaluator, sorted(part)) for part in (one | given, other | given)]
        least = (evaluator.graph.neg(joint_entropy(evaluator, sorted(given))),) if given else ()
        pairs, sides = _put(evaluator.graph, dict.fromkeys(whole, evaluator.graph.add(*parts, *least)), pairs, sides)
    return pairs, sides


def _declared_apart(evaluator, names):
    """((X, Y, no condition) sets of names, ...) of the pairs that are declared to be independent."""
    own = [evaluator.table[n] for n in names]
    return [(frozenset([a.name]), frozenset([b.name]), frozenset()) for k, a in enumerate(own) for b in own[k + 1:]
            if independent(a, b)]


def table(evaluator, names, conditional=()):
    """{values of the names: probability}, any joint law of the declared independence."""
    if len(names) > MOST:
        raise CannotDecide(Reason.BUDGET, "the joint law of too many random names")
    values = range(3 if len(names) < 3 else 2)
    pairs = _declared_apart(evaluator, names)
    keys = list(product(values, repeat=len(names)))
    if len(pairs) == len(names) * (len(names) - 1) // 2 and not conditional:      # all of them, said together
        return _cells(evaluator, names, keys, [((n,), ()) for n in names])
    statements = [*conditional, *pairs]
    if len(statements) > 1:
        raise CannotDecide(Reason.NEEDS_LEMMA, "entropies of several names of which some are independent")
    if not statements:
        return _cells(evaluator, names, keys, [(tuple(names), ())])
    one, other, given = (tuple(sorted(part)) for part in statements[0])
    rest = tuple(n for n in names if n not in (*one, *other, *given))
    return _cells(evaluator, names, keys, [(given, ()), (one, given), (other, given), (rest, (*one, *other, *given))])


def _cells(evaluator, names, keys, factors):
    """The product of free laws of ``own`` given ``after``, for each (own, after) of the factors."""
    graph, place = evaluator.graph, {n: k for k, n in enumerate(names)}

    def law(own, after):
        raw = {}
        for key in keys:
            at = tuple(tuple(key[place[n]] for n in part) for part in (own, after))
            label = "|".join(",".join(part) for part in (own, after) if part)
            where = ",".join(map(str, at[0] + at[1]))
            raw[at] = graph.var(f"P[{label}]@{where}", "positive")
        totals = {a: graph.add(*(w for (_, b), w in raw.items() if b == a)) for a in {a for _, a in raw}}
        return {at: graph.div(w, totals[at[1]]) for at, w in raw.items()}

    laws = [(own, after, law(own, after)) for own, after in factors if own]
    return {key: graph.mul(*(p[tuple(key[place[n]] for n in own), tuple(key[place[n]] for n in after)]
                             for own, after, p in laws)) for key in keys}


def entropy_of(graph, names, cells, kept):
    """Minus the sum of p log p over the marginal law of some of the names."""
    places, masses = [k for k, n in enumerate(names) if n in kept], {}
    for key, chance_of in cells.items():
        masses.setdefault(tuple(key[k] for k in places), []).append(chance_of)
    sums = [graph.add(*m) for m in masses.values()]
    return graph.neg(graph.add(*(graph.mul(m, graph.fun("log", m)) for m in sums)))
