"""The float tape of a step: both sides at stratified points, by NumPy and by its compiled twin."""

from fractions import Fraction
from importlib.util import find_spec

from derive.term import ZERO, ZEROS, Declaration, Relation, deriv, mul, name, sub, term
from derive.term import replace as put
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

    Of an equivalence of equations each equation runs, and at generic points all of them fail or all hold; of one
    between orders the product of the two differences is nowhere negative.  Of an extremum the gradient at the point is
    zero, and the body is nowhere beyond the value.
    """
    claim = _without_extremum(claim)
    if claim.relation is Relation.IFF and _is_order(claim.left) and _is_order(claim.right):
        product = mul(_difference(claim.left), _difference(claim.right))
        return _run(replace(claim, left=product, relation=Relation.GE, right=ZERO), seed)
    equations = [node for side in (claim.left, claim.right) for node in _equations(side)]
    if not equations:
        return _run(claim, seed)
    tapes = [_run(replace(claim, left=e.args[0], relation=Relation.EQ, right=e.args[1]), seed) for e in equations]
    if not all(tape.numpy for tape in tapes):
        return Tape(why="; ".join(tape.why for tape in tapes if tape.why))
    agree = claim.relation is not Relation.IFF or len({tape.holds for tape in tapes}) == 1
    return Tape(min(tape.points for tape in tapes), 0 if agree else 1, True, all(tape.numba for tape in tapes),
                all(tape.alike for tape in tapes), "" if agree else "one equation holds where the other fails")


def _without_extremum(claim):
    """What can be evaluated of argmin_x f = c, that grad f(c) = 0, and of min_x f = v, that v <= f."""
    if claim.relation is not Relation.EQ or claim.left.head not in ("argmin", "argmax", "minof", "maxof"):
        return claim
    claim, body, variable = _with_name(claim, *claim.left.args)
    if claim.left.head in ("argmin", "argmax"):
        return replace(claim, left=term("at", deriv(body, variable), variable, claim.right), right=ZEROS)
    relation = Relation.LE if claim.left.head == "minof" else Relation.GE
    return replace(claim, left=claim.right, relation=relation, right=body)


def _with_name(claim, body, variable):
    """The same where the extremum is over a name: a member u_i of a family gets one of its own."""
    d = claim.symbol(variable.args[0].value) if variable.head == "index" else None
    if d is None:
        return claim, body, variable
    own = name(f"{d.name}^{{*}}")
    declared = Declaration(own.value, d.kind, d.shape, domain=d.domain)
    return replace(claim, symbols=(*claim.symbols, declared)), put(body, {variable: own}), own


def _is_order(side):
    return side.head == "rel" and side.value in (Relation.LE, Relation.LT, Relation.GE, Relation.GT)


def _difference(side):
    """What is nonnegative where the order holds."""
    left, right = side.args
    return sub(left, right) if side.value in (Relation.GE, Relation.GT) else sub(right, left)


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
