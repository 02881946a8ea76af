"""``derive coverage``: rows of the source inventory that are derived."""

import json
from collections import Counter

import click

from derive.commands.registry import chosen, progress


@click.command(short_help="Which rows of the source inventory are derived.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
def coverage(as_json):
    """Which rows of the source inventory are derived, missing or prose.

    A row is derived when each of its goals is a line or the goal of a derivation that serves it.
    """
    from derive.checking.inventory import rows

    served = serving(chosen())
    states, gaps = [], {}
    with progress([*rows()], "coverage") as inventory:
        for row in inventory:
            state, problem, missing = state_of(row, served.get(row.ident, []))
            states.append({"id": row.ident, "state": state, "problem": problem})
            if missing and problem:
                gaps[row.ident] = missing
    if as_json:
        click.echo(json.dumps({"rows": states}))
        return
    for entry in states:
        if entry["state"] == "derived":
            note = " (its task asks for a drawing or code)" if _unclaimable(entry["id"]) else ""
            click.echo(f"{entry['id']:<28} derived by {entry['problem']}{note}")
    for ident, missing in gaps.items():
        click.echo(f"{ident:<28} not all goals: {'; '.join(missing)}")
    tally = Counter(entry["state"] for entry in states)
    counts = ", ".join(f"{tally[state]} {state}" for state in ("derived", "missing", "prose"))
    click.echo(f"{len(states)} rows: {counts}", err=True)


def _unclaimable(ident):
    from derive.checking.inventory import rows

    return any(row.ident == ident and row.unclaimable for row in rows())


def serving(problems):
    """{row id: [(problem, printed lines)]}: which problems serve a row, with the lines of the derivations that do."""
    from derive.printing import latex

    table = {}
    for problem in problems:
        for derivation in problem.solution.derivations:
            printed = [(latex(claim.left, claim.symbols), str(claim.relation), latex(claim.right, claim.symbols))
                       for _, claim in derivation.claims()]
            for row in problem.solution.rows(derivation):
                table.setdefault(row, []).append((problem.id, printed))
    return table


def state_of(row, served):
    """(state, problem id, unmet goals) of a row by the problems that serve it."""
    from derive.checking.inventory import unmet

    if row.prose:
        return "prose", None, []
    if not served or not row.goals:
        return "missing", None, []
    missing = unmet(row, [line for _, lines in served for line in lines])
    return "missing" if missing else "derived", served[0][0], missing
