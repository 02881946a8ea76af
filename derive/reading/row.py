"""One row of the vocabulary of declarations: a phrase and what it sets."""

from derive.term.record import field, record


@record(frozen=True)
class Row:
    """One phrase: its part of speech, its pattern (see ``phrases``), what it sets, an example."""

    part: str
    pattern: str
    sets: dict = field(default_factory=dict)
    example: str = ""


def plainly(pattern):
    """The words of a pattern without its options."""
    return " ".join(t.split("|")[0] for t in pattern.split(" ") if not t.endswith("?"))


def head(pattern, kind, example="", **sets):
    """A phrase that says what the name is."""
    return Row("head", pattern, {"kind": kind, **sets}, example or plainly(pattern))


def quality(pattern, example="", **sets):
    """A phrase before or behind the head: a domain, a word of structure."""
    return Row("quality", pattern, sets, example or plainly(pattern))


def link(pattern, example="", **sets):
    """A phrase behind the head: a relation to other names, a bound, a moment, a range."""
    return Row("link", pattern, sets, example or plainly(pattern))
