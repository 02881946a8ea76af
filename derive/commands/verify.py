"""``derive verify``: every step of the collection before the judges, and on the tapes."""

import sys
from collections import Counter

import click

from derive.commands.codes import BUG, FINE, UNDECIDED, WRONG, contradicts
from derive.commands.registry import chosen, progress


@click.command(short_help="Judge every step of the collection.")
@click.argument("pattern", default="*")
@click.option("--strict", is_flag=True, help="Exit 1 on conditional, 3 on undecided steps.")
@click.option("--seed", type=int, help="Fix the random points.")
def verify(pattern, strict, seed):
    """Judge every step whose problem matches PATTERN: print, read back, replay, judge, NumPy tape, Numba tape.

    Exit: 0 fine, 1 a step is refuted, does not replay, or is supported for no listed reason, 70 the judges contradict.
    """
    report = Report(seed)
    with progress(chosen(pattern), "verify") as problems:
        for problem in problems:
            report.take(problem)
    for finding in report.findings:
        click.echo(finding)
    click.echo(report.summary(), err=True)
    sys.exit(report.exit_code(strict))


class Report:
    """What a run over the collection has seen."""

    def __init__(self, seed=None):
        self.seed = seed
        self.problems, self.goals, self.contradictions, self.replayed, self.returned = 0, 0, 0, 0, 0
        self.verdicts, self.reasons, self.tape, self.findings, self.failures = Counter(), Counter(), Counter(), [], 0

    def take(self, problem):
        """Judge a problem and remember what is to be said of it."""
        from derive.writing.judged import judge_derivation

        self.problems += 1
        for derivation in problem.solution.derivations:
            for judged in judge_derivation(derivation, self.seed, replay=True):
                self._count(problem, judged)

    def _count(self, problem, judged):
        verdict = judged.verdict
        self.contradictions += contradicts(verdict)
        if judged.line is None:
            self.goals += 1
            if verdict.name in ("refuted", "conditional"):
                self._fail(problem, judged, "")
            return
        self.verdicts[verdict.name] += 1
        self.reasons[str(verdict.reason) if verdict.name == "supported" else None] += 1
        self.replayed += not judged.strayed
        self.returned += not judged.lost
        self._tape(problem, judged)
        if judged.strayed:
            self._fail(problem, judged, f"does not follow by its rule, which writes {judged.strayed}")
        if judged.lost:
            self._fail(problem, judged, judged.lost)
        if not judged.listed:
            self._fail(problem, judged, "" if verdict.name != "supported" else
                       f"is supported ({verdict.reason}) and the problem does not list it", verdict.name == "undecided")

    def _tape(self, problem, judged):
        from derive.checking.tape import on_tape

        tape = on_tape(judged.claim, self.seed)
        self.tape["numpy"] += tape.numpy
        self.tape["numba"] += tape.numba
        self.tape["points"] += tape.points
        if not tape.alike:
            self._fail(problem, judged, "NumPy and Numba differ on the tape")
        if not tape.holds:
            self._fail(problem, judged, f"the two sides differ on the tape: {tape.why}")

    def _fail(self, problem, judged, sentence, soft=False):
        from derive.diagnostics import of_line

        self.failures += not soft
        rule = judged.line.rule if judged.line else None
        number = judged.line.line if judged.line else judged.derivation.line
        path = problem.function.__code__.co_filename
        text = of_line(path, number, judged.rule, judged.verdict, rule.statement if rule else "")
        self.findings.append(text + (f"\n  = {sentence}" if sentence else ""))

    def summary(self):
        """The one line about the run."""
        total = sum(self.verdicts.values())
        verdicts = ", ".join(f"{n} {name}" for name, n in sorted(self.verdicts.items()))
        reasons = ", ".join(f"{n} {reason}" for reason, n in sorted(self.reasons.items(), key=str) if reason)
        return (f"{self.problems} problems, {total} steps: {verdicts}" + (f" ({reasons})" if reasons else "")
                + f"; {self.replayed} replayed, {self.returned} read back, tape: {self.tape['numpy']} on NumPy, "
                f"{self.tape['numba']} on Numba, {self.tape['points']} points")

    def exit_code(self, strict=False):
        """Of the run."""
        if self.contradictions:
            return BUG
        if self.failures or strict and self.verdicts["conditional"]:
            return WRONG
        return UNDECIDED if strict and self.verdicts["undecided"] + self.verdicts["unreadable"] else FINE
