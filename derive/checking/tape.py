"""The float tape of a step: both sides at stratified points, by NumPy and by its compiled twin."""

from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec

ALIKE = Fraction(1, 10**9)      # relative difference that two interpreters of one tape may show
ROUNDING = Fraction(1, 10**6)   # relative gap of a true step that rounding explains


@dataclass(frozen=True)
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
    """The claim at the points of its first instance of whole sizes; a claim without one says why."""
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
    alike = points == same and (abs(worst - twin) <= ALIKE or worst != worst and twin != twin)
    return Tape(points, max(worst, twin), numpy=True, numba=True, alike=alike)
