"""Givens read before anything is built: assignments of free names, and structure that sampling builds in.

``s_0 = 0``, ``k_a = \\eta \\mu_a`` and ``k_i = \\mu_i (i \\ne a)`` say what a free name is; ``\\|u\\| = 1``,
``A^T = A`` and ``a_i^T a_j = 0 (i \\ne j)`` say what structure it has.  What neither reads stays for
verifiers.instance.givens.
"""

from derive.term import ONE, Relation, Term, free_names, subterms
from derive.term.record import record
from verifiers.graph import NONNEGATIVE
from verifiers.instance.sizes import planned, position
from verifiers.instance.survey import runs
from verifiers.instance.value import Atom
from verifiers.verdict import CannotDecide, Reason

SIMPLE = ("scalar", "vector", "matrix", "size", "index")


@record(frozen=True)
class Rule:
    """name[subscripts] = right, where ``condition`` holds; letters no declaration fixes run over everything."""

    subscripts: tuple[Term, ...]
    right: Term
    condition: Term | None
    given: Term


def parts(given):
    """(relation Term, condition Term or None) pairs of a given."""
    if given.head == "and":
        return [p for g in given.args for p in parts(g)]
    if given.head == "rel" and given.value is Relation.IMPLIES:
        condition, body = given.args
        return [(r, condition if c is None else Term("and", (condition, c))) for r, c in parts(body)]
    return [(given, None)]


def prepare(evaluator, givens):
    """Rules and structure go into the evaluator; the rest is returned as (relation, condition) pairs."""
    rest = []
    for given in givens:
        for relation, condition in parts(given):
            if relation.head != "rel" or relation.value is not Relation.EQ or not (
                    _structural(evaluator, relation, condition) or _assigns(evaluator, relation, condition)):
                rest.append((relation, condition))
    return rest


# -- assignments ----------------------------------------------------------------------------------------------------
def _assigns(evaluator, relation, condition):
    for left, right in (relation.args, relation.args[::-1]):
        name, subscripts = (left.args[0], left.args[1:]) if left.head == "index" else (left, ())
        if name.head == "name" and _assignable(evaluator, name.value, subscripts, right):
            rules = evaluator.assigned.setdefault(name.value, [])
            if any(r.subscripts == subscripts and r.condition == condition for r in rules):
                return False            # a second value of one name is an equation
            rules.append(Rule(subscripts, right, condition, relation))
            return True
    return False


def _assignable(evaluator, name, subscripts, right):
    d = evaluator.declared.families.get(name) if subscripts else evaluator.table.get(name)
    if d is None or d.kind not in SIMPLE or d.entries_of or len(subscripts) != len(d.indices):
        return False
    if d.definition is not None and not all(s.head == "num" for s in subscripts):
        return False
    if d.definition is not None and not subscripts or d.structure - {"arbitrary", "increment", "nonzero"}:
        return False
    if (d.low is not None or d.high is not None) and d.domain != "integer" or planned(evaluator, name) is not None:
        return False
    return all(s.head in ("num", "name") for s in subscripts) and name not in _reach(evaluator, right)


def _reach(evaluator, term):
    """All names a term depends on, through definitions and rules already read."""
    seen, pending = set(), list(free_names(term))
    while pending:
        n = pending.pop()
        if n in seen:
            continue
        seen.add(n)
        d = evaluator.table.get(n)
        if d is not None and d.definition is not None:
            pending.extend(free_names(d.definition))
        for rule in evaluator.assigned.get(n, ()):
            pending.extend(free_names(rule.right))
    return seen


def given_value(evaluator, d, subscripts):
    """What a given says the name (or member) is, or None.  Raises CannotDecide where a domain is not real."""
    key = d.name, subscripts
    if key in evaluator.given_values or d.name not in evaluator.assigned:
        return evaluator.given_values.get(key)
    for rule in evaluator.assigned[d.name]:
        env = _matches(evaluator, rule, subscripts)
        if env is not None and rule not in evaluator.unusable:
            try:
                value = evaluator.value(rule.right, env)
            except CannotDecide as refusal:
                evaluator.unusable.add(rule)
                evaluator.enforced = False
                evaluator.notes.append(f"a given is not built in: {refusal}")
                continue
            _in_domain(evaluator, d, value)
            if d.rank is not None and not _has_rank(evaluator, d, rule.right):
                evaluator.enforced = False
            evaluator.given_values[key] = value
            return value
    return None


def _has_rank(evaluator, d, right):
    """Whether a factor of the value has the declared rank as its length: U S V^T with r columns in U."""
    names = [evaluator.table.get(f.value) for f in right.args if f.head == "name"] if right.head == "mul" else []
    return any(d.rank in e.shape for e in names if e is not None)


def _matches(evaluator, rule, subscripts):
    """The binding of the rule's free letters, or None where it says nothing of this member."""
    from verifiers.instance.conditions import truth
    env = ()
    for pattern, place in zip(rule.subscripts, subscripts, strict=True):
        if pattern.head == "name" and runs(evaluator, pattern.value):
            env += ((pattern.value, place if isinstance(place, Atom) else evaluator.graph.num(place)),)
        elif position(evaluator, pattern) != place:
            return None
    if rule.condition is None:
        return env
    holds = truth(evaluator, rule.condition, env)
    if holds is not True and holds is not False:
        raise CannotDecide(Reason.DECLARATION, "a given holds where a condition on data does")
    return env if holds else None


def _in_domain(evaluator, d, value):
    """A name given by an expression must still lie in its domain: the sample points are held to it."""
    if d.domain == "real" and "nonzero" not in d.structure:
        return
    graph = evaluator.graph
    if isinstance(value, int):
        for bound, sign in ((d.low, 1), (d.high, -1)):
            if bound is not None and bound.head != "infinity":
                _keep(evaluator, NONNEGATIVE, graph.mul(graph.num(sign), graph.sub(value, evaluator.scalar(bound))))
        if d.domain == "integer" and graph.value_of(value) is not None:
            if graph.value_of(value).denominator != 1:
                raise CannotDecide(Reason.SIZE_BOUND, f"a given says that the whole number {d.name} is none")
            return
    if not isinstance(value, int) or d.domain not in ("positive", "nonnegative", "nonzero", "integer", "real"):
        evaluator.enforced = False
        return
    tags = {d.domain, "nonzero"} if "nonzero" in d.structure else {d.domain}
    evaluator.constraints.extend((tag, value) for tag in sorted(tags - {"real"}))


def _keep(evaluator, tag, node):
    """A bound that a given value keeps: checked where it is a number, else held by the sample points."""
    value = evaluator.graph.value_of(node)
    if value is None:
        evaluator.constraints.append((tag, node))
    elif value < 0:
        raise CannotDecide(Reason.SIZE_BOUND, "a given does not keep to what is declared")


# -- structure ------------------------------------------------------------------------------------------------------
def _structural(evaluator, relation, condition):
    left, right = relation.args
    return any(rule(evaluator, a, b, condition) for a, b in ((left, right), (right, left))
               for rule in (_unit, _orthogonal, _symmetric, _orthogonal_matrix))


def _free_vector(evaluator, term):
    """The declaration of a free vector a name or member x_i stands for, or None."""
    base = term.args[0] if term.head == "index" else term
    known = evaluator.declared.families if term.head == "index" else evaluator.table
    d = known.get(base.value) if base.head == "name" else None
    if d is None or d.kind != "vector" or d.definition is not None or len(d.indices) != len(term.args[1:]):
        return None
    return d


def _tell(evaluator, d, *words):
    evaluator.structures[d.name] = evaluator.structures.get(d.name, frozenset()) | set(words)
    return True


def _unit(evaluator, left, right, condition):
    r"""\|u\| = 1, \|u\|^2 = 1, u^T u = 1."""
    if right is not ONE or condition is not None:
        return False
    inner = left.args[0] if left.head == "pow" and left.args[1].head == "num" and left.args[1].value == 2 else left
    if inner.head == "norm":
        d = _free_vector(evaluator, inner.args[0])
    else:
        pair = _inner_product(left)
        d = _free_vector(evaluator, pair[0]) if pair and pair[0] is pair[1] else None
    return d is not None and _whole(evaluator, inner, left, d) and _tell(evaluator, d, "unit_norm")


def _whole(evaluator, inner, left, d):
    """A single vector, or every member of a family by an undeclared letter."""
    if not d.indices:
        return True
    letters = [t.args[1] for t in subterms(left) if t.head == "index" and t.args[0].value == d.name]
    return all(s.head == "name" and runs(evaluator, s.value) for s in letters)


def _inner_product(term):
    """(u, v) of u^T v, or None."""
    if term.head == "mul" and len(term.args) == 2 and term.args[0].head == "transpose":
        return term.args[0].args[0], term.args[1]
    return None


def _orthogonal(evaluator, left, right, condition):
    r"""a_i^T a_j = 0 (i \ne j); a_i^T a_j = 1[i = j]; a_i^T b_j = 0; u^T v = 0."""
    pair = _inner_product(left)
    vectors = [_free_vector(evaluator, t) for t in pair] if pair else [None]
    if None in vectors or not all(_whole(evaluator, None, t, d) for t, d in zip(pair, vectors, strict=True)):
        return False
    first, second = vectors
    if first is second:
        if len(first.indices) != 1 or pair[0].args[1] is pair[1].args[1]:
            return False
        i, j = pair[0].args[1], pair[1].args[1]
        if right.head == "indicator" and _compares(right.args[0], i, j, Relation.EQ) and condition is None:
            return _tell(evaluator, first, "orthogonal_family", "unit_norm")
        different = condition is not None and _compares(condition, i, j, Relation.NE)
        return _zero(right) and different and _tell(evaluator, first, "orthogonal_family")
    if not _zero(right) or condition is not None:
        return False
    order = [d.name for d in evaluator.claim.symbols]
    early, late = sorted((first.name, second.name), key=order.index)
    evaluator.perpendicular.setdefault(late, []).append(early)
    return True


def _zero(term):
    return term.head == "num" and term.value == 0


def _compares(condition, i, j, relation):
    return condition.head == "rel" and condition.value is relation and set(condition.args) == {i, j}


def _symmetric(evaluator, left, right, condition):
    """A^T = A."""
    if left.head != "transpose" or left.args[0] is not right or right.head != "name" or condition is not None:
        return False
    d = evaluator.table.get(right.value)
    if d is None or d.kind != "matrix" or d.definition is not None or d.indices:
        return False
    return bool(d.structure & {"symmetric", "positive_definite", "positive_semidefinite", "diagonal"}) \
        or _tell(evaluator, d, "symmetric")


def _orthogonal_matrix(evaluator, left, right, condition):
    """Q^T Q = I, and Q Q^T = I for a square Q."""
    pair = _inner_product(left)
    name = pair[0] if pair and pair[0] is pair[1] else None
    if left.head == "mul" and len(left.args) == 2 and left.args[1].head == "transpose" \
            and left.args[1].args[0] is left.args[0]:
        name = left.args[0]
    d = evaluator.table.get(name.value) if name is not None and name.head == "name" else None
    if d is None or d.kind != "matrix" or d.definition is not None or d.indices or condition is not None:
        return False
    if not _is_identity(evaluator, right) or left.args[0].head != "transpose" and d.shape[0] is not d.shape[1]:
        return False
    return "orthogonal" in d.structure or _tell(evaluator, d, "orthogonal")


def _is_identity(evaluator, term):
    from verifiers.instance.declared import IDENTITY_LETTERS
    if term.head != "name":
        return False
    d = evaluator.table.get(term.value)
    return d.kind == "identity" if d is not None else term.value in IDENTITY_LETTERS
