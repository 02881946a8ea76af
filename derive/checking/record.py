"""A verdict as data: the object that batches and ``derive step --json`` write."""

VERSION = 1     # of the record's keys


def record_of(verdict, ident=None, milliseconds=0, symbols=()):
    """The verdict as a JSON-ready dict with the keys of ``derive check --steps``.

    needs, conditions   LaTeX relations; a need without a condition is its sentence
    witness             name -> value, both as text; None where the verdict has none
    milliseconds        int or decimal string of an exact quotient
    """
    witness = dict(getattr(verdict, "witness", ()) or ())
    return {"v": VERSION, "id": ident, "verdict": verdict.name, "by": verdict.by, "detail": detail_of(verdict),
            "needs": [shown(need, symbols) for need in verdict.needs], "witness": witness or None,
            "conditions": [shown(need, symbols) for need in getattr(verdict, "conditions", ())],
            "mistake": mistake_of(verdict, symbols), "ms": milliseconds}


def shown(need, symbols=()):
    """A condition as LaTeX, "n \\ne 0"; one the author's symbols do not say in words, with the place it stands in."""
    from derive.printing import latex

    if need.condition is not None:
        return latex(need.condition, symbols)
    return need.why + (f", in {latex(need.place, symbols)}" if need.place is not None else "")


def detail_of(verdict):
    """The verdict's sentence, with the place for what could not be read and the values for what is refuted."""
    if verdict.name == "unreadable" and verdict.by == "line":
        return verdict.detail
    if verdict.name == "unreadable":
        expected = f"; expected {verdict.expected}" if verdict.expected else ""
        return f"column {verdict.column}: {verdict.detail}{expected}"
    if verdict.name == "refuted" and verdict.left:
        values = f"left = {verdict.left}, right = {verdict.right}"
        return f"{verdict.detail}: {values}" if verdict.detail else values
    if verdict.name in ("supported", "undecided"):
        return f"{verdict.reason}: {verdict.detail}" if verdict.detail else str(verdict.reason)
    return verdict.detail


def mistake_of(verdict, symbols=()):
    """The likely slip, with the mended side where one edit mends the step."""
    mistake = getattr(verdict, "mistake", None)
    if mistake is None or verdict.mended is None:
        return mistake
    from derive.printing import latex

    return f"{mistake}: {latex(verdict.mended, symbols)}"
