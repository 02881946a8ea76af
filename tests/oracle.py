"""An oracle outside the judges: Terms evaluated by mpmath at 50 digits in random worlds, straight from their meaning.

It shares no code with ``verifiers``: a plain tree walk, numeric differentiation, finite sample spaces.  What it does
not know it says (``Unknown``); it is asked only whether a mutant that a judge accepted is truly equivalent.
"""

from functools import reduce
from itertools import product
from random import Random

import mpmath as mp

from derive.term import Relation
from oracle_frames import frame, lengths, member, slots
from oracle_laws import Laws
from oracle_values import (
    FUNCTIONS,
    Undefined,
    Unknown,
    compare,
    entrywise,
    frobenius,
    is_zero,
    smooth_of,
    softmax,
    times,
)

STEP = mp.mpf(10)**-16
ATOMS = 3
KNOWN = {"finite_variance", "symmetric", "nonzero", "positive_definite", "invertible", "full_column_rank", "diagonal",
         "full_row_rank", "positive_semidefinite", "orthogonal", "stochastic", "unit_norm", "sums_to_one", "one_hot"}
SPECIAL = {"real": (0, 1, -1, 2), "positive": (1, 2, 0.5), "nonnegative": (0, 1, 2), "negative": (-1, -2),
           "nonzero": (1, -1, 2), "unit": (0.5, 0.25), "closed_unit": (0, 1, 0.5)}


class World:
    """One assignment of values to every declared name: sizes, scalars, arrays, families, sample spaces."""

    def __init__(self, claim, seed, regime="plain"):
        self.rng, self.claim = Random(seed), claim
        self.least, self.special = regime == "least", regime == "special"
        self.declared = {d.name: d for d in claim.symbols}
        self.values, self.override = {}, {}
        self.weights = self._simplex(ATOMS)
        self.shares, self.slots = {}, slots(claim)
        self.lengths = lengths(claim, self.slots)
        self.frame = frame(self.rng, len(self.slots)) if self.slots else None
        for given in claim.givens:
            self._assign(given)

    def _assign(self, given):
        """A given such as s_0 = 0 or x_1 = (1, 0) says the value of a name."""
        if given.head != "rel" or given.value != Relation.EQ:
            return
        left, right = given.args
        if left.head == "name":
            self.override[left.value, (), 0] = evaluate(right, self, {})
        elif left.head == "index" and left.args[0].head == "name" and all(s.head == "num" for s in left.args[1:]):
            self.override[left.args[0].value, tuple(int(s.value) for s in left.args[1:]), 0] = evaluate(right, self, {})

    def _simplex(self, n):
        raw = [mp.mpf(self.rng.randint(1, 40)) for _ in range(n)]
        return [w/mp.fsum(raw) for w in raw]

    def number(self, domain):
        """A random number of a domain; of few, with repetitions, in a special world."""
        if self.special and domain in SPECIAL:
            return mp.mpf(self.rng.choice(SPECIAL[domain]))
        x = mp.mpf(self.rng.randint(10, 200))/self.rng.choice((97, 131))
        return {"positive": x, "nonnegative": x, "negative": -x, "unit": x/(x + 1), "closed_unit": x/(x + 1),
                "binary": self.rng.randint(0, 1), "sign": self.rng.choice((-1, 1)),
                "integer": self.rng.randint(1, 4)}.get(domain, x*self.rng.choice((-1, 1)))

    def value(self, name, subscripts=(), atom=0):
        """The value of a name, or of a member of a family; each drawn once."""
        key = (name, subscripts, atom)
        if key in self.override:
            return self.override[key]
        if key not in self.values:
            self.values[key] = self._draw(self.declared.get(name), name, subscripts)
        return self.values[key]

    def _draw(self, d, name, subscripts):
        if d is None and len(name) == 1 and name.islower():
            return self.rng.randint(1, 2)       # a free index letter: one of those that every family has
        if d is None or d.kind not in ("scalar", "vector", "matrix", "size", "index", "random", "identity"):
            raise Unknown(name)
        if name in self.lengths:
            return self.frame.rows
        if "sums_to_one" in d.structure and d.indices:
            raw = self.shares.setdefault(name, self._simplex(int(evaluate(d.ranges[0].args[1], self, {}))))
            return raw[subscripts[0] - 1]
        if name in self.slots:
            return member(self.frame, self.slots[name], d, subscripts, self.rng)
        if d.kind in ("size", "index"):
            low = int(evaluate(d.low, self, {})) if d.low is not None else 1
            high = int(evaluate(d.high, self, {})) if d.high is not None else low + (2 if self.slots else 3)
            if d.kind == "index":
                return self.rng.randint(low, high)
            return low if self.least else self.rng.randint(min(low + 1, high), high)
        shape = [int(evaluate(s, self, {})) for s in d.shape]
        if d.kind == "identity":
            return mp.eye(shape[0])
        if d.structure - KNOWN or d.low is not None or d.high is not None:
            raise Unknown(f"{name}: {sorted(d.structure)}")
        return self._array(shape, d)

    def _array(self, shape, d):
        if not shape:
            return self.number(d.domain)
        rows, columns = (*shape, 1)[:2]
        a = mp.matrix(rows, columns)
        for i, j in product(range(rows), range(columns)):
            a[i, j] = self.number(d.domain)
        if "positive_definite" in d.structure:
            return a*a.T + mp.eye(rows)
        if "positive_semidefinite" in d.structure:
            return a[:, :1]*a[:, :1].T if self.special else a*a.T
        if "diagonal" in d.structure:
            return mp.diag([a[i, i] for i in range(rows)])
        if "orthogonal" in d.structure:
            q = mp.qr(a + 9*mp.eye(rows))[0]
            return q*mp.diag([self.rng.choice((-1, 1)) for _ in range(rows)])
        if "stochastic" in d.structure:
            return mp.matrix([self._simplex(columns) for _ in range(rows)])
        if d.structure & {"unit_norm", "sums_to_one"}:
            return a/(frobenius(a) if "unit_norm" in d.structure else mp.fsum(a))
        if "one_hot" in d.structure:
            return mp.eye(rows)[:, self.rng.randrange(rows)]
        return a + a.T if "symmetric" in d.structure else a


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
    if base.head == "name" and base.value not in env:
        d = world.declared.get(base.value)
        if (base.value, where, 0) in world.override:
            return world.override[base.value, where, 0]
        if d is not None and d.entries_of is not None:
            return evaluate(type(base)("name", (), d.entries_of), world, env, atom)[_cell(where)]
        if d is not None and d.indices:
            if d.definition is not None:
                return evaluate(d.definition, world, dict(zip(d.indices, where, strict=True)), atom)
            return world.value(base.value, where, atom if d.kind == "random" else 0)
    return evaluate(base, world, env, atom)[_cell(where)]


def _cell(where):
    return tuple(k - 1 for k in (*where, 1)[:2])


def _call(term, world, env, atom):
    function, *args = term.args
    d = world.declared.get(function.value)
    if d is not None and d.kind == "chain":
        return _value_of_state(d, args, world)
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
    return _real(mp.power(base, exponent))


def members(domain, world, env, atom):
    """The integers of an index set."""
    if domain.head == "range":
        low, high = (int(evaluate(a, world, env, atom)) for a in domain.args)
        return range(low, high + 1)
    raise Unknown(f"index set {domain.head}")


def _domain(term, world):
    body, variable, domain = term.args
    if domain.head != "implied":
        return domain
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


def _integral(term, world, env, atom):
    body, variable, domain = term.args
    if domain.head != "range":
        raise Unknown("integral over a set")
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


def _derivative(term, world, env, atom):
    body, *variables = term.args
    places = [_place(v, world, env, atom) for v in variables]
    # a variable that is defined (f_2 = f_1^2) keeps its own value as the point of the derivative
    values = {v: evaluate(v if v.head == "name" else v.args[0], world, env, atom) for v in variables
              if v.head == "name" or not world.declared[v.args[0].value].indices}
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
    """The mixed partial derivative at places, by central differences of 16 digits; arrays give arrays of partials."""
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
    shifted = []
    for h in (STEP, -STEP):
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
    return (shifted[0] - shifted[1])/(2*STEP)


def _matrix(term, world, env, atom):
    rows, columns = term.value
    entries = [evaluate(a, world, env, atom) for a in term.args]
    return mp.matrix([entries[r*columns:(r + 1)*columns] for r in range(rows)])


def _of_array(function):
    def rule(term, world, env, atom):
        value = evaluate(term.args[0], world, env, atom)
        return function(value if isinstance(value, mp.matrix) else mp.matrix([[value]]))
    return rule


def _hadamard(term, world, env, atom):
    return reduce(entrywise, (evaluate(a, world, env, atom) for a in term.args))


def _transpose(term, world, env, atom):
    value = evaluate(term.args[0], world, env, atom)
    return value.T if isinstance(value, mp.matrix) else value


RULES = {
    "num": lambda t, *_: mp.mpf(t.value.numerator)/t.value.denominator, "pi": lambda *_: mp.pi,
    "zeros": lambda *_: mp.mpf(0), "name": _name, "index": _index, "call": _call, "add": _add, "mul": _mul, "pow": _pow,
    "sum": _over(_sum), "prod": _over(_prod), "maxover": _over(max), "minover": _over(min),
    "int": _integral, "infinity": lambda *_: mp.inf,
    "max": lambda t, *rest: max(evaluate(a, *rest) for a in t.args),
    "min": lambda t, *rest: min(evaluate(a, *rest) for a in t.args),
    "indicator": lambda t, *rest: mp.mpf(int(holds(t.args[0], *rest))),
    "deriv": _derivative, "grad": _derivative, "matrix": _matrix,
    "transpose": _transpose, "det": _of_array(mp.det), "norm": _of_array(frobenius), "softmax": _of_array(softmax),
    "tr": _of_array(lambda a: mp.fsum(a[i, i] for i in range(a.rows))), "hadamard": _hadamard,
}
RULES |= Laws(evaluate).rules()
