"""What a person reads when a step fails: place, the author's line with carets, witness, both values, rule, help."""

WINDOW = 100        # characters of a long line that are shown around the place
ONE_LINE = 64       # characters of a witness that stands on one line

HELP = {
    "refuted": "change the line, or declare what makes it true",
    "conditional": "declare the condition, or write it beside the step",
    "undecided": "add a line between the two, or a declaration; `derive explain undecided` lists the reasons",
    "unreadable": "`derive explain declarations` prints the words that declarations may use",
}


SLIPS = {"sign": "a sign", "missing_factor_half": "a missing factor 1/2", "missing_factor_two": "a missing factor 2",
         "inequality_direction": "the direction of the inequality"}


def of_step(left, relation, right, verdict, symbols=()):
    """The verdict on one typed step, several lines of text; ``symbols`` are the declarations it was read under."""
    span = None
    if verdict.name == "unreadable" and " side:" in verdict.detail:
        start = verdict.column - 1 + (len(f"{left}  {relation}  ") if "the right side" in verdict.detail else 0)
        span = start, start + 1
    whole = f"{left}  {relation}  {right}"
    shown = quoted(whole, span) if span or len(whole) <= WINDOW else sides(left, relation, right)
    return "\n".join([headline(verdict), *shown, *facts(verdict, symbols)])


def sides(left, relation, right):
    """A long step in full: its left side, and under it the relation and the right side, broken where they are long."""
    return [" |", *(f" | {row}" for text in (left, f"  {relation}  {right}") for row in folded(text)), " |"]


def folded(text):
    """LaTeX in rows of at most WINDOW characters, broken before commands and signs where there are such."""
    import re

    rows = [""]
    for piece in re.split(r"(?=\\[a-zA-Z])|(?<=[=+&])|(?<= )", text):
        while len(rows[-1]) + len(piece) > WINDOW:
            room = 0 if rows[-1].strip() else WINDOW - len(rows[-1])
            rows[-1] += piece[:room]
            piece = piece[room:]
            rows.append("     ")
        rows[-1] += piece
    return rows


def of_line(path, line, rule, verdict, statement=""):
    """The verdict on a line of a problem: ``path`` and ``line`` are where its author wrote it."""
    import linecache

    source = linecache.getline(str(path), line).rstrip()
    start = len(source) - len(source.lstrip())
    lines = [f"{shortened(path)}:{line}:{start + 1}: step is {verdict.name} [{rule}]",
             *quoted(source, (start, len(source)), line), *facts(verdict)]
    if statement:
        lines.insert(-1 if verdict.name in HELP else len(lines), f"  = rule: {statement}")
    return "\n".join(lines)


def headline(verdict):
    """"proved by identity test", "supported (needs_lemma) by ..."."""
    reason = f" ({verdict.reason})" if verdict.name in ("supported", "undecided") else ""
    return f"{verdict.name}{reason}" + (f" by {verdict.by}" if verdict.by else "")


def facts(verdict, symbols=()):
    """The lines that start with "  = ": witness, both values, needs, conditions, the likely slip, what to do."""
    from derive.checking.record import detail_of, shown

    lines = witness_lines(getattr(verdict, "witness", ()) or ())
    if detail_of(verdict):
        lines.append(f"  = {detail_of(verdict)}")
    lines += [f"  = needs: {shown(need, symbols)}" + (f" ({need.why})" if need.condition and need.why else "")
              for need in verdict.needs]
    lines += [f"  = true if {shown(need, symbols)}" for need in getattr(verdict, "conditions", ())]
    if getattr(verdict, "mistake", None):
        lines.append(f"  = likely slip: {slip_words(verdict, symbols)}")
    if verdict.name in HELP:
        lines.append(f"  = help: {HELP[verdict.name]}")
    return lines


def witness_lines(pairs):
    """The counterexample: plain numbers together, families, arrays and laws each on a line of their own."""
    lines, plain = [], False
    for name, value in pairs:
        row, alone = f"{name} = {value}", "," in name or "probability" in value
        if plain and not alone and len(lines[-1]) + len(row) < ONE_LINE:
            lines[-1] += f", {row}"
        else:
            lines.append(row)
        plain = not alone
    return [("       " if k else "  = at ") + line for k, line in enumerate(lines)]


def slip_words(verdict, symbols=()):
    """"dropped transpose; with (BA)^{\\top} it holds"."""
    from derive.printing import latex

    words = SLIPS.get(verdict.mistake, verdict.mistake.replace("_", " "))
    if verdict.mended is None:
        return f"{words}; the other way round it holds" if verdict.mistake == "inequality_direction" else words
    return f"{words}; with {latex(verdict.mended, symbols)} it holds"


def quoted(text, span, number=None):
    """The author's line in a gutter, with carets under ``span`` (start, end) where given."""
    gutter = " "*len(str(number)) if number is not None else ""
    start, end = span or (0, 0)
    if len(text) > WINDOW:
        low = max(0, min(start - WINDOW//2, len(text) - WINDOW))
        text = ("..." if low else "") + text[low:low + WINDOW] + ("..." if low + WINDOW < len(text) else "")
        shift = low - (3 if low else 0)
        start, end = start - shift, min(end - shift, len(text))
    lines = [f"{gutter} |", f"{number if number is not None else ''} | {text}"]
    return lines + [f"{gutter} | {' '*start}{'^'*max(1, end - start)}" if span else f"{gutter} |"]


def shortened(path):
    """The path relative to the working directory where it lies below it."""
    from pathlib import Path

    path = Path(path)
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
