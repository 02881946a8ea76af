"""What a person reads when a step fails: place, the author's line with carets, witness, both values, rule, help."""

WINDOW = 100        # characters of a long line that are shown around the place

HELP = {
    "refuted": "change the line, or declare what makes it true",
    "conditional": "declare the condition, or write it beside the step",
    "undecided": "add a line between the two, or a declaration; `derive explain undecided` lists the reasons",
    "unreadable": "`derive explain declarations` prints the words that declarations may use",
}


def of_step(left, relation, right, verdict):
    """The verdict on one typed step, several lines of text."""
    span = None
    if verdict.name == "unreadable" and " side:" in verdict.detail:
        start = verdict.column - 1 + (len(f"{left}  {relation}  ") if "the right side" in verdict.detail else 0)
        span = start, start + 1
    return "\n".join([headline(verdict), *quoted(f"{left}  {relation}  {right}", span), *facts(verdict)])


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


def of_reading(text, error):
    """A text that could not be read, with a caret under the place where reading stopped."""
    return "\n".join(["unreadable", *quoted(text, (error.column, error.column + 1)), f"  = {error}"])


def headline(verdict):
    """"proved by identity test", "supported (needs_lemma) by ..."."""
    reason = f" ({verdict.reason})" if verdict.name in ("supported", "undecided") else ""
    return f"{verdict.name}{reason}" + (f" by {verdict.by}" if verdict.by else "")


def facts(verdict):
    """The lines that start with "  = ": witness and values, needs, conditions, what mends the step."""
    from derive.checking.record import detail_of, mistake_of, shown

    witness = ", ".join(f"{name} = {value}" for name, value in getattr(verdict, "witness", ()) or ())
    lines = []
    if witness:
        values = (f": left = {digits(verdict.left)}, right = {digits(verdict.right)}" if getattr(verdict, "left", "")
                  else ": the two sides differ")
        lines.append(f"  = at {witness}{values}")
    elif getattr(verdict, "left", ""):
        lines.append(f"  = left = {digits(verdict.left)}, right = {digits(verdict.right)}")
    if verdict.detail:
        lines.append(f"  = {detail_of(verdict)}")
    lines += [f"  = needs: {shown(need)}" + (f" ({need.why})" if need.why else "") for need in verdict.needs]
    lines += [f"  = true if {shown(need)}" for need in getattr(verdict, "conditions", ())]
    if verdict.name in HELP:
        lines.append(f"  = help: {mistake_of(verdict) or HELP[verdict.name]}")
    return lines


def digits(value):
    """A value as a person reads it: a ball [0.693147180560 +/- 5.49e-14] by its middle, to 6 digits."""
    middle, _, radius = value.strip("[]").partition(" +/- ")
    if not radius:
        return value
    mantissa, e, exponent = middle.partition("e")
    return (mantissa[:8 if "." in mantissa else None].rstrip(".") + e + exponent)


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
