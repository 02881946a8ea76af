"""One identity test modulo one random prime: enough random points, every branch of every compound root."""

from itertools import product
from math import prod

from derive.term.record import field, record
from verifiers.graph import ADD, FUN, MUL, POW, VAR
from verifiers.rings import bounds
from verifiers.rings.atoms import NeedMore, Thinned, Undefined, Unsettled
from verifiers.rings.evaluation import Evaluation
from verifiers.rings.fields import Lost
from verifiers.rings.pool import SYSTEM, pool_of

MOST_POINTS = 700
MOST_BRANCHES = 24
LOSING = 2                  # compound roots for which points are drawn beforehand: each loses half of them
RETRIES = 4
ELIMINATION = 30            # operations of linear algebra that cost as much as one on a node
EVALUATION = 1000           # what an evaluation costs beyond its operations


@record
class Trial:
    """What one prime says.

    equal     True, False, or None where no answer was found
    vacuous   a side is undefined at every point
    used      conditions the merging of atoms used; covered: those, and the conditions that follow from them
    wanted    nodes whose sign would let more be merged
    held_back  whether assumed signs might prove more
    error     bound on the probability that ``equal`` is wrongly True
    """

    equal: bool | None
    vacuous: bool = False
    used: tuple = ()
    wanted: tuple = ()
    held_back: bool = False
    error: float = 1.0
    why: str = ""
    nonzero: set = field(default_factory=set)
    covered: set = field(default_factory=set)


def losing(graph, base):
    """The factors of a radicand whose roots do not exist at every point: neither numbers, variables nor exponentials.

    A prime number that is no square loses the prime of the field, not a point.
    """
    found, queue = set(), [base]
    while queue:
        n = queue.pop()
        operation, operands = graph.operation[n], graph.operands[n]
        if operation == MUL:
            queue += operands
        elif operation == POW:
            queue.append(operands[0])
        elif operation == ADD or operation == FUN and operands[0] != "exp":
            if graph.variables((n,)):
                found.add(n)
    return found


def first_count(graph, roots):
    """How many points to begin with."""
    atoms, logs, compound, variables = 0, False, set(), 0
    for n in graph.reachable(roots):
        operation, operands = graph.operation[n], graph.operands[n]
        if operation == FUN:
            atoms += 1
            logs = logs or operands[0] in ("log", "lgamma")
        elif operation == POW:
            k = graph.value_of(operands[1])
            if k is None or k.denominator != 1:
                atoms, logs = atoms + 1, True
                if k is not None:
                    compound |= losing(graph, operands[0])
        elif operation == VAR:
            variables += 1
    if not atoms:
        return 2
    if compound:
        return min((atoms + 6) * 2 ** min(len(compound), LOSING), MOST_POINTS)
    return min(atoms + 3 + (variables if logs else 0), 40)


class Trials:
    """Identity tests on one graph, drawing on one rng and one budget of operations."""

    def __init__(self, graph, rng, budget):
        self.graph, self.budget, self.pool = graph, budget, pool_of(rng)
        self.rng = SYSTEM if rng is None else rng

    def run(self, pairs, signs, split):
        """A Trial of the pairs modulo the first prime of the pool (the next where that one lacks a root)."""
        roots = [n for pair in pairs for n in pair]
        count, tries, spare = first_count(self.graph, roots), 0, 0
        while tries < RETRIES and count <= MOST_POINTS and self.budget > 0:
            modulus, seed = self.pool.field(spare), self.rng.getrandbits(64)
            try:
                return self._all_branches(pairs, roots, (modulus, seed, count, signs, split))
            except NeedMore:
                count = 2 * count + 2
            except Lost:
                spare, tries = spare + 1, tries + 1
            except ZeroDivisionError:
                tries += 1
            except Undefined as reason:
                return Trial(None, vacuous=True, why=str(reason))
            except Unsettled as reason:
                return Trial(None, why=str(reason))
        return Trial(None, why="no points were found" if self.budget > 0 else "the budget is spent")

    def _evaluate(self, roots, setting, flips=(), kept=None, found=None):
        """An Evaluation at the points that have all roots; ``kept`` of those drawn are tried."""
        modulus, seed, count, signs, split = setting
        found = {} if found is None else found
        while True:
            self.budget -= EVALUATION + len(kept or range(count)) * len(self.graph.reachable(roots))
            try:
                evaluation = Evaluation(self.graph, modulus, seed, count, signs, split, flips, roots, kept, found)
                for node in roots:
                    evaluation.value(node)
                self.budget -= evaluation.atoms.eliminated // ELIMINATION
                return evaluation
            except Thinned as thinned:
                kept = thinned.left

    def _all_branches(self, pairs, roots, setting):
        first = self._evaluate(roots, setting)
        found, kept, residues = [first], first.atoms.kept, first.atoms.found
        if _agree(first, pairs) and first.atoms.branches:
            orders = first.atoms.branches
            if prod(orders) > MOST_BRANCHES:
                return Trial(None, why="too many roots")
            for flips in product(*map(range, orders)):
                if any(flips):
                    found.append(self._evaluate(roots, setting, flips, kept, residues))
                    if found[-1].atoms.branches != orders:
                        return Trial(None, why="the roots differ from branch to branch")
                    if not _agree(found[-1], pairs):
                        break
        return self._trial(found, pairs, roots)

    def _trial(self, found, pairs, roots):
        used = dict.fromkeys(c for e in found for c in e.used)
        wanted = dict.fromkeys(n for e in found for n in e.wanted)
        equal, last = _agree(found[-1], pairs), found[0]
        degree, bits = bounds.size(self.graph, roots, last.atoms.weight)
        rows = max(e.atoms.rank() for e in found)
        points = min(e.atoms.count for e in found) - rows
        branches = len(found) * max(e.atoms.degree for e in found)
        error = bounds.error_bound(degree, bits, points, sum(e.atoms.relations for e in found), branches)
        trial = Trial(equal, False, tuple(used), tuple(wanted), any(e.held_back for e in found), error)
        trial.covered = set.intersection(*(e.covered for e in found))
        trial.nonzero = {n for _, n in used if any(last.value(n))}
        trial.nonzero |= {n for n in wanted if any(last.value(n))}
        return trial


def _agree(evaluation, pairs):
    return all(evaluation.value(left) == evaluation.value(right) for left, right in pairs)
