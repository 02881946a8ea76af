"""One source of the soundness lane: its mutants, what the judges say of them, and the oracle of the accepted."""

from collections import Counter, defaultdict
from random import Random
from time import process_time

from derive.term import Relation
from edits import wrongs
from mutation import equivalent_equations
from oracle_conditions import alike
from oracle_equations import equivalent
from oracle_values import Unknown
from verifiers.cases import Budget, Case
from verifiers.instance.value import ShapeClash
from verifiers.judge import judge
from verifiers.verdict import CannotDecide

PLAIN = Budget(edits=0, mends=0, sieved=0)      # verdicts alone: no slip, no missing assumption, no readable witness
CHEAP = Budget(edits=0, mends=0, sieved=0, points=12, balls=6)     # what it accepts is judged again with PLAIN
DEAR = 0.1                                      # seconds; a source that takes longer is left out, and counted
# mutants of a source by its work, the terms evaluated and nodes made for its instances
QUOTAS = ((200, 40), (600, 10), (1000, 4), (10**9, 2))
OF_CONDITIONS = 2       # of a claim that relates conditions, each of which is solved
GENERATED = 20
ACCEPTED = ("proved", "supported")


def work(claim):
    """Terms evaluated and nodes made for the instances of a claim; a counted cost, the same on every machine."""
    case = Case(claim, Random(1), PLAIN)
    try:
        return sum(case.cost(plan) for plan in case.plans)
    except (CannotDecide, ShapeClash):
        return 10**6


def quota(group, claim):
    """How many mutants of a source are judged."""
    most = next(count for limit, count in QUOTAS if work(claim) <= limit)
    if claim.relation in (Relation.IFF, Relation.IMPLIES):
        most = OF_CONDITIONS
    return min(most, GENERATED) if group.startswith("generated") else most


def outside(claim, verdict):
    """What the oracle says of an accepted mutant: equivalent, false or unknown."""
    if claim.relation is Relation.IFF:
        found = equivalent_equations(claim) or _conditions(claim)
    else:
        found = equivalent(claim, needs=verdict.needs)
    if found is None and claim.relation is Relation.IMPLIES:
        found = _conditions(claim)
    return {True: "equivalent", False: "false", None: "unknown"}[found]


def _conditions(claim):
    try:
        return alike(claim)
    except Unknown:
        return None


def tried(group, name, claim, seed):
    """The record of one source: its own verdict and cost, a table of outcomes by operator, and every find."""
    start = process_time()
    own = judge(claim, seed, PLAIN)
    cost = process_time() - start
    record = {"group": group, "id": name, "verdict": own.name, "ms": round(cost*1000, 1), "table": {}, "finds": []}
    if own.name not in ACCEPTED or cost > DEAR:
        return record
    table, start = defaultdict(Counter), process_time()
    for operator, wrong in wrongs(claim, Random(f"{seed} {group} {name}"), quota(group, claim)):
        verdict = judge(wrong, seed, CHEAP)
        if verdict.name in ACCEPTED:
            verdict = judge(wrong, seed, PLAIN)
        outcome = verdict.name
        if outcome in ACCEPTED:
            outcome = outside(wrong, verdict)
            if outcome != "equivalent":
                record["finds"].append({"operator": operator, "verdict": verdict.name, "by": verdict.by,
                                        "oracle": outcome, "claim": f"{wrong.left} {wrong.relation} {wrong.right}"})
                outcome = f"{verdict.name}, oracle {outcome}"
        table[operator][outcome] += 1
    record["table"] = {k: dict(v) for k, v in table.items()}
    record["seconds"] = round(process_time() - start, 2)
    return record
