"""Coverage: which rows of the source inventory are derived.

A row is derived when each of its goals is a line or the goal of a derivation that serves the row: the same sides and
relation when the printed line is read under the row's own declarations, or sides proved equal under them.
"""

import json
from importlib.resources import files

from derive.term import Relation, alpha
from derive.term.record import record, replace


@record(frozen=True)
class Row:
    """One row of the inventory: its id, kind, whether it is prose, and its goals as they stand in the goal file.

    unclaimable  the task asks for a drawing or code, of which the goals hold the mathematics
    one_line     its derivation may be a single step
    """

    ident: str
    kind: str
    prose: bool
    goals: tuple[dict, ...] = ()
    symbols: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()
    unclaimable: bool = False
    one_line: bool = False


def rows():
    """Every row of the inventory, in order."""
    goals = {g["id"]: g for g in _table("goals.jsonl")}
    return tuple(_row(entry, goals.get(entry["id"], {})) for entry in _table("inventory.jsonl"))


def _row(entry, goal):
    return Row(entry["id"], entry["kind"], entry["enc"] == "prose-only", tuple(goal.get("goals", ())),
               tuple(goal.get("symbols", {}).items()), tuple(goal.get("given", ())), goal.get("unclaimable", False),
               goal.get("one_line", False))


def _table(name):
    return [json.loads(line) for line in (files("problems")/"data"/name).read_text(encoding="utf-8").splitlines()]


def unmet(row, printed, seed=None):
    """The goals of a row that no printed line states, as sentences.

    printed  (left, relation, right) of lines and goals, as LaTeX
    """
    from derive.reading import ReadError

    missing = []
    for goal in row.goals:
        try:
            wanted = _claim_of(row, goal["from"], goal["rel"], goal["to"], goal.get("about"))
        except ReadError as error:
            missing.append(f"{shown(goal)}: the goal is unreadable: {error}")
            continue
        if not stated(wanted, _read_lines(row, goal, printed), seed):
            missing.append(shown(goal))
    return missing


def shown(goal):
    """A goal as one line of LaTeX."""
    return f"{goal['from']} {goal['rel']} {goal['to']}" + (f" ({goal['about']})" if "about" in goal else "")


def stated(wanted, claims, seed=None):
    """Whether one of the claims is the wanted one: identical up to bound names, else both sides proved equal."""
    rivals = [c for c in claims if c.relation is wanted.relation]
    return (any(_same(c.left, wanted.left) and _same(c.right, wanted.right) for c in rivals)
            or any(_equal(c.left, wanted.left, wanted, seed) and _equal(c.right, wanted.right, wanted, seed)
                   for c in rivals))


def _claim_of(row, left, relation, right, about):
    from derive.reading.claims import read_claim

    return read_claim(left, relation, right, dict(row.symbols), list(row.given), about)


def _read_lines(row, goal, printed):
    """The printed lines as claims under the row's declarations; a line with names of its own is none of the row."""
    from derive.reading import ReadError

    claims = []
    for left, relation, right in printed:
        try:
            claims.append(_claim_of(row, left, relation, right, goal.get("about")))
        except ReadError:
            continue
    return claims


def _same(a, b):
    return a is b or alpha(a) is alpha(b)


def _equal(a, b, claim, seed):
    """Whether two sides are proved equal under a claim's declarations; conditions are compared by equivalence."""
    if _same(a, b):
        return True
    from verifiers.judge import judge

    conditions = [side.head in ("rel", "and", "or") for side in (a, b)]
    if conditions[0] is not conditions[1]:
        return False
    relation = Relation.IFF if conditions[0] else Relation.EQ
    return judge(replace(claim, left=a, relation=relation, right=b, about=()), seed=seed).name == "proved"
