"""Proof by cases: signs (max, min, abs, steps, even powers under logarithms and roots) and variables of few values."""

from verifiers.graph import FUN, MUL, NONNEGATIVE, NONZERO, POSITIVE, POW, VAR, discrete, is_unknown
from verifiers.rings.domain import Signs, defined_where
from verifiers.rings.feasible import feasible
from verifiers.rings.sign_forms import unified

DEEPEST = 5                 # signs decided one inside the other
CASE = 20                   # operations on residues that the signs of a node cost, about
WIDEST = 8                  # variables of few values put in
SIDES = {"positive": 1, "negative": -1, "zero": 0}
# The known signs under which a case can still happen.
COMPATIBLE = {"positive": ("positive", "nonnegative", "nonzero"), "negative": ("negative", "nonpositive", "nonzero"),
              "zero": ("zero", "nonnegative", "nonpositive")}
OPEN = ("positive", "negative", "nonzero")
DECLARED = {"unit": "positive", "weight": "positive", "closed_unit": "nonnegative", "positive": "positive",
            "negative": "negative", "nonnegative": "nonnegative", "nonzero": "nonzero", "nonpositive": "nonpositive"}


class Cases:
    """Proves pairs of nodes equal, case by case.

    given      (tag, node) conditions taken as true
    covered    conditions that hold wherever those in the result do
    error      sum of the error bounds of the proofs of all cases; proved: their number
    held_back  whether assumed signs might prove more
    """

    def __init__(self, graph, trials, given=()):
        self.graph, self.trials, self.given = graph, trials, tuple(given)
        self.error, self.proved, self.held_back, self.split, self.why = 0.0, 0, False, False, ""
        self.covered = None

    def prove(self, pairs, split):
        """The conditions under which all pairs agree, () for none, or None where no proof was found.

        ``split`` lets signs be assumed, and cases that fail be left out by a condition.
        """
        self.error, self.proved, self.split, self.covered = 0.0, 0, split, None
        found = self._prove(self._unified(pairs), self.given, DEEPEST, WIDEST)
        if found is None or not self.proved or not feasible(self.graph, (*self.given, *found)):
            return None
        undefined = [c for c in defined_where(self.graph, [r for pair in pairs for r in pair]) if c not in self.covered]
        return self._needed(tuple(dict.fromkeys((*undefined, *found))))

    def _needed(self, conditions):
        """The conditions that the others do not imply."""
        kept = list(conditions)
        for c in conditions:        # definedness first: it is the first to go where something else implies it
            rest = [k for k in kept if k != c]
            if Signs.under(self.graph, (*self.given, *rest)).implies(*c):
                kept = rest
        return tuple(kept)

    def _prove(self, pairs, facts, depth, width):
        self.trials.budget -= CASE * len(self.graph.reachable([n for pair in pairs for n in pair]))
        if self.trials.budget <= 0:
            self.why = "the budget is spent"
            return None
        signs = Signs.under(self.graph, facts)
        pairs = self._settle(pairs, signs)
        trial = self._tried(pairs, signs)
        if trial.equal:
            self.covered = trial.covered if self.covered is None else self.covered & trial.covered
            return self._open(trial, pairs, facts, signs)
        inside = depth < DEEPEST or width < WIDEST
        if trial.vacuous and inside:
            return []
        found = self._branch(pairs, facts, depth, width, trial)
        if found is None and inside and not feasible(self.graph, facts):
            return []
        return found

    def _tried(self, pairs, signs):
        trial = self.trials.run(pairs, signs, self.split)
        self.held_back = self.held_back or trial.held_back
        if trial.equal:
            self.error += trial.error
            self.proved += 1
        else:
            self.why = trial.why
        return trial

    # -- substitution -------------------------------------------------------------------------------------------------
    def _put(self, pairs, facts, mapping):
        """Pairs and facts with nodes replaced."""
        flat = self.graph.substitute([r for pair in pairs for r in pair], mapping)
        nodes = self.graph.substitute([n for _, n in facts], mapping)
        tags = [tag for tag, _ in facts]
        return tuple(zip(flat[::2], flat[1::2], strict=True)), tuple(zip(tags, nodes, strict=True))

    def _sign_nodes(self, pairs):
        """The sign nodes under the pairs, innermost first."""
        graph = self.graph
        return [n for n in graph.reachable([r for pair in pairs for r in pair])
                if graph.operation[n] == FUN and graph.operands[n][0] == "sign"]

    def _unified(self, pairs):
        """The pairs with every sign(u) in one form: sign(a x + a y) = sign(x + y) for a > 0."""
        nodes = self._sign_nodes(pairs)
        mapping = unified(self.graph, nodes, Signs(self.graph, self.given)) if nodes else {}
        return self._put(pairs, (), mapping)[0] if mapping else pairs

    def _settle(self, pairs, signs):
        """The pairs with every sign that is known written out, innermost first."""
        while True:
            known = next(((n, s) for n in self._sign_nodes(pairs)
                          if (s := signs.sign(self.graph.operands[n][1])) in SIDES), None)
            if known is None:
                return pairs
            pairs, _ = self._put(pairs, (), {known[0]: self.graph.num(SIDES[known[1]])})

    # -- branching ----------------------------------------------------------------------------------------------------
    def _branch(self, pairs, facts, depth, width, trial):
        few = self._few_values(pairs) if width else None
        if few is not None:
            return self._each_value(*few, pairs, facts, depth, width)
        nodes = self._sign_nodes(pairs)
        target = self.graph.operands[nodes[0]][1] if nodes else next(iter(trial.wanted), None)
        if target is None or depth == 0:
            return None
        self.held_back = True
        signs = Signs.under(self.graph, facts)
        possible = signs.sign(target)
        found = {}
        for tag in ("positive", "negative", "zero"):
            if possible is not None and possible not in COMPATIBLE[tag]:
                continue
            if tag == "zero":
                skip = not nodes and target in trial.nonzero and self._thin(target, signs) \
                    and self._regular(pairs, facts, signs)
                found[tag] = [] if skip else self._zero(target, pairs, facts, depth - 1, width)
            else:
                put, _ = self._put(pairs, (), self._signs_of(target, SIDES[tag]))
                found[tag] = self._prove(put, (*facts, (tag, target)), depth - 1, width)
            if found[tag] is None and not self.split:
                return None
        return self._passing(target, found)

    def _passing(self, target, found):
        """The conditions of the cases that were proved, with one that leaves out those that were not."""
        passed = {tag for tag, conditions in found.items() if conditions is not None}
        conditions = [c for tag in passed for c in found[tag]]
        if passed == set(found):
            return conditions
        if passed <= {"zero"}:
            return None
        if {"positive", "negative"} <= passed:
            return [*conditions, (NONZERO, target)]
        side = "positive" if "positive" in passed else "negative"
        node = target if side == "positive" else self.graph.neg(target)
        return [*conditions, (NONNEGATIVE if "zero" in passed else POSITIVE, node)]

    def _signs_of(self, target, side):
        """sign(target) and, where it was built, sign(-target), as numbers."""
        graph = self.graph
        return {graph.sign(target): graph.num(side), graph.sign(graph.neg(target)): graph.num(-side)}

    def _zero(self, node, pairs, facts, depth, width):
        """The case node = 0: factor by factor, or solved for a variable, or with the node left free."""
        graph = self.graph
        pairs, facts = self._put(pairs, facts, self._signs_of(node, 0))
        operation, operands = graph.operation[node], graph.operands[node]
        signs = Signs.under(graph, facts)
        if operation == MUL:
            conditions = []
            for factor in dict.fromkeys(operands):
                if not signs.implies(NONZERO, factor):
                    found = self._zero(factor, pairs, facts, depth, width)
                    if found is None:
                        return None
                    conditions += found
            return conditions
        if operation == POW:
            return self._zero(operands[0], pairs, facts, depth, width)
        solved = self._solve(node, signs)
        if solved is None:
            return self._prove(pairs, (*facts, ("zero", node)), depth, width)
        variable, value = solved
        pairs, facts = self._put(pairs, facts, {variable: value})
        tag = DECLARED.get(graph.domain[variable])
        return self._prove(pairs, (*facts, (tag, value)) if tag else facts, depth, width)

    def _solve(self, node, signs):
        """(variable, value) with node = 0 at that value only, for a node affine in a variable, or None."""
        graph = self.graph
        if any(graph.operation[n] == FUN for n in graph.reachable((node,))):
            return None
        for v in graph.variables((node,)):
            tag = graph.domain[v]
            if tag == "pi" or discrete(tag):
                continue
            slope = graph.diff(node, v)
            if v not in graph.reachable((slope,)) and signs.implies(NONZERO, slope):
                rest, = graph.substitute((node,), {v: graph.zero})
                return v, graph.neg(graph.div(rest, slope))
        return None

    # -- variables of few values --------------------------------------------------------------------------------------
    def _few_values(self, pairs):
        graph = self.graph
        for v in graph.variables([r for pair in pairs for r in pair]):
            tag = graph.domain[v]
            if tag == "binary":
                return v, (0, 1)
            if tag == "sign":
                return v, (-1, 1)
            if not isinstance(tag, str) and tag[0] == "integer" and len(tag) == 3 and tag[2] - tag[1] < 4:
                return v, range(tag[1], tag[2] + 1)
        return None

    def _each_value(self, variable, values, pairs, facts, depth, width):
        conditions = []
        for value in values:
            put = self._put(pairs, facts, {variable: self.graph.num(value)})
            found = self._prove(*put, depth, width - 1)
            if found is None:
                return None
            conditions += found
        return conditions

    # -- conditions ---------------------------------------------------------------------------------------------------
    def _open(self, trial, pairs, facts, signs):
        """The conditions used that are neither implied nor, the sides being continuous, carried over to a thin set."""
        left = []
        for tag, node in trial.used:
            if signs.implies(tag, node):
                continue
            if tag == POSITIVE and signs.implies(NONNEGATIVE, node) and node in trial.nonzero \
                    and self._thin(node, signs) and self._regular(pairs, facts, signs):
                continue
            left.append((tag, node))
        return left

    def _thin(self, node, signs):
        """Whether the zeros of a node that is not 0 everywhere have no interior: it is analytic on the domain."""
        graph = self.graph
        for n in graph.reachable((node,)):
            if graph.operation[n] == VAR and discrete(graph.domain[n]):
                return False
            if graph.operation[n] == FUN and (is_unknown(graph.operands[n][0])
                                              or graph.operands[n][0] in ("sign", "floor")):
                return False
        return self._roots_defined((node,), signs)

    def _regular(self, pairs, facts, signs):
        """Whether both sides are continuous on a set without isolated parts, so that limits carry an identity over."""
        graph, roots = self.graph, [r for pair in pairs for r in pair]
        for n in graph.reachable(roots):
            if graph.operation[n] == FUN and graph.operands[n][0] in ("sign", "floor"):
                return False
        declared = Signs(graph)
        if any(tag not in OPEN and graph.operation[n] != VAR and not declared.implies(tag, n) for tag, n in facts):
            return False
        return self._roots_defined(roots, signs)

    def _roots_defined(self, roots, signs):
        """Whether the arguments of all roots and logarithms are known to be nonnegative."""
        return all(signs.implies(NONNEGATIVE, n) for _, n in defined_where(self.graph, roots))

