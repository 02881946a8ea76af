"""Wrong edits of true steps: no judge may accept one, unless an oracle outside the judges calls it equivalent."""

from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from mutation import OPERATORS_PER_STEP, mutated, steps, tried

REFUTED_AT_LEAST = 95       # per cent of the mutants that are not equivalent
WANTED = 1000
EVERY = 17                  # the fast lane takes every seventeenth step
FEW = 3                     # mutants of a step, of different operators
WORKERS = 2
COLUMNS = ("refuted", "conditional", "undecided", "equivalent", "proved", "supported")


def shown(table):
    """The table by operator, as text."""
    rows = sorted(table.items()) + [("all", sum(table.values(), Counter()))]
    return "\n".join([f"{'operator':<20}" + "".join(f"{c:>12}" for c in COLUMNS),
                      *(f"{name:<20}" + "".join(f"{row[c]:>12}" for c in COLUMNS) for name, row in rows)])


def check(table, false):
    total = sum(table.values(), Counter())
    print(f"\n{shown(table)}")
    assert false == []
    wrong = total.total() - total["equivalent"]
    assert total["refuted"]*100 >= REFUTED_AT_LEAST*wrong, total


def test_no_mutant_of_the_sample_survives():
    check(*tried(0, EVERY, FEW))


@pytest.mark.mutants
def test_no_mutant_survives():
    table, false = defaultdict(Counter), []
    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
        for part, wrong in pool.map(tried, range(WORKERS), [WORKERS]*WORKERS, [FEW]*WORKERS):
            false += wrong
            for name, row in part.items():
                table[name] += row
    assert sum(table.values(), Counter()).total() >= WANTED
    check(table, false)


def test_every_step_has_mutants_of_several_kinds():
    poor = [f"{problem} line {line}" for problem, line, claim in steps()
            if len({name for name, _ in mutated(claim)}) < OPERATORS_PER_STEP]
    assert poor == []
