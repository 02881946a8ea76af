"""The six verdicts.  Only ``verifiers`` constructs them, and none of them is a truth value."""

from enum import StrEnum

from derive.term import Term
from derive.term.record import record


class Reason(StrEnum):
    """Why a step is not decided, or not proved."""

    BUDGET = "budget"
    NEEDS_LEMMA = "needs_lemma"
    INTEGRAL = "integral"
    LIMIT = "limit"
    ORDER = "order"
    SIZE_BOUND = "size_bound"
    DECLARATION = "declaration"
    CONTRADICTION = "contradiction"


@record(frozen=True)
class Need:
    """A condition a proof used, as a relation (printed) with the reason for it ("divisor", "inside a log", "kink").

    Where the author's symbols do not say it, ``condition`` is None, ``why`` says it in words, and ``place`` is the
    smallest Term of the claim that it stands in.
    """

    condition: Term | None
    why: str = ""
    place: Term | None = None


@record(frozen=True)
class Verdict:
    """What a judge says of one claim: ``by`` which method, with what ``detail`` and which ``needs``."""

    by: str
    detail: str = ""
    needs: tuple[Need, ...] = ()

    name = "verdict"

    def __bool__(self):
        raise TypeError("a Verdict is not a truth value; match on Proved, Supported, Conditional, Refuted, Undecided, "
                        "Unreadable")


@record(frozen=True)
class Proved(Verdict):
    """True on the whole declared domain by an exact method.

    inhabitant   one exact point of the domain, as (name, value) pairs of text
    error_bound  0 for a deterministic method, else an upper bound on the probability of a false proof
    """

    inhabitant: tuple[tuple[str, str], ...] = ()
    error_bound: float = 0.0
    name = "proved"


@record(frozen=True)
class Supported(Verdict):
    """No counterexample in ``points`` stratified points; ``reason`` says why it is not proved."""

    reason: Reason = Reason.NEEDS_LEMMA
    points: int = 0
    worst: float = 0.0          # worst relative gap, dimensionless
    name = "supported"


@record(frozen=True)
class Conditional(Verdict):
    """False as declared, proved under ``conditions``; ``witness`` is a counterexample outside them.

    mistake, mended   the likely slip, where one edit makes the claim true as declared
    """

    conditions: tuple[Need, ...] = ()
    witness: tuple[tuple[str, str], ...] = ()
    mistake: str | None = None
    mended: Term | None = None
    name = "conditional"


@record(frozen=True)
class Refuted(Verdict):
    """A counterexample: ``witness`` as (name, value) text, both sides there, and the likely slip if one was found."""

    witness: tuple[tuple[str, str], ...] = ()
    left: str = ""
    right: str = ""
    mistake: str | None = None
    mended: Term | None = None
    name = "refuted"


@record(frozen=True)
class Undecided(Verdict):
    """Understood, not decided; ``reason`` out of the enumeration."""

    reason: Reason = Reason.NEEDS_LEMMA
    name = "undecided"


@record(frozen=True)
class Unreadable(Verdict):
    """Not understood: the exact place and what was expected there."""

    line: int = 1
    column: int = 1
    expected: str = ""
    name = "unreadable"


class SoundnessError(AssertionError):
    """One judge proved what another refuted: the engine itself is wrong.  Nobody may catch it to go on silently."""


class CannotDecide(Exception):
    """Raised inside a judge: this method does not reach; carries the reason and a sentence."""

    def __init__(self, reason, detail):
        super().__init__(detail)
        self.reason, self.detail = reason, detail
