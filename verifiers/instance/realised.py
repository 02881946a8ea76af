"""Random names outside of expectations, and points of densities: what one value of the claim has to do with the law.

A claim between random variables is one at every outcome.  Left as free variables its random names are more general than
any law, which may prove the claim but refutes nothing that the law rules out; then every outcome of the finite spaces
is put in.  The points of a density are cells of any length: a claim that speaks of the place of a point, and not only
of functions of it, is more general there than on the line.
"""

from itertools import product

from derive.term import Relation
from verifiers.graph import FUN
from verifiers.instance.atoms import space, values
from verifiers.instance.entropies import tabulated
from verifiers.instance.expectation import OUTCOMES, count, finite
from verifiers.instance.named import gaps
from verifiers.instance.outcomes import chance, key_of, no_witness, support
from verifiers.instance.references import bounded
from verifiers.instance.value import Array
from verifiers.rings.prime import identity
from verifiers.verdict import CannotDecide, Reason

SENTENCE = "random names were compared at the outcomes of finite laws"


def realised(evaluator, pairs, sides):
    """(pairs, conditions of each of ``sides``) with the outcomes of the laws put in where the pairs leave them open.

    The record of the random names then tells which outcome each block of pairs is.  Orders stay as they are: they are
    proved for free variables, and not refuted.
    """
    pairs, sides = tabulated(evaluator, pairs, sides)
    _cells(evaluator, pairs)
    if any(gaps(evaluator, p) for p in _open(evaluator, pairs)):
        no_witness(evaluator, "a random name was taken at values outside of its law")
    loose = _loose(evaluator, [n for pair in pairs for n in pair])
    if not loose or all(a == b for a, b in pairs) or _identical(evaluator.graph, pairs):
        return pairs, sides
    if evaluator.claim.relation is not Relation.EQ:
        no_witness(evaluator, "random names in an order were not tied to their laws")
        return pairs, sides
    evaluator.not_general(Reason.SIZE_BOUND, SENTENCE)
    keys = {key_of(evaluator, p) for p in loose}
    where = [space(evaluator, key) for key in sorted(keys, key=str)]
    if count(where) > OUTCOMES:
        raise CannotDecide(Reason.BUDGET, "too many outcomes of independent random names")
    every = set(loose) | set(_loose(evaluator, [n for side in sides for _, n in side], keys))
    found, told = [], []
    conditions = [[] for _ in sides]
    for mapping in _outcomes(evaluator, where, every):
        put = lambda nodes, m=mapping: evaluator.graph.substitute(nodes, m)     # noqa: E731 - local notation
        found += list(zip(put([a for a, _ in pairs]), put([b for _, b in pairs]), strict=True))
        for side, kept in zip(sides, conditions, strict=True):
            kept += list(zip([t for t, _ in side], put([n for _, n in side]), strict=True))
        told.append(mapping)
    chance(evaluator).told = tuple(told)
    return found, [tuple(dict.fromkeys(c)) for c in conditions]


def _open(evaluator, pairs):
    """The placeholders that stand open in the pairs."""
    return () if evaluator.chance is None else {p for pair in pairs for n in pair for p in support(evaluator, n)}


def _loose(evaluator, nodes, keys=None):
    """The placeholders of finite laws that are open in the nodes, if one of them has to do with a law."""
    record = evaluator.chance
    if record is None:
        return []
    open_ = dict.fromkeys(p for n in nodes for p in sorted(support(evaluator, n)))
    found = [p for p in open_ if finite(evaluator, key_of(evaluator, p))
             and (keys is None or key_of(evaluator, p) in keys)]
    tied = any(p in record.derived or key_of(evaluator, p) in record.spaces for p in found)
    return found if tied else []


def _identical(graph, pairs):
    result = identity(graph, [(a, b) for a, b in pairs if a != b])
    return result.status == "proved" and not result.conditions


def _outcomes(evaluator, where, placeholders):
    """{placeholder: value} for every outcome of the product of the spaces."""
    for places in product(*(range(len(w.outcomes)) for w in where)):
        at = {w.key: (w, k) for w, k in zip(where, places, strict=True)}
        mapping = {}
        for p in placeholders:
            w, k = at[key_of(evaluator, p)]
            mapping[p] = values(evaluator, w, p)[k]
        yield mapping


def _cells(evaluator, pairs):
    """Note where a claim speaks of the place of a point of a density: its cells are not cells of the line."""
    record = evaluator.chance.reference if evaluator.chance is not None else None
    if record is None:
        return
    sides = [n for pair in pairs for n in pair]
    bare = _bare(evaluator.graph, sides)
    for name, points in record.spaces.items():
        nodes = {n for _, v in points for n in (v.entries if isinstance(v, Array) else (v,))}
        if name not in record.finite and not bare.isdisjoint(nodes) and not _by_mass(evaluator, name, sides):
            no_witness(evaluator, f"the place of {name} was taken apart from the length of its cell")


def _by_mass(evaluator, name, nodes):
    """Whether nodes depend on the cells of a space through their probabilities alone, whatever their lengths.

    Then narrow cells at the places of the points have the same values, on the line too.
    """
    graph, record = evaluator.graph, evaluator.chance.reference
    if bounded(evaluator, name) is not None:
        return False
    lengths = [graph.var(f"volume[{name}]@{q}", "positive") for q in range(1, record.count + 1)]
    mapping = dict.fromkeys(lengths, graph.one)
    for tag, condition, spaces in record.totals:
        signs = (1, -1) if any(s in record.even for s in spaces) else (1,)
        for places in product(*([k * q for q in range(1, record.count + 1) for k in signs] for _ in spaces)):
            raw = graph.var(f"{tag}({','.join(map(str, places))}|{condition})", "positive")
            own = [lengths[abs(q) - 1] for q, s in zip(places, spaces, strict=True) if s == name]
            mapping[raw] = graph.mul(raw, *own)
    return _identical(graph, list(zip(nodes, graph.substitute(nodes, mapping), strict=True)))


def _bare(graph, roots):
    """Nodes under the roots, the arguments of unknown functions left out."""
    seen, stack = set(), list(roots)
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            if not (graph.operation[node] == FUN and isinstance(graph.operands[node][0], tuple)):
                stack.extend(graph.children(node))
    return seen
