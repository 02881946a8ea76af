"""The sheet of a problem: Terms and verdicts only, ready to be written in any format."""

from derive.term import Claim, Declaration, Term
from derive.term.record import record
from verifiers.verdict import Verdict


@record(frozen=True)
class SheetLine:
    """One judged line; ``rule`` is its name as an index has it, ``where`` (path, line) of its author."""

    claim: Claim
    rule: str
    verdict: Verdict
    statement: str = ""
    where: tuple[str, int] = ("", 0)
    needs: tuple[str, ...] = ()         # what the rule used, in words, beside what the judge needed


@record(frozen=True)
class Chain:
    """Lines from the left side of a goal to its right side."""

    goal: Claim
    verdict: Verdict
    lines: tuple[SheetLine, ...]


@record(frozen=True)
class Erratum:
    """A published line that is wrong, with the judge's counterexample, and why."""

    printed: Claim
    verdict: Verdict
    note: str = ""


@record(frozen=True)
class Sheet:
    """A problem as it is printed.

    statement  prose with formulas between dollar signs, every formula a printed Term
    rows       ids of the inventory rows that the problem serves
    """

    ident: str
    title: str
    source: str
    statement: str
    rows: tuple[str, ...]
    symbols: tuple[Declaration, ...]
    givens: tuple[Term, ...]
    chains: tuple[Chain, ...]
    errata: tuple[Erratum, ...] = ()

    @property
    def lines(self):
        """Every line of every chain, in order."""
        return tuple(line for chain in self.chains for line in chain.lines)
