"""Identities of the scalar graph, proved by evaluation at random points modulo a random prime.

The prime is drawn at run time, never from a table.  A proof is sound up to the error bound in the result, under the
conditions in the result; what is not proved is "unknown", and only two rational sides may be said to differ.
"""

from derive.term.record import record
from verifiers.graph import VAR, discrete
from verifiers.rings.cases import Cases
from verifiers.rings.domain import Signs
from verifiers.rings.evaluation import rational
from verifiers.rings.trials import Trials

BUDGET = 600_000            # operations on residues, about a second
MOST_NODES = 20_000
LEAST_CERTAIN = 2.0 ** -40


@record(frozen=True)
class IdentityResult:
    """The outcome of an identity test.

    status       "proved": the sides of every pair agree wherever they are defined and the conditions hold;
                 "differs": two rational sides are different functions; "unknown" otherwise
    conditions   ((tag, node), ...) used and neither declared nor given: positive, nonnegative or nonzero
    error_bound  an upper bound on the probability of a false "proved", 0 for a deterministic proof
    detail       a sentence for the certificate, or why nothing was found
    """

    status: str
    conditions: tuple = ()
    error_bound: float = 0.0
    detail: str = ""


def identity(graph, pairs, rng=None, budget=BUDGET, given=()):
    """Test left = right for every pair of nodes; returns an IdentityResult.

    rng     random.Random for primes and points, or None for the randomness of the system
    budget  how many operations on residues may be spent, about
    given   (tag, node) conditions taken as true, such as those under which the left sides are defined

    "proved" says: at every point of the declared domain at which ``given`` and the conditions in the result hold and
    both sides are defined, they are equal.  A logarithm or a root needs its argument positive or nonnegative: such a
    condition is in the result unless the domains or ``given`` imply it, even if it only says that a side is defined.
    That no divisor is 0 is never in it: what the graph recorded while the sides were built says so.
    """
    pairs = tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
    if not pairs:
        return IdentityResult("proved", detail="both sides are one expression")
    roots = [n for pair in pairs for n in pair]
    reached = graph.reachable(roots)
    if len(reached) > MOST_NODES:
        return IdentityResult("unknown", detail=f"{len(reached)} operations are too many")
    trials = Trials(graph, rng, budget)
    if all(rational(graph, r) for r in roots):
        found = _rational(graph, trials, pairs, reached)
        if found:
            return found
    cases = Cases(graph, trials, given)
    for split in (False, True):
        conditions = cases.prove(pairs, split)
        if conditions is not None and cases.error <= LEAST_CERTAIN:
            by = f"identity at random points modulo a random prime, {cases.proved} cases" if cases.proved > 1 else \
                "identity at random points modulo a random prime"
            return IdentityResult("proved", conditions, cases.error, by)
        if not cases.held_back:
            break
    return IdentityResult("unknown", detail=cases.why or "the sides did not agree at random points")


def _rational(graph, trials, pairs, reached):
    """The result for rational sides whose variables fill intervals, else None."""
    kinds = [graph.domain[n] for n in reached if graph.operation[n] == VAR]
    if any(discrete(k) and (isinstance(k, str) and k != "integer" or len(k) == 3) for k in kinds):
        return None
    trial = trials.run(pairs, Signs.under(graph), False)
    if trial.equal is None:
        return None
    if not trial.equal:
        return IdentityResult("differs", detail="two different rational functions: they differ at a random point")
    return IdentityResult("proved", (), trial.error, "rational identity at 2 random points modulo a random prime")
