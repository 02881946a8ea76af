"""An oracle outside the judges: Terms evaluated by mpmath at 50 digits in random worlds, straight from their meaning.

It shares no code with ``verifiers``: a plain tree walk, numeric differentiation, finite sample spaces.  What it does
not know it says (``Unknown``); it is asked only whether a mutant that a judge accepted is truly equivalent.
"""

from itertools import product

import mpmath as mp

from derive.term import Term, free_names, name, subterms
from oracle_arrays import arrays
from oracle_laws import Laws
from oracle_tables import LAWS, function_of
from oracle_values import (
    FUNCTIONS,
    Undefined,
    Unknown,
    compare,
    is_zero,
    smooth_of,
    times,
)

NOTHING = mp.mpf(10)**-42
MEMBERS = 3             # of a declared finite set


def evaluate(term, world, env, atom=0):
    """The value of a Term, mpf or matrix; ``env`` holds bound names, ``atom`` is the point of the sample space."""
    rule = RULES.get(term.head)
    if rule is None:
        if term.head in FUNCTIONS:
            return _real(FUNCTIONS[term.head](evaluate(term.args[0], world, env, atom)))
        raise Unknown(term.head)
    return rule(term, world, env, atom)


def _real(value):
    if isinstance(value, mp.mpc):
        raise Undefined("complex value")
    return value


def _name(term, world, env, atom):
    if term.value in env:
        return env[term.value]
    d = world.declared.get(term.value)
    if d is not None and d.kind == "function" and d.definition is None and d.formals:
        return smooth(d, world, env, atom)
    if (term.value, (), atom) in world.override or (term.value, (), 0) in world.override:
        return world.value(term.value, (), atom if (term.value, (), atom) in world.override else 0)
    if d is not None and d.definition is not None and not d.indices:
        return evaluate(d.definition, world, {}, atom)
    return world.value(term.value, (), atom if d is not None and d.kind == "random" else 0)


def smooth(d, world, env, atom):
    """Some smooth function of its arguments."""
    return smooth_of([evaluate(formal, world, env, atom) for formal in d.formals])


def _index(term, world, env, atom):
    base, *subscripts = term.args
    where = tuple(int(evaluate(s, world, env, atom)) for s in subscripts)
    if base.head == "name" and base.value not in world.declared and base.value not in env:
        label = f"{base.value}_{{{''.join(map(str, where))}}}"      # \theta_{10} declared by itself
        label = label if label in world.declared else f"{base.value}_{''.join(map(str, where))}"
        return _name(name(label), world, env, atom)
    if base.head == "name" and base.value not in env:
        d = world.declared.get(base.value)
        if (base.value, where, 0) in world.override:
            return world.override[base.value, where, 0]
        if d is not None and d.entries_of is not None:
            return evaluate(type(base)("name", (), d.entries_of), world, env, atom)[_cell(where)]
        if d is not None and d.indices:
            _within(d, where, world)
            if d.definition is not None:
                return evaluate(d.definition, world, dict(zip(d.indices, where, strict=True)), atom)
            return world.value(base.value, where, atom if d.kind == "random" else 0)
    value = evaluate(base, world, env, atom)
    if not all(1 <= k <= n for k, n in zip(where, (value.rows, value.cols), strict=False)):
        raise Undefined("an entry outside the array")
    return value[_cell(where)]


def _within(d, where, world):
    """Members of a family exist at the indices that are declared."""
    for k, r in zip(where, d.ranges, strict=True):
        if r.head == "range" and r.args[1].head != "infinity":
            low, high = (int(evaluate(a, world, {})) for a in r.args)
            if not low <= k <= high:
                raise Undefined("a member outside its range")


def _cell(where):
    return tuple(k - 1 for k in (*where, 1)[:2])


def _call(term, world, env, atom):
    function, *args = term.args
    d = world.declared.get(function.value)
    if d is not None and d.kind == "chain":
        return _value_of_state(d, args, world)
    if d is not None and d.kind in LAWS and d.definition is None:
        return world.tables.density(function.value, [evaluate(a, world, env, atom) for a in args], term.value)
    if d is not None and d.kind == "function" and d.definition is None and not d.structure - {"smooth", "finite"}:
        if d.shape or d.domain != "real":
            raise Unknown(f"function {d.name}")
        return function_of(d.name, [evaluate(a, world, env, atom) for a in args])
    if d is None or d.definition is None or not d.formals:
        raise Unknown(f"call of {function.value}")
    bound = {f.value: evaluate(a, world, env, atom) for f, a in zip(d.formals, args, strict=True)}
    return evaluate(d.definition, world, bound, atom)


def _value_of_state(d, args, world):
    """The value of a state of a Markov chain, v = r + gamma T v solved."""
    transition, reward, discount = (evaluate(t, world, {}) for t in (d.transition, d.reward, d.discount))
    values = mp.lu_solve(mp.eye(transition.rows) - discount*transition, reward)
    return values[d.states.index(args[0].value)]


def _add(term, world, env, atom):
    total = None
    for a in term.args:
        value = evaluate(a, world, env, atom)
        # 0 stands for an array of zeros of any shape
        total = value if total is None or is_zero(total) else total if is_zero(value) else total + value
    return total


def _mul(term, world, env, atom):
    total = mp.mpf(1)
    for a in term.args:
        total = times(total, evaluate(a, world, env, atom))
    return total


def _pow(term, world, env, atom):
    base, exponent = (evaluate(a, world, env, atom) for a in term.args)
    if isinstance(base, mp.matrix) and (base.rows, base.cols) == (1, 1):
        base = base[0, 0]
    if isinstance(base, mp.matrix):
        return base**int(exponent)
    if exponent > 0 and not isinstance(base, mp.mpc) and abs(base) < NOTHING:
        base = mp.mpf(0)            # what cancels to a rest of rounding may be a 0 under a root
    return _real(mp.power(base, exponent))


def members(domain, world, env, atom):
    """The integers of an index set."""
    if domain.head == "range":
        low, high = (int(evaluate(a, world, env, atom)) for a in domain.args)
        return range(low, high + 1)
    d = world.declared.get(domain.value) if domain.head == "name" else None
    if d is not None and d.kind == "set" and d.definition is None and not d.indices:
        return range(1, MEMBERS + 1)
    raise Unknown(f"index set {domain.head}")


def _domain(term, world):
    body, variable, domain = term.args
    return range_of(variable, body, world) if domain.head == "implied" else domain


def range_of(variable, body, world):
    """The range of the first family in a Term that has the variable as a subscript; Unknown where none has."""
    for node in _families(body):
        d = world.declared.get(node.args[0].value)
        if d is not None and variable in node.args[1:]:
            if d.indices:
                return d.ranges[node.args[1:].index(variable)]
    raise Unknown("implied range")


def _families(term):
    if term.head == "index" and term.args[0].head == "name":
        yield term
    for a in term.args:
        yield from _families(a)


def _over(combine):
    def rule(term, world, env, atom):
        law = law_of(term, world) if term.args[2].head == "implied" else None
        if law is not None:
            return _over_points(term, world, env, atom, law, combine)
        domain, condition = _domain(term, world), None
        if domain.head == "filter":
            domain, condition = domain.args
        values = []
        for k in members(domain, world, env, atom):
            inner = {**env, term.args[1].value: mp.mpf(k)}
            if condition is None or holds(condition, world, inner, atom):
                values.append(evaluate(term.args[0], world, inner, atom))
        return combine(values)
    return rule


def _sum(values):
    total = mp.mpf(0)
    for k, v in enumerate(values):
        total = v if k == 0 else total + v
    return total


def law_of(term, world):
    """The declared law of which the variable of a sum or integral is an argument, or None."""
    body, variable, _ = term.args
    for node in subterms(body):
        if node.head == "call" and variable in node.args[1:]:
            d = world.declared.get(node.args[0].value)
            if d is not None and d.kind in LAWS:
                return d
    return None


def _over_points(term, world, env, atom, law, combine):
    body, variable, _ = term.args
    weighted = [(x, world.tables.weight(law, k)) for k, x in enumerate(world.tables.support(law.shape))]
    values = [evaluate(body, world, {**env, variable.value: x}, atom) for x, _ in weighted]
    return combine([times(w, v) for (_, w), v in zip(weighted, values, strict=True)] if combine is _sum else values)


def _integral(term, world, env, atom):
    body, variable, domain = term.args
    law = law_of(term, world) if domain.head == "implied" else None
    if law is not None and law.kind == "density":
        return _over_points(term, world, env, atom, law, _sum)
    if domain.head != "range":
        raise Unknown("integral over a set")
    known = tuple((n, env[n]) for n in sorted(free_names(term) & set(env)))
    if world.override or any(isinstance(value, mp.matrix) for _, value in known):
        return _quadrature(term, world, env, atom)
    key = term, known, atom, mp.mp.dps
    if key not in world.integrals:      # one inside another is asked for at every node
        world.integrals[key] = _quadrature(term, world, env, atom)
    return world.integrals[key]


def _quadrature(term, world, env, atom):
    body, variable, domain = term.args
    ends = [evaluate(a, world, env, atom) for a in domain.args]
    with mp.workdps(25):
        return mp.quad(lambda t: evaluate(body, world, {**env, variable.value: t}, atom), ends)


def _prod(values):
    total = mp.mpf(1)
    for v in values:
        total = times(total, v)
    return total


def holds(condition, world, env, atom=0):
    """Whether a condition holds, to 20 digits."""
    if condition.head in ("and", "or"):
        return (all if condition.head == "and" else any)(holds(a, world, env, atom) for a in condition.args)
    if condition.head != "rel":
        raise Unknown(condition.head)
    left, right = (evaluate(a, world, env, atom) for a in condition.args)
    return compare(left, right, condition.value)


def given_holds(given, world):
    """Whether a given holds, with an undeclared letter at every index of its family."""
    letters = sorted(n for n in free_names(given) if n not in world.declared)
    ranges = [members(range_of(name(letter), given, world), world, {}, 0) for letter in letters]
    return all(holds(given, world, dict(zip(letters, where, strict=True))) for where in product(*ranges))


def _derivative(term, world, env, atom):
    body, *variables = term.args
    places = [_place(v, world, env, atom) for v in variables]
    # a variable that is defined (f_2 = f_1^2) keeps its own value as the point of the derivative
    values = {v: evaluate(v if v.head == "name" else v.args[0], world, env, atom) for v in variables
              if v.head == "name" or not world.declared[v.args[0].value].indices
              or world.declared[v.args[0].value].definition is not None}
    held = {key: values[v] for (key, _), v in zip(places, variables, strict=True)
            if v in values and key not in world.override}
    world.override.update(held)
    try:
        return partial(lambda: evaluate(body, world, env, atom), places, world)
    finally:
        for key in held:
            del world.override[key]


def _place(variable, world, env, atom):
    """(key of the world's table, cell or None) of what is differentiated by."""
    if variable.head == "name":
        return (variable.value, (), 0), None
    base, *subscripts = variable.args
    where = tuple(int(evaluate(s, world, env, atom)) for s in subscripts)
    d = world.declared.get(base.value) if base.head == "name" else None
    if d is None:
        raise Unknown("derivative by a nested entry")
    if d.entries_of is not None:
        return (d.entries_of, (), 0), _cell(where)
    return ((base.value, where, 0), None) if d.indices else ((base.value, (), 0), _cell(where))


def partial(function, places, world):
    """The mixed partial derivative at places; arrays give arrays of partials.

    Central differences with a third of the digits as their step: 32 of 50 are right while values are about 1.
    """
    if not places:
        return function()
    (key, cell), *rest = places
    value = world.override[key] if key in world.override else world.value(*key)
    if isinstance(value, mp.matrix) and cell is None:
        cells = list(product(range(value.rows), range(value.cols)))
        parts = [partial(function, [(key, at), *rest], world) for at in cells]
        if isinstance(parts[0], mp.matrix):         # row i, column j: the i-th entry by the j-th
            return mp.matrix([[part[i, 0] for part in parts] for i in range(parts[0].rows)])
        out = mp.matrix(value.rows, value.cols)
        for at, part in zip(cells, parts, strict=True):
            out[at] = part
        return out
    shifted, entry = [], value[cell] if cell is not None else value
    size = mp.mpf(10)**-(mp.mp.dps//3)*max(1, abs(entry))
    for h in (size, -size):
        moved = value.copy() if cell is not None else value + h
        if cell is not None:
            moved[cell] += h
        before = world.override.get(key)
        world.override[key] = moved
        try:
            shifted.append(partial(function, rest, world))
        finally:
            if before is None:
                del world.override[key]
            else:
                world.override[key] = before
    return (shifted[0] - shifted[1])/(2*size)


def _cases(term, world, env, atom):
    values = list(term.args)
    while len(values) > 1:
        value, condition, *values = values
        if holds(condition, world, env, atom):
            return evaluate(value, world, env, atom)
    if not values:
        raise Undefined("no case holds")
    return evaluate(values[0], world, env, atom)


def _hessian(term, world, env, atom):
    return _derivative(Term("grad", (Term("grad", term.args), term.args[1])), world, env, atom)


RULES = {
    "num": lambda t, *_: mp.mpf(t.value.numerator)/t.value.denominator, "pi": lambda *_: mp.pi,
    "zeros": lambda *_: mp.mpf(0), "name": _name, "index": _index, "call": _call, "add": _add, "mul": _mul, "pow": _pow,
    "sum": _over(_sum), "prod": _over(_prod), "maxover": _over(max), "minover": _over(min),
    "int": _integral, "infinity": lambda *_: mp.inf,
    "max": lambda t, *rest: max(evaluate(a, *rest) for a in t.args),
    "min": lambda t, *rest: min(evaluate(a, *rest) for a in t.args),
    "indicator": lambda t, *rest: mp.mpf(int(holds(t.args[0], *rest))),
    "deriv": _derivative, "grad": _derivative, "hess": _hessian, "cases": _cases,
    "binom": lambda t, *rest: mp.binomial(*(evaluate(a, *rest) for a in t.args)),
}
RULES |= Laws(evaluate).rules() | arrays(evaluate)
