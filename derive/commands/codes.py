"""Exit codes: 0 fine, 1 a wrong step, 2 usage, 3 not decided, 70 a bug of ours, 130 interrupted."""

FINE, WRONG, USAGE, UNDECIDED, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130

OF_STEP = {"proved": FINE, "supported": FINE, "refuted": WRONG, "conditional": WRONG, "undecided": UNDECIDED,
           "unreadable": UNDECIDED}


def of_verdict(verdict):
    """The exit code of ``derive step``; a contradiction between judges is a bug of ours."""
    return BUG if contradicts(verdict) else OF_STEP[verdict.name]


def contradicts(verdict):
    """Whether one judge proved what another refuted."""
    return getattr(verdict, "reason", None) == "contradiction"


def of_batch(tally, strict=False, trouble=()):
    """The exit code of ``check`` and ``verify`` from the counts of verdicts by name."""
    if trouble:
        return BUG
    if tally.get("refuted") or strict and tally.get("conditional"):
        return WRONG
    return UNDECIDED if strict and (tally.get("undecided") or tally.get("unreadable")) else FINE
