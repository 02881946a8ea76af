"""Expectations of graph nodes: placeholders of random names are taken out of a node, exactly.

A sum is taken apart, what is free of random names is taken out, factors on independent spaces separate; what remains is
a polynomial whose monomials are moments, a function of one finite space (summed over its outcomes), or a row of
``verifiers.instance.moments``.
"""

from itertools import product

from verifiers.graph import ADD, MUL, POW, VAR
from verifiers.instance.atoms import exact_space, scalar_moments, space, values, weighted
from verifiers.instance.counting import note_integrand
from verifiers.instance.moments import moment
from verifiers.instance.named import law_at, mixed_moment
from verifiers.instance.named_rows import named_row
from verifiers.instance.outcomes import (
    chance,
    key_of,
    kind,
    mutually_independent,
    no_witness,
    require_independent,
    support,
)
from verifiers.instance.polynomials import polynomial
from verifiers.instance.rows import centred, gaussian_row, parity
from verifiers.instance.value import Array, Atom, NeedsSizes
from verifiers.verdict import CannotDecide, Reason

OUTCOMES, ANY = 400, 4          # outcomes of a product of spaces, and of a named law that is taken as any law


def expectation(evaluator, value, keys=None):
    """E of a node or Array over the spaces with the given keys (all where None)."""
    if isinstance(value, Array):
        return Array(value.rows, value.columns, tuple(expectation(evaluator, e, keys) for e in value.entries),
                     value.free)
    met = {key_of(evaluator, s) for s in support(evaluator, value)}
    met = met if keys is None else met & keys
    if not met:
        return value
    if has_atoms(evaluator, support(evaluator, value)):
        require_linear(evaluator, value)
    require_independent(evaluator, met)
    integral = Integral(evaluator, frozenset(met))
    note_integrand(integral, value, finite, ANY)
    return integral.of(value)


def finite(evaluator, key):
    """True where the space of that key is one of weighted outcomes."""
    if exact_space(evaluator, key) is not None:
        return True
    names = key[1:] if key[0] == "joint" else key[:1]
    return all(n in evaluator.table and kind(evaluator, evaluator.table[n]) == "atoms" for n in names)


class Integral:
    """E over the spaces ``keys``; every other placeholder is a constant."""

    def __init__(self, evaluator, keys):
        self.evaluator, self.graph, self.keys, self.memo = evaluator, evaluator.graph, keys, {}

    def spaces(self, node):
        return frozenset(key_of(self.evaluator, s) for s in support(self.evaluator, node)) & self.keys

    def of(self, node):
        if node not in self.memo:
            self.memo[node] = self._of(node)
        return self.memo[node]

    def _of(self, node):
        spaces = self.spaces(node)
        if not spaces:
            return node
        operation, operands = self.graph.operation[node], self.graph.operands[node]
        if operation == ADD:
            return self.graph.add(*map(self.of, operands))
        if operation == MUL:
            parts = self.components(operands)
            if len(parts) > 1 and self.apart(operands):
                return self.graph.mul(*(self.of(self.graph.mul(*p)) for p in parts))
        if len(spaces) == 1 and finite(self.evaluator, next(iter(spaces))):
            if operation == VAR or operation == POW and operands[0] in chance(self.evaluator).slots:
                return self.monomial(self.powers(node))
            return self.over_outcomes(node, spaces)
        terms = polynomial(self.graph, node, self.spaces)
        if terms is None:
            return self.over_outcomes(node, spaces)
        return self.graph.add(*(self.graph.mul(c, self.monomial(dict(m))) for m, c in terms.items()
                                if c != self.graph.zero))

    def components(self, factors):
        """Factors grouped so that different groups live on different spaces; those free of random names alone."""
        groups = []
        for f in factors:
            spaces, members = self.spaces(f), [f]
            if spaces:
                for other in [g for g in groups if g[0] & spaces]:
                    groups.remove(other)
                    spaces, members = spaces | other[0], other[1] + members
            groups.append((spaces, members))
        return [members for _, members in groups]

    def apart(self, nodes):
        """Whether the spaces the nodes live on are independent all together."""
        evaluator = self.evaluator
        met = {s for n in nodes for s in support(evaluator, n) if key_of(evaluator, s) in self.keys}
        return len({key_of(evaluator, s) for s in met}) < 2 or mutually_independent(evaluator, met)

    def require_apart(self, nodes):
        if not self.apart(nodes):
            raise CannotDecide(Reason.DECLARATION, "names independent in pairs may depend on one another all together")

    def powers(self, node):
        if self.graph.operation[node] == POW:
            base, exponent = self.graph.operands[node]
            k = self.graph.value_of(exponent)
            if k is not None and k.denominator == 1 and k > 0:
                return {base: int(k)}
        return {node: 1}

    def monomial(self, powers):
        """E of a product of powers of generators: placeholders and functions of them."""
        graph = self.graph
        self.require_apart(powers)
        parts = self.components([graph.pow(g, graph.num(k)) for g, k in powers.items()])
        return graph.mul(*(self.one_monomial(dict(p for f in part for p in self.powers(f).items())) for part in parts))

    def one_monomial(self, powers):
        graph, evaluator = self.graph, self.evaluator
        node = graph.mul(*(graph.pow(g, graph.num(k)) for g, k in powers.items()))
        spaces = self.spaces(node)
        if not spaces:
            return node
        if all(finite(evaluator, k) for k in spaces):
            known = self.declared(powers)
            return self.over_outcomes(node, spaces) if known is None else known
        slots = chance(evaluator).slots
        if len(spaces) == 1 and all(g in slots for g in powers):
            nodes = [g for g, k in powers.items() for _ in range(k)]
            return moment(evaluator, nodes) if law_at(evaluator, nodes[0]) is None else mixed_moment(evaluator, nodes)
        evaluator.touch("function of a random array")
        known = gaussian_row(self, powers)
        known = named_row(self, powers) if known is None else known
        return self.over_outcomes(node, spaces) if known is None else known

    def declared(self, powers):
        """A first or second moment that is declared, else None."""
        (node, k), slots = next(iter(powers.items())), chance(self.evaluator).slots
        d = self.evaluator.table.get(slots[node].name) if node in slots else None
        if len(powers) > 1 or k > 2 or d is None or d.domain != "real":
            return None
        mean, variance = scalar_moments(self.evaluator, slots[node])
        if space(self.evaluator, key_of(self.evaluator, node)).even and mean is None:
            mean = self.graph.zero
        if k == 1 or mean is None or variance is None:
            return mean if k == 1 else None
        return self.graph.add(variance, self.graph.mul(mean, mean))

    def over_outcomes(self, node, spaces):
        """Sum over the outcomes of a product of finite spaces, each outcome put in for its placeholders."""
        evaluator, graph = self.evaluator, self.graph
        self.require_apart((node,))
        for key in spaces:
            if not finite(evaluator, key):
                return self.any_law(node, spaces)
        where = [space(evaluator, key) for key in sorted(spaces, key=str)]
        if count(where) > OUTCOMES:
            raise CannotDecide(Reason.BUDGET, "an expectation over too many independent random names at once")
        slots = [s for s in support(evaluator, node) if key_of(evaluator, s) in spaces]
        parts = []
        for places in product(*(range(len(w.outcomes)) for w in where)):
            at = {w.key: k for w, k in zip(where, places, strict=True)}
            mapping = {s: values(evaluator, w, s)[at[w.key]] for s in slots
                       for w in where if w.key == key_of(evaluator, s)}
            mapping.update(self.known_signs(mapping, where))
            weights = [w.weights[k] for w, k in zip(where, places, strict=True)]
            parts.append(graph.mul(*weights, graph.substitute((node,), mapping)[0]))
        return graph.add(*parts)

    def known_signs(self, mapping, where):
        """sign(x) at an outcome of a symmetric law: the sign of the coordinate."""
        out = {}
        for w in where:
            for slot, node in mapping.items():
                if w.even and key_of(self.evaluator, slot) == w.key:
                    k = values(self.evaluator, w, slot).index(node)
                    side = w.outcomes[k][-1]
                    out[self.graph.sign(slot)] = self.graph.num(side)
                    out[self.graph.sign(self.graph.neg(slot))] = self.graph.num(-side)
        return out

    def any_law(self, node, spaces):
        """A function that no row integrates, for a law taken as any law at all: it may prove, never refute."""
        evaluator, graph = self.evaluator, self.graph
        if any(centred(evaluator, key) and parity(self, node, key) == -1 for key in spaces):
            return graph.zero
        no_witness(evaluator, "a named law was taken as any law, because no row integrates this function")
        slots = [s for s in support(evaluator, node) if key_of(evaluator, s) in spaces]
        tag = ";".join(sorted(map(str, spaces)))
        raw = [graph.var(f"P[{tag}]@{k}", "positive") for k in range(1, ANY + 1)]
        total = graph.add(*raw)
        parts = [graph.substitute((node,), {s: graph.var(f"{graph.operands[s]}@{k}") for s in slots})[0]
                 for k in range(1, ANY + 1)]
        return weighted(graph, [graph.div(r, total) for r in raw], parts)


def count(where):
    total = 1
    for w in where:
        total *= len(w.outcomes)
    return total


# -- sums over an index in the measure mode ------------------------------------------------------------------------
def atom_of(evaluator, placeholder):
    """The atom of the index set a placeholder belongs to, or None."""
    slot = chance(evaluator).slots.get(placeholder)
    return next((m for m in slot.member if isinstance(m, Atom)), None) if slot is not None else None


def has_atoms(evaluator, placeholders):
    return any(atom_of(evaluator, s) is not None for s in placeholders)


def require_linear(evaluator, node):
    """E of a sum over atoms needs at most one weight beside the random factor: a product of sums is no such sum.

    Two independent draws at two indices and one draw twice are the same product of atoms.
    """
    graph = evaluator.graph

    def check(n):
        slots = support(evaluator, n)
        if n in chance(evaluator).slots or not has_atoms(evaluator, slots):
            return
        operation, operands = graph.operation[n], graph.operands[n]
        if operation == ADD:
            for part in operands:
                check(part)
            return
        factors = operands if operation == MUL else (n,)
        random = [f for f in factors if has_atoms(evaluator, support(evaluator, f))]
        if len(random) == 1 and (random[0] in chance(evaluator).slots or graph.operation[random[0]] == ADD):
            check(random[0])
            return
        atoms = {atom_of(evaluator, s) for f in random for s in support(evaluator, f)}
        weights = sum(graph.domain.get(f) == "weight" for f in factors)
        inside = any(graph.domain.get(v) == "weight" for f in random for v in graph.variables((f,)))
        if len(atoms - {None}) > 1 or weights > 1 or inside:
            raise NeedsSizes("a product of sums of random members")

    check(node)
