"""One step: both sides read under the author's declarations, then judged."""

import re

from derive.term import Declaration, free_names, subterms
from derive.term.record import replace
from verifiers.verdict import Unreadable

SIDE_LIMIT = 20_000         # characters; beyond it nobody reads a line either
TAKEN = "taken for a real scalar"
PLAIN = re.compile(r"(?:[a-z]|\\[a-z]+)(?:_(?:\d|\{\d+\}))?")    # an italic lower-case letter, Latin or Greek


def check_step(left, right, rel="=", symbols=None, given=(), about=None, seed=None):
    """The verdict on ``left rel right``.

    left, right   LaTeX
    rel           a relation as LaTeX or ASCII: "=", "\\le", ">=", "\\propto" ...
    symbols       LaTeX name -> what an author would write: "positive scalar", "symmetric matrix n x n"
    given         LaTeX relations that hold
    about         the variable of proportional-to, or the regime of a limit: "\\Delta \\to \\infty"
    seed          fixes the random points; None draws them from the system

    Returns a Verdict, ``Unreadable`` with its place for what is not understood.  Raises SoundnessError.
    """
    return judged(left, right, rel, symbols, given, about, seed)[1]


def judged(left, right, rel="=", symbols=None, given=(), about=None, seed=None, plain=False):
    """(claim, verdict) of a step; the claim is None where the step is unreadable.

    plain  take undeclared lower-case letters for real scalars, as a person at a terminal means them; a batch does not
    """
    for side, text in (("left", left), ("right", right)):
        if len(text) > SIDE_LIMIT:
            return None, Unreadable("reading", f"the {side} side has {len(text)} characters, at most {SIDE_LIMIT} are "
                                    "read", column=SIDE_LIMIT + 1, expected="a shorter side")
    from derive.reading import ReadError
    from derive.reading.claims import read_claim

    try:
        claim = read_claim(left, rel, right, dict(symbols or {}), list(given), about)
    except ReadError as error:
        return None, Unreadable("reading", f"in {field_of(error)}: {error.message}", column=error.column + 1,
                                expected=error.expected or "")
    except RecursionError:
        return None, Unreadable("reading", "nested too deeply", expected="fewer parentheses")
    from verifiers.judge import judge

    claim = with_plain_letters(claim) if plain else claim
    return claim, judge(claim, seed=seed)


def with_plain_letters(claim):
    """The claim with its undeclared plain letters declared real scalars; what is called or indexed is none."""
    terms = (claim.left, claim.right, *claim.givens)
    applied = {node.args[0].value for t in terms for node in subterms(t) if node.head in ("call", "index")}
    unknown = sorted(frozenset().union(*map(free_names, terms)) - {d.name for d in claim.symbols} - applied)
    letters = tuple(Declaration(n, "scalar", text=TAKEN) for n in unknown if PLAIN.fullmatch(n))
    return replace(claim, symbols=claim.symbols + letters)


FIELDS = {"left": "the left side", "right": "the right side", "rel": "the relation", "": "a declaration"}


def field_of(error):
    """Which text of a claim a ReadError is about."""
    field = getattr(error, "field", "")
    return FIELDS.get(field, field)
