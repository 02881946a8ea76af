"""Mutants of every step of the collection and what the judges say of them; workers of the mutant tests."""

from collections import Counter, defaultdict
from functools import cache

from derive.term import Relation
from derive.term.record import replace
from oracle_equations import equivalent, same_equations
from oracle_values import Unknown
from problems import find_problems
from verifiers.cases import Budget
from verifiers.judge import judge
from verifiers.mistakes import mutants

SEED = 1
PLAIN = Budget(edits=0)         # the likely slip is no part of a verdict
PER_STEP = 20
OPERATORS_PER_STEP = 3


@cache
def steps():
    """[(problem, line, claim)] of every step, each claim once."""
    found = {}
    for problem in find_problems():
        for derivation in problem.solution.derivations:
            for line, claim in derivation.claims():
                if line is not None:
                    found.setdefault(claim, (problem.id, line.line, claim))
    return list(found.values())


def mutated(claim, limit=PER_STEP):
    """(operator, wrong claim) of a claim: edits of its right side, then of its left where the right has too few."""
    wrong = [(name, replace(claim, right=right)) for name, right in mutants(claim.right, claim.symbols, limit)]
    if len({name for name, _ in wrong}) < OPERATORS_PER_STEP:
        wrong += [(name, replace(claim, left=left)) for name, left in mutants(claim.left, claim.symbols, limit)]
    return wrong[:limit]


def equivalent_equations(claim):
    """Whether the oracle finds the same solutions of both equations."""
    try:
        return same_equations(claim)
    except (Unknown, ValueError, TypeError, ZeroDivisionError, LookupError):
        return False


def tried(first, stride, limit):
    """({operator: Counter of outcomes}, accepted mutants that the oracle does not call equivalent).

    Takes every ``stride``-th step from the one numbered ``first``.
    """
    table, false = defaultdict(Counter), []
    for problem, line, claim in steps()[first::stride]:
        for name, wrong in mutated(claim, limit):
            verdict = judge(wrong, SEED, PLAIN).name
            if verdict in ("proved", "supported"):
                if equivalent(wrong) or wrong.relation is Relation.IFF and equivalent_equations(wrong):
                    verdict = "equivalent"
                else:
                    sides = f"{wrong.left} {wrong.relation} {wrong.right}"
                    false.append(f"{problem} line {line}, {name}: {verdict}: {sides}")
            table[name][verdict] += 1
    return table, false
