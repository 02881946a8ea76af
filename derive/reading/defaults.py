"""The kind a declaration does not name: "x > 0" and "real" are of a number, "d x d symmetric" is of a matrix."""

from derive.reading.completion import rank_of_face
from derive.reading.equations import is_letter
from derive.reading.phrases import depth_zero, split
from derive.reading.role_words import NUMBERS
from derive.reading.sketch import RELATION, spelled

# Clauses that may come before it is known what the name is.
FREE = ("<r>", "<i> = <a>..<b>", "from R^<n> to R^<m>", "from R^<n> to R", "from R to R")
_ORDERS = ("<", ">", "<=", ">=", r"\le", r"\ge", r"\leq", r"\geq")
_OF_RANK = {1: "vector", 2: "matrix"}


def implied_kind(out, crossing=False):
    """Set the kind of a draft that has none, where what is said can be said of one kind only.

    crossing   more words follow: what they may still tell is left to them
    """
    if out.settled:
        return
    if "takes" in out.fields and not crossing:
        out.fields["kind"] = "function"
        return
    rank, said = len(out.fields.get("shape", ())), out.fields.get("domain")
    if rank:
        if not crossing:
            out.fields["kind"] = _OF_RANK[rank]
        return
    number = said not in (None, "real") or rank_of_face(out.parts.name) == 0 and (
        not crossing and (said == "real" or _is_ordered(out)) or is_number(out))
    if number and out.structure <= {"sums_to_one"}:
        out.fields["kind"], out.notes["each"], out.notes["implied"] = "scalar", True, True


def is_number(out):
    """The last role it is said to have is that of a number: a learning rate, a threshold."""
    roles = out.notes.get("roles", ())
    last = " ".join(roles[-1].split()) if roles else ""
    counted = any(map(is_letter, out.parts.subscripts))
    return NUMBERS.fullmatch(last) is not None and (counted or not last.endswith("s") or last == "degrees of freedom")


def _is_ordered(out):
    return any(set(marks) <= set(_ORDERS) and spelled(out.key) in map(spelled, sides) for sides, marks in out.relations)


def orders(out, relation):
    """True for a relation by which the name is below, above or not another: 0 < p < 1."""
    sides = [spelled(s.strip()) for s in split(relation, RELATION.pattern)]
    return {m.group() for m in depth_zero(relation, RELATION.pattern)} <= {*_ORDERS, "!=", r"\ne", r"\neq"} and \
        sides.count(spelled(out.key)) == 1
