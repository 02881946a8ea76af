"""Wrong edits of true steps: no judge may accept one, unless an oracle outside the judges calls it equivalent."""

from collections import Counter, defaultdict
from functools import cache

import pytest

from derive.term.record import replace
from oracle import equivalent
from problems import find_problems
from verifiers.judge import judge
from verifiers.mistakes import mutants

SEED = 1
PER_STEP = 20
OPERATORS_PER_STEP = 3
REFUTED_AT_LEAST = 95       # per cent of the mutants that are not equivalent
WANTED = 1000
EVERY = 7                   # the fast lane takes every seventh step, and a few mutants of it
FEW = 4


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


def tried(chosen, limit):
    """({operator: Counter of outcomes}, accepted mutants that the oracle does not call equivalent)."""
    table, false = defaultdict(Counter), []
    for problem, line, claim in chosen:
        for name, wrong in mutated(claim, limit):
            verdict = judge(wrong, seed=SEED).name
            if verdict in ("proved", "supported"):
                if equivalent(wrong):
                    verdict = "equivalent"
                else:
                    sides = f"{wrong.left} {wrong.relation} {wrong.right}"
                    false.append(f"{problem} line {line}, {name}: {verdict}: {sides}")
            table[name][verdict] += 1
    return table, false


def shown(table):
    """The table by operator, as text."""
    columns = ("refuted", "conditional", "undecided", "equivalent", "proved", "supported")
    lines = [f"{'operator':<20}" + "".join(f"{c:>12}" for c in columns)]
    for name, row in sorted(table.items()):
        lines.append(f"{name:<20}" + "".join(f"{row[c]:>12}" for c in columns))
    total = sum(table.values(), Counter())
    return "\n".join([*lines, f"{'all':<20}" + "".join(f"{total[c]:>12}" for c in columns)])


def check(table, false):
    total = sum(table.values(), Counter())
    print(f"\n{shown(table)}")
    assert false == []
    wrong = total.total() - total["equivalent"]
    assert total["refuted"]*100 >= REFUTED_AT_LEAST*wrong, total


def test_no_mutant_of_the_sample_survives():
    check(*tried(steps()[::EVERY], FEW))


@pytest.mark.mutants
def test_no_mutant_survives():
    table, false = tried(steps(), PER_STEP)
    assert sum(table.values(), Counter()).total() >= WANTED
    check(table, false)


def test_every_step_has_mutants_of_several_kinds():
    poor = [f"{problem} line {line}" for problem, line, claim in steps()
            if len({name for name, _ in mutated(claim)}) < OPERATORS_PER_STEP]
    assert poor == []
