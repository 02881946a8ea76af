"""The sizes an induction may run on: what holds of n + 1 values holds of n of them, and the claim at the least n."""

from derive.term import free_names, name, num
from derive.term import replace as put
from derive.term.record import replace
from verifiers.instance.survey import survey

LARGEST_BASE = 6
KINDS = ("scalar", "vector", "matrix")
CLOSED_KINDS = ("size", "index", "scalar", "vector", "matrix", "identity", "function")


def candidates(claim):
    """(name, least value) of the sizes an induction may run on."""
    used = free_names(claim.left) | free_names(claim.right)
    for d in claim.symbols:
        whole = d.kind in ("size", "index") or d.kind == "scalar" and d.domain == "integer"
        if not whole or d.name not in used or d.definition is not None or d.high is not None or d.unread \
                or d.constraints or d.structure or d.indices:
            continue
        low = 1 if d.low is None and d.kind == "size" else d.low.value if d.low is not None and d.low.head == "num" \
            else None
        if low is not None and 0 <= low <= LARGEST_BASE and _hereditary(claim, d.name):
            yield d.name, int(low)


def _hereditary(claim, n):
    """Whether what is declared and given for n + 1 holds for n too."""
    if any(n in free_names(g) for g in claim.givens):
        return False
    for d in survey(claim).reached:
        if d.kind not in CLOSED_KINDS:
            return False
        mentions = [t for t in (*d.shape, *d.ranges, d.low, d.high, d.mean, d.variance, d.law, *d.constraints)
                    if t is not None and n in free_names(t)]
        if not mentions:
            continue
        if any(n in free_names(t) for t in d.shape) or d.kind not in KINDS or d.structure or d.constraints or d.unread \
                or d.entries or d.entries_of:
            return False
    return True


def base_claim(claim, n, low):
    """The claim at n = low."""
    mapping = {name(n): num(low)}

    def at(t):
        return None if t is None else put(t, mapping)
    symbols = tuple(replace(d, definition=at(d.definition), ranges=tuple(map(at, d.ranges)))
                    for d in claim.symbols if d.name != n)
    return replace(claim, left=at(claim.left), right=at(claim.right), symbols=symbols)
