"""Derivatives by Graph.diff with respect to entry variables.

A variable that is no free variable of the instance (it has a definition, a structure, or is bound) is cut: replaced in
the body by fresh variables, differentiated by, and put back.  So d y / d f_3 with f_3 = f_1 + f_2 holds the rest of the
definitions fixed, and the derivative by a symmetric matrix takes its entries as independent.

Layout (JUDGING section 7): a scalar by an array has the shape of the array (its transpose in numerator layout, where
that is declared); a vector by a vector is [df_i/dx_j], transposed in denominator layout.
"""

from derive.term.record import record
from verifiers.graph import NONZERO, VAR
from verifiers.instance.declared import canonical, member
from verifiers.instance.entrywise import is_prime
from verifiers.instance.evaluator import means
from verifiers.instance.matrices import transpose
from verifiers.instance.sizes import position
from verifiers.instance.value import Array, Cut, Multiple, collapsed, sized
from verifiers.verdict import CannotDecide, Reason


@record(frozen=True)
class Target:
    """A variable of differentiation: its nodes in an array shape, how to put them back, how to rescale (d/d s^2)."""

    shape: tuple[int, int]
    nodes: tuple[int, ...]
    original: tuple[int, ...]
    cut: tuple = ()
    power: int | None = None
    row: bool = False           # by x^T: a row, and the numerator layout

    @property
    def is_scalar(self):
        return len(self.nodes) == 1


def _target(evaluator, term, env):
    """The Target of a name, an entry or member, or a power of a name (d/d sigma^2)."""
    if term.head == "pow" and term.args[1].head == "num" and term.args[0].head in ("name", "index"):
        inner = _target(evaluator, term.args[0], env)
        k = evaluator.graph.value_of(evaluator.scalar(term.args[1]))
        if inner.is_scalar and k.denominator == 1 and k > 1:
            return Target(inner.shape, inner.nodes, inner.original, inner.cut, int(k))
    if term.head == "transpose":
        t = _target(evaluator, term.args[0], env)
        return Target(t.shape[::-1], t.nodes, t.original, t.cut, t.power, row=True)
    if term.head == "name":
        return _named_target(evaluator, term, env)
    if term.head == "index":
        return _entry_target(evaluator, term, env)
    raise CannotDecide(Reason.NEEDS_LEMMA, f"a derivative by a {term.head}")


def _named_target(evaluator, term, env):
    for d in evaluator.claim.symbols:
        if term in d.parameters and d.kind not in ("function", "mass", "density"):
            raise CannotDecide(Reason.DECLARATION, f"how {d.name} depends on {term.value} is not declared")
    value = evaluator.value(term, env)
    if isinstance(value, Multiple) or isinstance(value, Array) and value.free:
        raise CannotDecide(Reason.DECLARATION, f"{term.value} has no size to differentiate by")
    lexical = any(k == term.value for k, _ in env)
    key = term.value if lexical else Cut(term.value)
    d = evaluator.table.get(term.value)
    if d is not None and d.entries_of is not None and not lexical:
        key = Cut(d.entries_of)
    free = d is not None and d.definition is None and (d.name, ()) not in evaluator.given_values and not lexical
    return _cut(evaluator, key, value, term.value, free)


def _cut(evaluator, key, value, name, free=False):
    """The Target of a value: its own variables where they are ``free`` in themselves, else fresh ones in its place."""
    shape = value.shape if isinstance(value, Array) else (1, 1)
    nodes = value.entries if isinstance(value, Array) else (value,)
    if free and all(evaluator.graph.operation[n] == VAR for n in nodes) and len(set(nodes)) == len(nodes) \
            and not _is_shared(evaluator, nodes):
        return Target(shape, nodes, nodes)
    fresh = tuple(_fresh(evaluator, name, n) for n in nodes)
    replaced = Array(*shape, fresh) if isinstance(value, Array) else fresh[0]
    return Target(shape, fresh, nodes, ((key, replaced),))


def _is_shared(evaluator, nodes):
    """Whether a variable is pi, an element or an index: then it is a value here, not the thing itself."""
    return any(evaluator.graph.domain[n] == "pi" or n in evaluator.elements for n in nodes)


def _fresh(evaluator, name, node):
    """A variable to stand for ``node`` while it is differentiated by, in the same domain where one is declared."""
    graph = evaluator.graph
    return graph.var(f"d{name}#{len(graph)}", graph.domain.get(node, "real"))


def _entry_target(evaluator, term, env):
    """A member x_i of a family, an entry A_ij of an array or of a member, or an entry of a bound array."""
    places, base = [], term
    while base.head == "index":
        places = [position(evaluator, s, env) for s in base.args[1:]] + places
        base = base.args[0]
    if base.head != "name":
        raise CannotDecide(Reason.NEEDS_LEMMA, "a derivative by an entry of an expression")
    if any(k == base.value for k, _ in env):
        return _entry_of(evaluator, base.value, evaluator.bound(base.value, env), tuple(places))
    name, found = canonical(evaluator, base.value, tuple(places))
    d = evaluator.declared.families[name]
    own, rest = found[:len(d.indices)], found[len(d.indices):]
    whole = member(evaluator, name, own, env) if own or not rest else None
    free = d.definition is None and (name, own) not in evaluator.given_values
    if not rest:
        return _cut(evaluator, Cut(name, own), whole, name, free)
    if whole is None and not all(isinstance(p, int) for p in rest):
        return _cut(evaluator, Cut(name, found), member(evaluator, name, found, env), name, free)
    if whole is None:
        from verifiers.instance.declared import named_value
        whole = evaluator.bound(name, env)
        whole = named_value(evaluator, name, env) if whole is None else whole
    return _entry_of(evaluator, Cut(name, own), whole, rest, free)


def _entry_of(evaluator, key, array, places, free=False):
    if isinstance(array, int) and set(places) <= {1}:
        return _cut(evaluator, key, array, "")
    if not isinstance(array, Array) or not all(isinstance(p, int) for p in places):
        raise CannotDecide(Reason.DECLARATION, "a derivative by an entry of what has no entries")
    if len(places) == 1:
        places = (places[0], 1) if array.columns == 1 else (1, places[0])
    i, j = places
    if not (1 <= i <= array.rows and 1 <= j <= array.columns):
        raise CannotDecide(Reason.DECLARATION, f"there is no entry {places} in an array {array.rows} x {array.columns}")
    evaluator.touch("entry")
    evaluator.places.update((i, j))
    node = array[i - 1, j - 1]
    if free and evaluator.graph.operation[node] == VAR and array.entries.count(node) == 1:
        return Target((1, 1), (node,), (node,))
    fresh, at = _fresh(evaluator, "entry", node), (i - 1) * array.columns + j - 1
    replaced = Array(*array.shape, array.entries[:at] + (fresh,) + array.entries[at + 1:])
    return Target((1, 1), (fresh,), (node,), ((key, replaced),))


# -- differentiating ------------------------------------------------------------------------------------------------
def _body(evaluator, term, targets, env):
    """The value of the body with the cuts made; conditions on fresh variables are put back to the originals."""
    graph, mark = evaluator.graph, evaluator.graph.mark()
    inner = env + tuple(c for t in targets for c in t.cut)
    value = evaluator.value(term, inner)
    if inner != env:
        taken = graph.withdraw(mark)
        for (tag, _), node in zip(taken, _restored(graph, targets, [n for _, n in taken]), strict=True):
            graph.require(tag, node)
    return value


def _restored(graph, targets, nodes):
    back = {f: o for t in targets for f, o in zip(t.nodes, t.original, strict=True) if f != o}
    return graph.substitute(nodes, back) if back and nodes else list(nodes)


def _derivative(evaluator, node, target, k):
    """d node / d (k-th entry of the target), through d s^k = k s^{k-1} ds where the target is a power."""
    graph, variable = evaluator.graph, target.nodes[k]
    _list_kinks(evaluator, node, variable, target)
    slope = graph.diff(node, variable)
    if target.power is None:
        return slope
    inner = graph.mul(graph.num(target.power), graph.pow(variable, graph.num(target.power - 1)))
    return graph.div(slope, inner)


def _list_kinks(evaluator, node, variable, target):
    """Where a sign or floor depends on the variable, the derivative is taken off the kink."""
    graph = evaluator.graph
    for n in graph.reachable((node,)):
        operands = graph.operands[n]
        if isinstance(operands, tuple) and operands and operands[0] in ("sign", "floor") \
                and variable in graph.variables((operands[1],)):
            inside, = _restored(graph, [target], [operands[1]])
            if (NONZERO, inside) not in evaluator.constraints:
                evaluator.constraints.append((NONZERO, inside))
            if "the derivative is taken away from kinks" not in evaluator.notes:
                evaluator.notes.append("the derivative is taken away from kinks")


def _record_sums(evaluator, targets):
    """The derivative of a sum is a sum of its own: coverage counts them."""
    graph = evaluator.graph
    for measure in evaluator.measures.values():
        for target in targets:
            for body in tuple(measure.sums):
                variables = set(graph.variables((body,)))
                measure.sums.update(graph.diff(body, v) for v in target.nodes if v in variables)


@means("deriv")
def _deriv(evaluator, term, env):
    body, *variables = term.args
    targets, inner = [], env
    for v in variables:
        same = [t for t, w in zip(targets, variables, strict=False) if w is v]
        targets.append(same[0] if same else _target(evaluator, v, inner))
    evaluator.touch("derivative")
    value = _body(evaluator, body, targets, env)
    _record_sums(evaluator, targets)
    for target in targets:
        value = _by(evaluator, value, target)
    return _put_back(evaluator, value, targets)


def _put_back(evaluator, value, targets):
    nodes = value.entries if isinstance(value, Array) else (value,)
    restored = _restored(evaluator.graph, targets, list(nodes))
    return Array(*value.shape, tuple(restored)) if isinstance(value, Array) else restored[0]


def _by(evaluator, value, target):
    """The derivative of a value by one target, laid out."""
    if isinstance(value, Multiple) or isinstance(value, Array) and value.free:
        raise CannotDecide(Reason.DECLARATION, "a derivative of what has no size")
    if isinstance(value, int):
        nodes = tuple(_derivative(evaluator, value, target, k) for k in range(len(target.nodes)))
        result = Array(*target.shape, nodes)
        return collapsed(transpose(result) if evaluator.layout == "numerator" and not target.row else result)
    if target.is_scalar:
        return Array(*value.shape, tuple(_derivative(evaluator, e, target, 0) for e in value.entries))
    if min(value.shape) > 1 or min(target.shape) > 1:
        raise CannotDecide(Reason.NEEDS_LEMMA, "the derivative of an array by a matrix has no layout here")
    evaluator.touch("vector by vector")
    rows = tuple(_derivative(evaluator, e, target, k) for e in value.entries for k in range(len(target.nodes)))
    jacobian = Array(len(value.entries), len(target.nodes), rows)
    if evaluator.layout is None and not target.row:
        note = "the derivative of a vector by a vector has d f_i / d x_j in row i and column j"
        if note not in evaluator.notes:
            evaluator.notes.append(note)
    return transpose(jacobian) if evaluator.layout == "denominator" and not target.row else jacobian


@means("at")
def _at(evaluator, term, env):
    """The body, derivatives in it taken, with the variable then put at the point."""
    body, variable, point = term.args
    graph, value = evaluator.graph, evaluator.value(point, env)
    if isinstance(value, Multiple) or isinstance(value, Array) and value.free:
        known = evaluator.value(variable, env)
        shape = known.shape if isinstance(known, Array) else (1, 1)
        value = collapsed(sized(value, graph, shape))
    if isinstance(value, Array) and is_prime(evaluator.claim, body, variable):
        evaluator.touch("derivative", "entries")
        return Array(*value.shape, tuple(_at_one(evaluator, body, variable, e, env) for e in value.entries))
    return _at_value(evaluator, body, variable, value, env)


def _at_one(evaluator, body, variable, node, env):
    """The derivative of a function of a number at one number."""
    result = _at_value(evaluator, body, variable, node, env)
    if not isinstance(result, int):
        raise CannotDecide(Reason.DECLARATION, "the derivative of a function of a number is no number")
    return result


def _at_value(evaluator, body, variable, value, env):
    original = value.entries if isinstance(value, Array) else (value,)
    fresh = tuple(_fresh(evaluator, variable.value, n) for n in original)
    replaced = Array(*value.shape, fresh) if isinstance(value, Array) else fresh[0]
    shape = value.shape if isinstance(value, Array) else (1, 1)
    target = Target(shape, fresh, original, ((Cut(variable.value), replaced),))
    count = len(evaluator.constraints)
    result = _put_back(evaluator, _body(evaluator, body, (target,), env), (target,))
    later = evaluator.constraints[count:]
    evaluator.constraints[count:] = [(tag, n) for (tag, _), n in zip(
        later, _restored(evaluator.graph, [target], [n for _, n in later]), strict=True)]
    return result


@means("grad")
def _grad(evaluator, term, env):
    """The gradient of a scalar: the shape of the variable, in every layout."""
    body, variable = term.args
    target = _target(evaluator, variable, env)
    value = _body(evaluator, body, (target,), env)
    if not isinstance(value, int):
        raise CannotDecide(Reason.NEEDS_LEMMA, "the gradient of what is not a number")
    evaluator.touch("derivative")
    _record_sums(evaluator, (target,))
    nodes = tuple(_derivative(evaluator, value, target, k) for k in range(len(target.nodes)))
    return _put_back(evaluator, collapsed(Array(*target.shape, nodes)), (target,))


@means("hess")
def _hess(evaluator, term, env):
    """The matrix of second derivatives of a scalar by a vector."""
    body, variable = term.args
    target = _target(evaluator, variable, env)
    value = _body(evaluator, body, (target,), env)
    if not isinstance(value, int) or min(target.shape) > 1:
        raise CannotDecide(Reason.NEEDS_LEMMA, "second derivatives of an array, or by a matrix")
    evaluator.touch("derivative")
    _record_sums(evaluator, (target,))
    _record_sums(evaluator, (target,))
    n = len(target.nodes)
    slopes = [_derivative(evaluator, value, target, k) for k in range(n)]
    nodes = tuple(_derivative(evaluator, s, target, k) for s in slopes for k in range(n))
    return _put_back(evaluator, collapsed(Array(n, n, nodes)), (target,))
