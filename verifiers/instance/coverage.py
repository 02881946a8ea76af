"""For which sizes a proof of one instance proves the claim: each by a theorem, else not at all.

Measures (JUDGING section 4).  A claim F(s_1, ..., s_k) in sums s_j = sum_i f_j(i), for any F, is reached by k weighted
atoms (Caratheodory); one that is polynomial of degree D in the weights by D atoms, also with kernels K(x_i, x_j).
Vectors.  A claim in vectors of one length whose coordinates meet only in inner products depends on their Gram matrix,
and so does each coefficient of a vector in it: m vectors of length m + 1 reach every length.  Each coordinate that is
named (an entry at a fixed index) costs one more: the rest of the coordinates have a Gram matrix of their own.
Matrices (Procesi, Razmyslov; the argument by matrix units of section 6).  A polynomial claim in generic or symmetric
matrices and vectors, rectangular, with transposes and traces, whose monomials close at most c pairs of indices of one
size, is an identity for all sizes if it is one at size c: units with different labels single out each monomial; an
entry at a fixed index needs a label more.  Derivatives of an undetermined function are letters like others.
Sizes swept (verifiers.instance.summations): a claim of degree D in one index set holds at all sizes if at D + 1
consecutive ones from the least, which are cases of the plan.
Letters.  A fixed index that occurs only as a subscript of families may be any index; equal and different letters are
cases of the plan.  A product over s <= t of factors from a set closed under products is one number of that set
(verifiers.instance.peeling): t = 2 reaches every t >= 2.
"""

from itertools import product

from derive.term import Declaration, Relation, free_names, subterms
from verifiers.instance.assign import written_out
from verifiers.instance.degrees import Degrees
from verifiers.instance.moments import free_means
from verifiers.instance.outcomes import moments_only
from verifiers.instance.peeling import peels
from verifiers.instance.references import point_coordinates
from verifiers.instance.sizes import UNSIZED
from verifiers.instance.value import Array
from verifiers.verdict import Reason

COORDINATES = {"entries", "determinant", "trace", "kron"}
NO_WORDS = {"entries", "determinant", "inverse", "kron"}
LAWS = {"normal", "normal_density", "entropy", "KL", "int"}         # where lengths enter as numbers unseen
MIXED = {"E", "Var", "Cov", "KL", "entropy", "int", "argmin", "argmax"}
WORD_STRUCTURES = {"symmetric", "positive_definite", "positive_semidefinite", "nonzero", "invertible", "increment",
                   "arbitrary", "full_column_rank", "full_row_rank"}


class Coverage:
    """The integers of one built instance: which are covered, which would be at a larger size.

    evaluators  one for each case of the plan
    pairs       (left, right) nodes and ``shapes`` of the sides, in parallel
    """

    def __init__(self, evaluators, plan, pairs, shapes):
        self.evaluators, self.plan, self.survey = evaluators, plan, plan.survey
        self.pairs, self.shapes, self.graph = pairs, shapes, evaluators[0].graph
        self.touched = set().union(*(e.touched for e in evaluators))
        self.equations = [n for e in evaluators for n in e.equations]
        self.relation = evaluators[0].claim.relation
        self.heads = _heads(evaluators[0].claim, self.survey.reached)
        self.wanted, self.for_orders = {}, False

    @property
    def _is_order(self):
        return self.for_orders or self.relation is not Relation.EQ

    def orders(self):
        """As ``verdict``, for an inequality: theorems about identities of polynomials say nothing of it."""
        self.for_orders = True
        found = self.verdict()
        self.for_orders = False
        if found is None and not self.plan.complete:
            found = Reason.SIZE_BOUND, "not every case of equal indices was built"
        return next((e.covers for e in self.evaluators if e.covers), None) or found

    def verdict(self):
        """None where every integer is covered, else (Reason, sentence); ``wanted`` tells sizes that would be enough."""
        failed = self.failing()
        if not failed:
            return None
        shown = ", ".join(f"{n} = {self.plan[n][1]}" for n in failed if n in self.plan and not n.startswith("#"))
        return Reason.SIZE_BOUND, f"at {shown} only" if shown else "at one choice of sizes only"

    def failing(self):
        """The names whose other values a proof does not reach."""
        self.wanted = {}
        failed = [n for n, (mode, _) in sorted(self.plan.items()) if mode == "concrete" and not self._concrete(n)]
        return failed + [n for n, (mode, _) in self.plan.items() if mode == "atoms" and not self._measured(n)]

    def is_met(self, d):
        """Whether a value of the declared array occurs in the instance."""
        return any(m == d.name for e in self.evaluators for m, _ in e.names) or d.kind == "random" or any(
            m == d.name for e in self.evaluators for m, _ in e.outputs)

    # -- concrete integers ------------------------------------------------------------------------------------------
    def _concrete(self, n):
        if n in self.plan.pinned or self._swept(n):
            return True
        if n == UNSIZED and "unsized" not in self.touched:
            return True
        if n in self.survey.lengths or n == UNSIZED:
            return self._subscript_only(n) and (self._label_only(n) or not LAWS & self.heads and (
                self._vectors(n) or not self._is_order and self._words(n)))
        if n in self.survey.subscripts:
            return self._letter(n) or self._enumerated(n)
        return self._subscript_only(n)

    def _subscript_only(self, n):
        """The integer is neither a number of the claim nor the bound of a set that was run through."""
        return f"size {n}" not in self.touched and f"ran {n}" not in self.touched

    def _letter(self, n):
        if f"size {n}" in self.touched or {"recursion", "moving bound"} & self.touched or not self._alone(n):
            return False
        if "moving product" in self.touched:
            return self._peeled(n)
        domain = self.survey.letters.get(n)
        others = {m for m in self.plan if domain is not None and m in repr(domain)}
        return f"ran {n}" not in self.touched and self._runs_whole(domain) and all(
            f"ran {m}" not in self.touched or self._swept(m) for m in others)

    def _runs_whole(self, domain):
        """No sum runs over a part of the letter's range (from 2 on, up to K - 1), where one place would be special."""
        ranges = [r for r in self.survey.ranges if domain is None or free_names(r) & free_names(domain)]
        return all(r is domain if domain is not None else
                   all(q is r for q in ranges if free_names(q) & free_names(r)) for r in ranges)

    def _alone(self, n):
        """No coincidence of positions is missed: literal subscripts, t - 1 against another letter, 2 t against t."""
        letters = [m for m in self.survey.subscripts if m in self.plan]
        mates = [m for m in letters if m != n and self.survey.groups.get(m) == self.survey.groups.get(n)]
        if self.survey.groups.get(n) in self.survey.literal or any(
                m not in self.survey.letters for m in [n, *mates] if mates):
            return False
        steps = all(s.head == "add" and len(s.args) == 2 and s.args[0].head == "name" and s.args[1].head == "num"
                    or self._shifts(s, n) for s in self.survey.steps)
        return steps and (not self.survey.steps or len(letters) == 1)

    def _shifts(self, step, n):
        """t + k + 1 of a sum over k without end: the sequence from t on is any sequence, whatever t is."""
        names = [p.value for p in step.args if p.head == "name"] if step.head == "add" else []
        return names.count(n) == 1 and all(step in e.tails for e in self.evaluators) \
            and all(p.head in ("name", "num") for p in step.args)

    def _enumerated(self, n):
        """Every value of the index is a case, together with every value of the others of its set."""
        mates = [m for m in self.survey.letters if self.survey.groups.get(m) == self.survey.groups.get(n)]
        if n not in mates or any(self.plan.get(m, ("", 0))[0] != "concrete" for m in mates):
            return False
        pools = [written_out(self.survey.letters[m], self.survey.limits.get(m, (None, None))) for m in mates]
        seen = {tuple(c[m][1] for m in mates) for c in self.plan.cases if set(mates) <= set(c)}
        return None not in pools and set(product(*pools)) <= seen

    def _peeled(self, n):
        """alpha_t and alpha_{t-1} as products of positive factors, at t = 2 with the factors used at t only."""
        values = {c[n][1] if n in c else self.plan[n][1] for c in self.plan.cases or ({},)}
        low = self.survey.limits.get(n, (None, None))[0]
        first = low.value if low is not None and low.head == "num" else None
        if 2 not in values or values - {2, first} or first not in (2, *values):
            return False
        letters = [m for m in self.survey.subscripts if m in self.plan]
        if letters != [n] or not peels(self.evaluators[0].claim, self.survey.reached, n):
            return False
        inside = {f for e in self.evaluators for f in e.factors}
        return all(s == (2,) for e in self.evaluators for f, s in e.direct
                   if f in inside and e.plan[n] == ("concrete", 2))

    def _label_only(self, n):
        """Points of a space and parameters that only tell values of laws apart: no coordinate of theirs is used."""
        owners = [d for d in self.survey.reached if n in self._sides(d) and d.definition is None]
        if (COORDINATES | NO_WORDS | {"identity"}) & self.touched or any(shape != (1, 1) for shape in self.shapes) \
                or any(d.kind not in ("mass", "density", "vector", "matrix") for d in owners):
            return False
        used = [n for pair in self.pairs for n in pair] + [c for e in self.evaluators for _, c in e.constraints]
        coordinates = set().union(*(point_coordinates(e) for e in self.evaluators))
        for d in owners:
            coordinates |= {x for e in self.evaluators for (m, _), v in e.names.items() if m == d.name
                            for x in (v.entries if isinstance(v, Array) else (v,))}
        return not coordinates & set(self.graph.variables(used))

    def _restricts(self, n):
        """Whether part of the indices, and what is declared over them, is again what is declared."""
        for d in self.survey.reached:
            structure = self._structure(d)
            if n in self._sides(d) and structure - WORD_STRUCTURES - {"diagonal"} and d.kind in ("vector", "matrix"):
                return False
            if any(n in free_names(r) for r in d.ranges) and structure & {"sums_to_one", "stochastic", "one_hot"}:
                return False
        sides = {s for d in self.survey.reached if d.kind in ("vector", "matrix") for s in self._sides(d)}
        return "kron" not in self.touched or sides <= {n}

    def _structure(self, d):
        """The structure of a name by its declaration and by the givens."""
        return d.structure.union(*(e.structures.get(d.name, frozenset()) for e in self.evaluators))

    # -- lengths of arrays ------------------------------------------------------------------------------------------
    def _arrays(self, n, evaluators):
        """(declaration, value) of the arrays with a side of size n; None where some are not understood."""
        found = []
        for d in self.survey.reached:
            if n not in self._sides(d):
                continue
            if d.kind == "identity" or d.definition is not None:
                continue
            if moments_only(self.evaluators, d):
                plain = Declaration(d.name, "vector", shape=d.shape)
                found.extend((plain, v) for e in evaluators for v in free_means(e, d))
                continue
            if d.kind not in ("vector", "matrix", "function"):
                return None
            values = {v for e in evaluators for (m, _), v in e.names.items() if m == d.name}
            values |= {v for e in evaluators for m, v in e.outputs if m == d.name}
            found.extend((d, v) for v in values)
        return found

    @staticmethod
    def _sides(d):
        return [UNSIZED if t.head == "implied" else t.value if t.head == "name" else None for t in d.shape]

    def _vectors(self, n):
        """Vectors only, met in inner products only: as many dimensions as one case has vectors, and one more."""
        arrays = self._arrays(n, self.evaluators)
        if arrays is None or COORDINATES & self.touched or self.equations:
            return False
        if "function of an array" in self.touched and "derivative" in self.touched:
            return False
        if any(len(d.shape) != 1 or self._structure(d) & {"sums_to_one", "one_hot", "stochastic"}
               or d.domain != "real" for d, _ in arrays):
            return False
        most = max(len(self._arrays(n, [e])) for e in self.evaluators)
        return self._large_enough(n, most + 1 + self._marks())

    def _marks(self):
        """How many coordinates are named."""
        return max(len(e.places) for e in self.evaluators) if "entry" in self.touched else 0

    def _swept(self, n):
        """The identity at as many consecutive sizes as its degree asks for, the least allowed one among them."""
        if n not in self.plan.sweeps or {"inverse", "determinant", "recursion"} & self.touched or self.survey.shifted:
            return False
        if self.equations or any(e.assigned for e in self.evaluators) or not self._restricts(n):
            return False
        degree, least = self.plan.sweeps[n]
        others = [m for m in self.plan.sweeps if m != n]
        sizes = {}
        for case in self.plan.cases:
            sizes.setdefault(tuple(case[m] for m in others), set()).add(case[n][1])
        wanted = set(range(least, least + degree + 1))
        return not self._is_order and bool(sizes) and all(wanted <= s for s in sizes.values())

    def _words(self, n):
        """A polynomial in matrices and vectors: the size is at least the number of index pairs of a monomial."""
        arrays = self._arrays(n, self.evaluators)
        if arrays is None or NO_WORDS & self.touched or self.equations or n == UNSIZED:
            return False
        if "trace" in self.touched and {"identity", "traced derivative"} & self.touched:
            return False
        plain = [(d, v) for d, v in arrays if d.kind != "function"]
        if any(self._structure(d) - WORD_STRUCTURES or d.domain != "real" for d, _ in plain):
            return False
        weight = {}
        for d, value in plain:
            definite = bool(d.structure & {"positive_definite", "positive_semidefinite"})
            for v in self.graph.variables(value.entries if isinstance(value, Array) else (value,)):
                weight[v] = 1 if definite else self._sides(d).count(n)
        degrees, most = Degrees(self.graph, weight, jets=True), 0
        for (left, right), shape in zip(self.pairs, self.shapes, strict=True):
            degree = degrees.pair(left, right)
            if degree is None:
                return False
            most = max(most, degree + sum(side == self.plan[n][1] for side in shape))
        return self._large_enough(n, (most + 1) // 2 + self._marks())

    def _large_enough(self, n, needed):
        if self.plan[n][1] < needed:
            self.wanted[n] = max(self.wanted.get(n, 0), needed)
            return False
        return True

    # -- index sets in atoms mode -----------------------------------------------------------------------------------
    def _measured(self, n):
        keys = [k for k, (name, _) in self.plan.length_of.items() if name == n]
        return all(self._measure_covered(k, self.plan[n][1]) for k in keys)

    def _measure_covered(self, key, atoms):
        degree = self.plan.stable.get(key)
        if degree is not None and not self._is_order and not self.equations and degree <= atoms:
            return True
        if MIXED & self.heads:
            return False
        found = [e.measures[key] for e in self.evaluators if key in e.measures]
        orders = set().union(*(e.orders for e in self.evaluators))
        if any(m.nested for m in found) or any((b, a) in orders for a, b in orders if key in (a, b)):
            return False
        needed = max((len(m.sums) for m in found), default=0)
        if needed > atoms:
            self.wanted[key] = needed
        return needed <= atoms

    def degree_in_weights(self, key):
        """The degree of the claim in the weights of an index set, denominators cleared, or None."""
        if self.relation is not Relation.EQ:
            return None
        weights = {w for e in self.evaluators if key in e.measures for w in e.measures[key].weights}
        degrees = Degrees(self.graph, {w: 1 for w in weights if w != self.graph.one})
        found = [degrees.pair(left, right) for left, right in self.pairs]
        return None if None in found else max(found, default=0)


def _heads(claim, reached):
    """The heads of all Terms the claim uses."""
    terms = [claim.left, claim.right, *claim.givens, *(d.definition for d in reached if d.definition is not None)]
    return {t.head for whole in terms for t in subterms(whole)}
