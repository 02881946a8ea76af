"""A problem of the collection derived, lowered, printed, read back, replayed and judged: the sheet's raw material."""

from derive.derivation import Derivation, Line
from derive.term import Claim
from derive.term.record import record
from verifiers.verdict import Verdict


@record(frozen=True)
class JudgedLine:
    """One line (``line`` is None for the goal): its claim, its verdict, and what is wrong with it besides, if anything.

    lost      what reading the printed line gives instead of the line, "" where it gives the same Terms
    strayed   what the rule writes instead of the line, "" where it follows
    reason    the reason out of the enumeration that the author lists for a line that is only supported
    """

    derivation: Derivation
    line: Line | None
    claim: Claim
    verdict: Verdict
    lost: str = ""
    strayed: str = ""
    reason: str | None = None

    @property
    def rule(self):
        """The rule's name as an index has it."""
        return self.line.rule.name.replace("_", " ") if self.line else "goal"

    @property
    def listed(self):
        """Whether the line is proved, or supported for the reason that its author lists."""
        return self.verdict.name == "proved" or self.verdict.name == "supported" and self.reason == self.verdict.reason


def judge_derivation(derivation, seed=None, replay=False, at=None):
    """The judged lines of a derivation in order, its goal last.

    at  a function from Claim to Claim that puts numbers for symbols; a goal that is one of the lines has that line's
        verdict.  Raises SoundnessError.
    """
    from verifiers.judge import judge

    judged, known = [], {}
    for line, claim in derivation.claims():
        claim = at(claim) if at else claim
        if claim not in known:
            known[claim] = judge(claim, seed=seed)
        judged.append(JudgedLine(derivation, line, claim, known[claim], lost_in_print(claim),
                                 _strayed(derivation, line) if replay and line else "",
                                 derivation.unproved.get(line.rule.name) if line else None))
    return judged


def lost_in_print(claim):
    """"" where both sides print and read back as the same Terms, else what is lost, as a sentence."""
    from derive.printing import latex
    from derive.reading import ReadError, read

    for side in (claim.left, claim.right, *claim.givens):
        printed = latex(side, claim.symbols)
        try:
            again = read(printed, claim.symbols)
        except ReadError as error:
            return f"{printed} is not read back: {error}"
        if again is not side:
            return f"{printed} reads back as {again}, printed was {side}"
    return ""


def _strayed(derivation, line):
    follows, written = derivation.replays(line)
    return "" if follows else str(written)
