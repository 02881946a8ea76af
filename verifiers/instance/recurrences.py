"""Functions defined by themselves at other points of a finite set: the value function of a decision process.

V(s) = r(s) + gamma sum_{s'} P(s'|s) V(s') is a linear system in the values met; it is solved by Cramer's rule.
Maps into a finite set (deterministic policies) take one point for each argument; an extremum over all maps tries each.
"""

from itertools import product

from derive.term import free_names, name, subterms
from derive.term.record import record
from verifiers.instance.declared import calls_of
from verifiers.instance.processes import determinant
from verifiers.instance.references import class_of, points_of, reference
from verifiers.instance.value import Array, Cut
from verifiers.verdict import CannotDecide, Reason

UNKNOWNS, MAPS = 4, 16
SENTENCE = "a recursion over a finite set was solved at a few of its points"


@record(frozen=True)
class Choice:
    """One map into a finite set: the place of the point chosen for each argument key, in the order of ``keys``."""

    keys: tuple
    places: tuple


@calls_of("recursion")
def value_at(evaluator, d, bound, env):
    """The value of a recursive function at its bound formals ((name, value), ...)."""
    mark = "open " + d.name
    key = tuple(_key(v) for _, v in bound)
    pending = evaluator.bound(mark, env)
    scope = evaluator.scope(env)
    if pending is not None:
        return _placeholder(evaluator, d, key, pending)
    done = evaluator.recurrences.get((d.name, key, scope))
    if done is None:
        evaluator.not_general(Reason.SIZE_BOUND, SENTENCE)
        done = evaluator.recurrences[d.name, key, scope] = _solved(evaluator, d, bound, scope, mark)
    return done


def _key(value):
    return value.entries if isinstance(value, Array) else value


def _placeholder(evaluator, d, key, pending):
    node = evaluator.graph.var(f"{d.name}{key}~{pending}")
    evaluator.unknowns.setdefault((d.name, pending), {}).setdefault(key, node)
    return node


def _solved(evaluator, d, bound, scope, mark):
    """The value at ``bound`` out of the equations of all points that it leads to."""
    graph = evaluator.graph
    number = len(evaluator.recurrences) + 1
    found = evaluator.unknowns.setdefault((d.name, number), {})
    values = {tuple(_key(v) for _, v in bound): bound}
    _placeholder(evaluator, d, next(iter(values)), number)
    inner = (*scope, (Cut(mark), number))
    right, queue = {}, list(values)
    while queue:
        key = queue.pop(0)
        body = evaluator.value(d.definition, (*inner, *_bound(d, key, values)))
        if not isinstance(body, int):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a recursion of arrays over a finite set")
        right[key] = body
        queue += [k for k in found if k not in right and k not in queue]
        if len(found) > UNKNOWNS:
            raise CannotDecide(Reason.BUDGET, "a recursion over too many points")
    return _linear(graph, found, right)


def _bound(d, key, values):
    """The formals bound to the values of a key."""
    if key in values:
        return values[key]
    if any(isinstance(k, tuple) for k in key):
        raise CannotDecide(Reason.NEEDS_LEMMA, "a recursion over vectors")
    return tuple((f.value, k) for f, k in zip(d.formals, key, strict=True))


def _linear(graph, found, right):
    """The first unknown of v = c + A v by Cramer's rule.  Raises CannotDecide where the right sides are not linear."""
    keys = list(found)
    unknowns = [found[k] for k in keys]
    zero = dict.fromkeys(unknowns, graph.zero)
    rows, constants = [], []
    for k in keys:
        row = [graph.diff(right[k], v) for v in unknowns]
        if any(set(graph.variables((c,))) & set(unknowns) for c in row):
            raise CannotDecide(Reason.NEEDS_LEMMA, "a recursion that is not linear in the function")
        constants.append(graph.substitute((right[k],), zero)[0])
        rows.append(row)
    system = [[graph.sub(graph.one if i == j else graph.zero, c) for j, c in enumerate(row)]
              for i, row in enumerate(rows)]
    first = [[b, *row[1:]] for b, row in zip(constants, system, strict=True)]
    return graph.div(determinant(graph, first), determinant(graph, system))


# -- maps into a finite set ----------------------------------------------------------------------------------------
def is_map(d):
    return d is not None and d.kind == "function" and "choice" in d.structure and d.definition is None


@calls_of("choice")
def chosen(evaluator, d, arguments, env):
    """The point that a map takes its argument to."""
    key = tuple(map(_key, arguments))
    points = _codomain(evaluator, d)
    choice = evaluator.bound(d.name, env)
    if isinstance(choice, Choice):
        if key not in choice.keys:
            raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} at a point that was not counted")
        return points[choice.places[choice.keys.index(key)]]
    evaluator.not_general(Reason.SIZE_BOUND, f"{d.name} was judged as one map")
    known = evaluator.choices.setdefault(d.name, {})
    return points[known.setdefault(key, len(known)) % len(points)]


def every_map(evaluator, d, body, env):
    """The values of a body under every map; its arguments are those the body asks for."""
    points = _codomain(evaluator, d)
    space = _domain(evaluator, d)
    keys = [(_key(v),) for _, v in points_of(evaluator, space)]
    keys += [(n,) for n in _free_arguments(evaluator, space) if (n,) not in keys]
    if len(points) ** len(keys) > MAPS:
        raise CannotDecide(Reason.BUDGET, f"too many maps {d.name}")
    evaluator.not_general(Reason.SIZE_BOUND, f"every map {d.name} between a few points was tried")
    for places in product(range(len(points)), repeat=len(keys)):
        yield evaluator.scalar(body, (*env, (Cut(d.name), Choice(tuple(keys), places))))


def _free_arguments(evaluator, space):
    """Values of letters of a space that stand free: one fixed state s."""
    record = reference(evaluator)
    free = free_names(evaluator.claim.left) | free_names(evaluator.claim.right)
    return [evaluator.value(name(n)) for n in sorted(free) if record.letter(n) == space
            and n in evaluator.table and evaluator.table[n].kind == "scalar"]


def _calls(evaluator, d):
    """(law or function call, position) where a value of the map is an argument; and its own arguments."""
    terms = [evaluator.claim.left, evaluator.claim.right,
             *(o.definition for o in evaluator.claim.symbols if o.definition is not None)]
    nodes = [n for t in terms for n in subterms(t) if n.head == "call" and n.args[0].head == "name"]
    inside = [(n, k) for n in nodes for k, a in enumerate(n.args[1:])
              if a.head == "call" and a.args[0].head == "name" and a.args[0].value == d.name]
    return inside, [n for n in nodes if n.args[0].value == d.name]


def _codomain(evaluator, d):
    """The points a map takes values in: those of the letter at the place of a law or function it is put in."""
    record = reference(evaluator)
    laws = {o.name: o for o in evaluator.claim.symbols if o.kind in ("mass", "density")}
    for call, k in _calls(evaluator, d)[0]:
        law = laws.get(call.args[0].value)
        if law is not None and len(law.formals) == len(call.args) - 1:
            return [v for _, v in points_of(evaluator, record.letter(law.formals[k].value))]
    raise CannotDecide(Reason.DECLARATION, f"the set that {d.name} maps to is not known")


def _domain(evaluator, d):
    record = reference(evaluator)
    roots = {record.letter(a.value) for n in _calls(evaluator, d)[1] for a in n.args[1:] if a.head == "name"}
    if len(roots) != 1:
        raise CannotDecide(Reason.DECLARATION, f"the set that {d.name} is a map of is not known")
    space = class_of(evaluator, next(iter(roots)), evaluator.claim.left)
    if space is None:
        raise CannotDecide(Reason.DECLARATION, f"the set that {d.name} is a map of is not known")
    return space
