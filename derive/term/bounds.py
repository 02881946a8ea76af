"""Relations on one declared name: bounds become a domain, sums and symmetries a word of structure."""

from derive.term.build import ONE, ZERO, index, name, num, rel, term
from derive.term.record import replace
from derive.term.relation import Relation

RELATIONS = {"=": Relation.EQ, "!=": Relation.NE, r"\ne": Relation.NE, r"\neq": Relation.NE, "<": Relation.LT,
             ">": Relation.GT, "<=": Relation.LE, r"\le": Relation.LE, r"\leq": Relation.LE, ">=": Relation.GE,
             r"\ge": Relation.GE, r"\geq": Relation.GE, r"\in": Relation.IN}
_MIRROR = {Relation.LT: Relation.GT, Relation.LE: Relation.GE, Relation.GT: Relation.LT, Relation.GE: Relation.LE}
_DOMAINS = {(None, "<", ZERO): "negative", (ZERO, "<", None): "positive", (ZERO, "<=", None): "nonnegative",
            (ZERO, "<<", ONE): "unit", (ZERO, "<=<=", ONE): "closed_unit", (ZERO, "<<=", ONE): "closed_unit",
            (ZERO, "<=<", ONE): "closed_unit"}


def member_of(declaration):
    """The name as it stands in formulas: of a family, its general member."""
    own = name(declaration.name)
    return index(own, *map(name, declaration.indices)) if declaration.indices else own


def chain(terms, marks):
    """a < b < c as the tuple of its relations."""
    return tuple(rel(RELATIONS[m], a, b) for a, m, b in zip(terms, marks, terms[1:], strict=False))


def bounds_of(member, declaration, terms, marks):
    """The declaration with a domain or bounds out of ``c < x < d``; None where the relation says something else."""
    if declaration.kind not in ("scalar", "size", "index") or declaration.definition is not None or \
            terms.count(member) != 1 or len(terms) > 3:
        return None
    kinds = [RELATIONS[m] for m in marks]
    if kinds == [Relation.NE] and ZERO in terms and declaration.domain == "real":
        return replace(declaration, domain="nonzero")
    at = terms.index(member)
    if len(terms) == 2 and kinds[0] in _MIRROR:
        kinds = [kinds[0] if at else _MIRROR[kinds[0]]]
        side = kinds[0] in (Relation.LT, Relation.LE)
        other = terms[1 - at]
        return _bounded(declaration, member, *((other, kinds[0], None, None) if side else
                                               (None, None, _MIRROR[kinds[0]], other)))
    if len(terms) == 3 and at == 1:
        if all(k in (Relation.GT, Relation.GE) for k in kinds):
            terms, kinds = terms[::-1], [_MIRROR[k] for k in kinds[::-1]]
        if all(k in (Relation.LT, Relation.LE) for k in kinds):
            return _bounded(declaration, member, terms[0], kinds[0], kinds[1], terms[2])
    return None


def _bounded(declaration, member, low, first, second, high):
    if declaration.kind in ("size", "index") or declaration.domain == "integer":
        low, high = _whole(low, first, 1), _whole(high, second, -1)
        low, high = _tighter(low, declaration.low, max), _tighter(high, declaration.high, min)
        return None if "open" in (low, high) else replace(declaration, low=low, high=high)
    marks = (first or "") + (second or "")
    domain = _DOMAINS.get((low, marks, high))
    if domain is None or declaration.domain not in ("real", domain) and (
            declaration.domain, domain) != ("closed_unit", "unit"):
        return None
    extra = {"<<=": (rel(Relation.LT, ZERO, member),), "<=<": (rel(Relation.LT, member, ONE),)}.get(marks, ())
    return replace(declaration, domain=domain, constraints=declaration.constraints + extra)


def _tighter(bound, old, choice):
    """The bound that holds beside one that was said before; "open" where both must be kept as they are."""
    if None in (bound, old) or bound is old:
        return bound or old
    numbers = bound != "open" and bound.head == old.head == "num"
    return num(choice(bound.value, old.value)) if numbers else "open"


def _whole(bound, relation, step):
    if bound is None or relation is Relation.LE:
        return bound
    return num(bound.value + step) if bound.head == "num" else "open"


def recognise(declaration, relations):
    """The declaration with constraints; a sum that is one, symmetry, an even function are words of structure."""
    for relation in relations:
        left, right = relation.args
        if relation.value is Relation.EQ and right is ONE and _is_total(declaration, left):
            declaration = replace(declaration, structure=declaration.structure | {"sums_to_one"})
        elif relation.value is Relation.EQ and is_even(declaration, left, right):
            declaration = replace(declaration, structure=declaration.structure | {"even"})
        elif declaration.kind == "matrix" and relation.value is Relation.EQ and member_of(declaration) in (
                left, right) and term("transpose", member_of(declaration)) in (left, right):
            declaration = replace(declaration, structure=declaration.structure | {"symmetric"})
        else:
            declaration = replace(declaration, constraints=declaration.constraints + (relation,))
    return declaration


def _is_total(declaration, left):
    """sum_j t_j over the one index of the family."""
    if left.head != "sum" or len(declaration.indices) != 1:
        return False
    body, variable, domain = left.args
    own_range = declaration.ranges[0]
    return body == term("index", term("name", value=declaration.name), variable) and domain in (
        own_range, term("implied"))


def is_even(declaration, left, right):
    """p(-t) = p(t)."""
    def called(side):
        return side.head == "call" and len(side.args) == 2 and side.args[0].value == declaration.name
    return called(left) and called(right) and (left.args[1] == term("mul", num(-1), right.args[1]) or
                                               right.args[1] == term("mul", num(-1), left.args[1]))
