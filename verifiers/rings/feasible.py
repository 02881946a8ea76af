"""Whether linear conditions can hold together (Fourier and Motzkin), to drop cases of signs that cannot happen.

Products and functions count as free unknowns within their ranges, so only what is linear is used: "cannot hold" is
certain, "can hold" is not.
"""

from fractions import Fraction
from math import inf

from verifiers.rings.domain import IMPLIED, Signs, linear

MOST_ROWS = 120


def _rows(graph, facts):
    """Rows (form, strict) meaning form > 0, or form >= 0."""
    rows, unknowns = [], set()
    for tag, node in facts:
        form = linear(graph, node)
        unknowns.update(u for u in form if u is not None)
        opposite = {u: -x for u, x in form.items()}
        rows += {"positive": [(form, True)], "negative": [(opposite, True)], "nonnegative": [(form, False)],
                 "nonpositive": [(opposite, False)], "zero": [(form, False), (opposite, False)]}.get(tag, [])
    signs = Signs.under(graph)
    for u in unknowns:
        low, high, low_open, high_open, _ = signs.range(u)
        if low > -inf:
            rows.append(({u: Fraction(1), None: -Fraction(low)}, low_open))
        if high < inf:
            rows.append(({u: Fraction(-1), None: Fraction(high)}, high_open))
    return rows, unknowns


def _eliminate(rows, unknown):
    """The rows that follow without the unknown."""
    kept, above, below = [], [], []
    for form, strict in rows:
        x = form.get(unknown, 0)
        (kept if x == 0 else above if x > 0 else below).append((form, strict, x))
    made = [({u: y for u, y in form.items() if u != unknown}, strict) for form, strict, _ in kept]
    for up, strict_up, x in above:
        for down, strict_down, y in below:
            form = {u: up.get(u, 0) * -y + down.get(u, 0) * x for u in {*up, *down} if u != unknown}
            made.append((form, strict_up or strict_down))
    return made


def feasible(graph, facts):
    """False only where the facts and the declared domains contradict each other linearly."""
    signs = Signs.under(graph)
    if all(tag in IMPLIED and signs.implies(tag, node) for tag, node in facts):
        return True             # every point of the domain satisfies them
    rows, unknowns = _rows(graph, facts)
    for unknown in unknowns:
        rows = _eliminate(rows, unknown)
        if len(rows) > MOST_ROWS:
            return True
    for form, strict in rows:
        constant = form.get(None, 0)
        if constant < 0 or (strict and constant == 0):
            return False
    return True
