"""Index sets: which members they have in an instance, concrete or as weighted atoms.

An atom is keyed by the whole domain Term, so that 1..N and 0..N-1, or j <= i, are never merged (JUDGING section 4).
"""

from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from derive.term import ONE, free_names, range_, subterms
from derive.term.record import field, record
from verifiers.graph import NONZERO
from verifiers.instance.sizes import integer, position
from verifiers.instance.survey import index_terms
from verifiers.instance.value import Atom, NeedsSizes
from verifiers.verdict import CannotDecide, Reason

LONGEST = 400           # members of one concrete index set
# functions(evaluator, variable, body, env) -> [(weight or None, value)] or None, unwritten domains
RESOLVERS: list = []


@record
class Measure:
    """Weighted atoms in the place of an index set: the first ``marks`` of them are single indices of weight one.

    members   (weight, Atom) of each
    sums      nodes of what is summed, at a generic atom: their number bounds the atoms needed
    nested    whether some sum over this set depends on an index that runs over it too: kernels K(x_i, x_j)
    """

    key: str
    weights: tuple
    marks: int
    members: tuple
    sums: set = field(default_factory=set)
    nested: bool = False


@lru_cache(maxsize=1024)
def set_key(domain):
    """The identity of an index set."""
    return repr(domain)


def measure(evaluator, key):
    """The Measure of an index set in atoms mode."""
    if key not in evaluator.measures:
        atoms, marks = evaluator.plan.measured[key]
        graph = evaluator.graph
        number = list(evaluator.plan.measured).index(key) + 1
        weights = tuple(graph.one if q < marks else graph.var(f"w{number}[@{q}]", "weight")
                        for q in range(atoms + marks))
        members = tuple((w, Atom(key, q)) for q, w in enumerate(weights))
        evaluator.measures[key] = Measure(key, weights, marks, members)
    return evaluator.measures[key]


def range_bounds(evaluator, domain, env):
    """(low, high) of a concrete range."""
    low, high = domain.args
    if high.head == "infinity":
        raise CannotDecide(Reason.LIMIT, "an infinite sum or product is not evaluated")
    return integer(evaluator, low, env), integer(evaluator, high, env)


def member_of(evaluator, d, place, value):
    """"inside" or "outside": whether a subscript is in the declared range of the family's index at ``place``."""
    domain = evaluator.plan.survey.range_of(d.name, place)
    if isinstance(value, Atom):
        if domain is None or set_key(domain) != value.of:
            raise NeedsSizes(f"{d.name} is used over an index set that is not its own")
        return "inside"
    if domain is None or domain.head != "range":
        return "inside"
    if set_key(domain) in evaluator.plan.measured:
        raise NeedsSizes(f"{d.name} is used at a numbered index")
    low, high = domain.args
    first = integer(evaluator, low) if not _own_letters(d, low) else value
    last = integer(evaluator, high) if high.head != "infinity" and not _own_letters(d, high) else value
    return "inside" if first <= value <= last else "outside"


def _own_letters(d, term):
    return term.head == "name" and term.value in d.indices


def same_set(evaluator, d, places):
    """Whether the atoms ``places`` run over the rows and columns of the declared array."""
    return all(isinstance(p, Atom) and p.of == set_key(range_(ONE, n)) for p, n in zip(places, d.shape, strict=True))


def elements(evaluator, domain, variable, body, env):
    """(weight or None, value) for each member of the set ``variable`` runs over.

    A filter on data gives 0/1 nodes as weights; a filter on indices drops members.
    """
    if domain.head == "filter":
        return _filtered(evaluator, domain, variable, body, env)
    if domain.head == "implied":
        return _implied(evaluator, variable, body, env)
    if domain.head == "range":
        return _range(evaluator, domain, env)
    if domain.head == "set":
        return [(None, _element(evaluator, e, env)) for e in domain.args]
    if domain.head == "name":
        return _declared(evaluator, domain.value)
    raise CannotDecide(Reason.DECLARATION, f"an index runs over a {domain.head}")


def _element(evaluator, term, env):
    value = position(evaluator, term, env) if term.head == "name" else evaluator.value(term, env)
    evaluator.touch(*(f"ran {n}" for n in free_names(term) if n in evaluator.plan))
    return evaluator.graph.num(value) if term.head == "name" and isinstance(value, int) else value


def _range(evaluator, domain, env):
    key = set_key(domain)
    if key in evaluator.plan.measured:
        return measure(evaluator, key).members
    low, high = range_bounds(evaluator, domain, env)
    named = free_names(domain)
    evaluator.touch(*(f"ran {n}" for n in named if n in evaluator.plan))
    if named & ({n for n, _ in env if isinstance(n, str)} | evaluator.plan.survey.subscripts):
        evaluator.touch("moving bound")
    if high - low > LONGEST:
        raise CannotDecide(Reason.BUDGET, f"a sum of {high - low + 1} terms is not written out")
    return [(None, evaluator.graph.num(Fraction(k))) for k in range(low, high + 1)]


def _declared(evaluator, set_name):
    """A declared finite set of a size of its own: its elements are free and different."""
    d = evaluator.table.get(set_name)
    if d is None or d.kind != "set":
        raise CannotDecide(Reason.DECLARATION, f"{set_name} is not declared as a set")
    mode, count = evaluator.plan.get(set_name, ("concrete", 3))
    evaluator.not_general(Reason.SIZE_BOUND, f"tested on a set of {count} elements")
    first = 1 + len(evaluator.elements)
    return [(None, n) for n in _different(evaluator, [f"{set_name}.{q}" for q in range(1, count + 1)], first)]


def _different(evaluator, names, first=1):
    """Free nodes for the elements of a set, no two of which are equal, numbered from ``first`` on."""
    graph = evaluator.graph
    nodes = [graph.var(n) for n in names]
    if nodes[0] not in evaluator.elements:
        evaluator.elements.update((n, q) for q, n in enumerate(nodes, first))
        evaluator.constraints.extend((NONZERO, graph.sub(a, b)) for a, b in combinations(nodes, 2))
    return nodes


def _implied(evaluator, variable, body, env):
    """The range declared for what the variable indexes."""
    for resolver in RESOLVERS:
        values = resolver(evaluator, variable, body, env)
        if values is not None:
            return list(values)
    domains = []
    for family, place in index_terms(body, variable):
        d = evaluator.declared.subscripted(family)
        if d is not None and d.entries_of and d.definition is None:
            d = evaluator.declared.subscripted(d.entries_of)
        if d is None:
            continue
        if place < len(d.indices):
            domains.append(evaluator.plan.survey.range_of(d.name, place))
        elif place - len(d.indices) < len(d.shape):
            domains.append(range_(ONE, d.shape[place - len(d.indices)]))
    found = list(dict.fromkeys(x for x in domains if x is not None and x.head in ("range", "name", "set")))
    if not domains:
        values = _finite_arguments(evaluator, variable, body)
        if values is not None:
            return values
    if len(found) != 1:
        raise CannotDecide(Reason.DECLARATION, f"the set that {variable} runs over is not declared")
    if found[0].head == "range" and found[0].args[1].head == "implied":
        from verifiers.instance.sizes import size
        return [(None, evaluator.graph.num(k)) for k in range(1, size(evaluator, found[0].args[1]) + 1)]
    return elements(evaluator, found[0], variable, body, env)


def _finite_arguments(evaluator, variable, body):
    """The points of the finite set on which a function of the variable is declared: free and different, or None."""
    for term in subterms(body):
        if term.head != "call" or term.args[0].head != "name":
            continue
        d = evaluator.table.get(term.args[0].value)
        places = [k for k, a in enumerate(term.args[1:]) if a.head == "name" and a.value == variable]
        if places and d is not None and d.kind == "function" and "finite" in d.structure and d.definition is None:
            root, place = _space_of(evaluator.claim, variable)
            evaluator.not_general(Reason.SIZE_BOUND, f"tested on {place + 2} values of {variable}")
            return [(None, n) for n in _different(evaluator, [f"{root}@{q}" for q in range(1, place + 3)])]
    return None


def _space_of(claim, letter):
    """(name, first place) of the finite set a letter runs over: that of all functions it is an argument of.

    Letters at one place of one function run over one set, whatever their primes.
    """
    tables = {d.name for d in claim.symbols if d.kind == "function" and "finite" in d.structure}
    terms = [claim.left, claim.right, *claim.givens, *(d.definition for d in claim.symbols if d.definition is not None)]
    links = {(a.value.rstrip("'"), (n.args[0].value, k)) for t in terms for n in subterms(t)
             if n.head == "call" and n.args[0].head == "name" and n.args[0].value in tables
             for k, a in enumerate(n.args[1:]) if a.head == "name"}
    known, moving = {letter.rstrip("'")}, True
    while moving:
        places = {p for x, p in links if x in known}
        more = {x for x, p in links if p in places} | known
        moving, known = more != known, more
    return "/".join(sorted(known)), min((k for _, k in places), default=0)


def _filtered(evaluator, domain, variable, body, env):
    from verifiers.instance.conditions import truth
    inner, condition = domain.args
    graph, kept = evaluator.graph, []
    for weight, value in elements(evaluator, inner, variable, body, env):
        holds = truth(evaluator, condition, env + ((variable, value),))
        if holds is True or holds is False:
            if holds:
                kept.append((weight, value))
        else:
            kept.append((holds if weight is None else graph.mul(weight, holds), value))
    return kept
