"""The float tape of a step: both sides at stratified points, by NumPy and by its compiled twin."""

from fractions import Fraction
from importlib.util import find_spec

from derive.term import Relation
from derive.term.record import record, replace

ALIKE = Fraction(1, 10**9)      # relative difference that two interpreters of one tape may show
ROUNDING = Fraction(1, 10**6)   # relative gap of a true step that rounding explains


@record(frozen=True)
class Tape:
    """What the tapes showed.

    points        points of the domain at which both sides were compared
    worst         largest relative gap there
    numpy, numba  whether the step ran on each tape
    alike         whether the two tapes gave the same answers
    why           why it ran on none
    """

    points: int = 0
    worst: float = 0
    numpy: bool = False
    numba: bool = False
    alike: bool = True
    why: str = ""

    @property
    def holds(self):
        """Whether no gap is larger than rounding explains."""
        return not self.worst > ROUNDING


def on_tape(claim, seed=0):
    """The claim at the points of its first instance of whole sizes; a claim without one says why.

    Of an equivalence of equations each equation runs, and at generic points all of them fail or all hold.
    """
    equations = [node for side in (claim.left, claim.right) for node in _equations(side)]
    if not equations:
        return _run(claim, seed)
    tapes = [_run(replace(claim, left=e.args[0], relation=Relation.EQ, right=e.args[1]), seed) for e in equations]
    if not all(tape.numpy for tape in tapes):
        return Tape(why="; ".join(tape.why for tape in tapes if tape.why))
    agree = claim.relation is not Relation.IFF or len({tape.holds for tape in tapes}) == 1
    return Tape(min(tape.points for tape in tapes), 0 if agree else 1, True, all(tape.numba for tape in tapes),
                all(tape.alike for tape in tapes), "" if agree else "one equation holds where the other fails")


def _equations(side):
    if side.head == "and":
        return [node for part in side.args for node in _equations(part)]
    return [side] if side.head == "rel" and side.value == Relation.EQ else []


def _run(claim, seed):
    from verifiers.instance.value import ShapeClash
    from verifiers.judge import float_check
    from verifiers.verdict import CannotDecide

    try:
        worst, points = float_check(claim, "numpy", seed or 0)
        if find_spec("numba") is None:
            return Tape(points, worst, numpy=True)
        twin, same = float_check(claim, "numba", seed or 0)
    except (CannotDecide, ShapeClash) as refusal:
        return Tape(why=str(refusal))
    # two equations of an equivalence differ at most points: then it is enough that both tapes say so
    alike = points == same and (abs(worst - twin) <= ALIKE or min(worst, twin) > ROUNDING
                                or worst != worst and twin != twin)
    return Tape(points, max(worst, twin), numpy=True, numba=True, alike=alike)
