"""What an author declares: each function returns the SymPy symbol (a tuple for several names) of a declaration."""

import sympy as sp

from derive.lang.names import ArrayName, Facts, Name, current_scope, declare, family, latex_name, span, update
from derive.lang.shape import shape_of


def _facts(structure=(), **facts):
    return {"structure": frozenset(structure.split() if isinstance(structure, str) else structure), **facts}


def scalar(names, domain="real", **facts):
    """Scalars in a domain: real positive nonnegative negative nonzero unit closed_unit integer binary sign."""
    return declare(names, kind="scalar", domain=domain, **_facts(**facts))


def real(names, **facts):
    return scalar(names, "real", **facts)


def positive(names, **facts):
    return scalar(names, "positive", **facts)


def nonnegative(names, **facts):
    return scalar(names, "nonnegative", **facts)


def nonzero(names, **facts):
    return scalar(names, "nonzero", **facts)


def unit(names, **facts):
    """Strictly between 0 and 1."""
    return scalar(names, "unit", **facts)


def closed_unit(names, **facts):
    """Between 0 and 1, ends included."""
    return scalar(names, "closed_unit", **facts)


def binary(names, **facts):
    """A label, 0 or 1."""
    return scalar(names, "binary", **facts)


def sign_label(names, **facts):
    """A label, -1 or 1."""
    return scalar(names, "sign", **facts)


def size(names, low=1):
    """An integer >= low: a number of data points, a dimension, a time."""
    return declare(names, kind="size", domain="integer", low=sp.Integer(low))


def index(names, *bounds):
    """``index("j")`` is a letter, bound by a sum or free for "any one"; ``index("j", 1, K)`` is declared."""
    if bounds:
        return declare(names, kind="index", domain="integer", low=sp.sympify(bounds[0]), high=sp.sympify(bounds[1]))
    return bound(names, domain="integer")


def bound(names, *shape, domain="real"):
    """Variables of integrals, expectations, extrema: bound there and so not declared."""
    shape = tuple(map(sp.sympify, shape))
    kind = ("scalar", "vector", "matrix")[len(shape)]
    made = tuple((ArrayName if shape else Name)(Facts(latex_name(n, bool(shape)), kind, shape, domain=domain), "bound")
                 for n in names.split())
    return made[0] if len(made) == 1 else made


def vector(names, n, **facts):
    return _array(names, "vector", (n,), **facts)


def matrix(names, m, n, **facts):
    """An m x n matrix; ``structure="positive_definite"``, ``entries="omega"`` for entries omega_ij."""
    return _array(names, "matrix", (m, n), **facts)


def _array(names, kind, shape, entries=None, **facts):
    shape = tuple(map(sp.sympify, shape))
    made = declare(names, True, kind=kind, shape=shape, entries=entries and latex_name(entries), **_facts(**facts))
    if entries:
        _entries(made, entries)
    return made


def _entries(array, entries):
    letters = tuple(bound("i j", domain="integer"))[:len(array.shape)]
    declare(entries, spoken=False, kind="scalar", indices=letters, entries_of=array.name)


def named_entries(array, name):
    """The family of the entries of an array under a name of its own: z_i for the entries of z."""
    update(array, entries=latex_name(name))
    _entries(array, name)
    return current_scope().symbols[latex_name(name)]


def sequence(names, *bounds, domain="real", **facts):
    """x_i, i = 1..I: ``sequence("x y", (i, 1, I))``; ``sequence("r", (i, 1, n), (j, 1, m))``."""
    return family(names, *bounds, domain=domain, **_facts(**facts))


def vectors(names, n, *bounds, **facts):
    """A family of vectors: ``vectors("k", d, (i, 1, n))``, members k[i]."""
    return family(names, *bounds, shape=(n,), **_facts(**facts))


def matrices(names, m, n, *bounds, **facts):
    return family(names, *bounds, shape=(m, n), **_facts(**facts))


def define(name, value, *bounds, entries=None):
    """A name for ``value``: ``define("L", ...)``; with bounds a family: after ``define("a", ..., t)`` use ``a[t]``."""
    value, spans = sp.sympify(value), [span(b) for b in bounds]
    shape = shape_of(value)
    made = declare(name, bool(shape), kind=("scalar", "vector", "matrix")[len(shape)], shape=shape, definition=value,
                   indices=tuple(v for v, _ in spans), ranges=tuple(d for _, d in spans),
                   entries=entries and latex_name(entries))
    if entries:
        _entries(made, entries)
    return made


def define_recursion(name, bounds, recursion, shape=()):
    """A family defined by its own earlier members: ``define_recursion("s", t, lambda s: A@s[t-1] + B@x[t], (d,))``.

    ``recursion`` gets a family of the same name that has no definition yet.
    """
    variable, domain = span(bounds)
    shape = tuple(map(sp.sympify, shape))
    kind = ("scalar", "vector", "matrix")[len(shape)]
    facts = {"kind": kind, "shape": shape, "indices": (variable,), "ranges": (domain,)}
    earlier = (ArrayName if shape else Name)(Facts(latex_name(name, bool(shape)), **facts), current_scope().key)
    return declare(name, bool(shape), definition=recursion(earlier), **facts)


def function(names, formals=None, value=None, *, shape=(), **facts):
    """``function("sig", z, 1/(1+exp(-z)))`` is defined, ``function("f")`` is any function; both are called, sig(f)."""
    formals = tuple(formals) if isinstance(formals, (tuple, list)) else () if formals is None else (formals,)
    shape = shape_of(sp.sympify(value)) if value is not None else tuple(map(sp.sympify, shape))
    return declare(names, bool(shape), kind="function", shape=shape, formals=formals,
                   definition=None if value is None else sp.sympify(value), **_facts(**facts))


def random(names, *bounds, shape=(), mean=None, variance=None, law=None, independent_of=(), structure=(),
           domain="real"):
    """Random variables; with bounds a family.

    structure       words: independent (the members of a family) gaussian standard finite_variance ...
    law             a declared density or mass
    independent_of  random variables declared before
    """
    structure = structure.split() if isinstance(structure, str) else structure
    mean, variance = (None if v is None else sp.sympify(v) for v in (mean, variance))
    others = independent_of if isinstance(independent_of, tuple) else (independent_of,)
    return family(names, *bounds, shape=shape, kind="random", domain=domain, structure=structure, mean=mean,
                  variance=variance, law=law, independent_of=tuple(o.name for o in others))


def density(names, *formals, given=(), shape=(), domain="real", **facts):
    """A probability density p of a variable of a shape, p(x) or with ``given`` p(x | z); declare each signature.

    ``domain="positive"`` where it vanishes nowhere; a ``definition`` may use other signatures of the same name.
    """
    return _law("density", names, formals, given, shape, domain, **facts)


def mass(names, *formals, given=(), shape=(), domain="real", **facts):
    """A probability mass function on a finite set, as ``density``."""
    return _law("mass", names, formals, given, shape, domain, **facts)


def _law(kind, names, formals, given, shape, domain, **facts):
    given = given if isinstance(given, tuple) else (given,)
    return declare(names, kind=kind, domain=domain, formals=(*formals, *given), bar=len(formals) if given else None,
                   shape=tuple(map(sp.sympify, shape)), **_facts(**facts))


def eye(n, name="I"):
    """The identity matrix."""
    return declare(name, True, kind="identity", shape=(sp.sympify(n), sp.sympify(n)))


def chain(name, *, transition, reward, discount, states=()):
    """The value function V(s) of a Markov chain on labelled states: transition a Matrix, reward a column Matrix."""
    return declare(name, kind="chain", transition=transition, reward=reward, discount=sp.sympify(discount),
                   states=tuple(s.name for s in states))


def states(names):
    """Labels without a value: states, actions, words."""
    return declare(names, kind="label")


def index_set(names, **facts):
    """A finite set to sum over."""
    return declare(names, kind="set", **_facts(**{"structure": "finite", **facts}))


def random_names(expr):
    """The random variables in an expression, also those inside definitions."""
    found, seen, open_ = set(), set(), [expr]
    while open_:
        for symbol in open_.pop().atoms(Name) - seen:
            seen.add(symbol)
            if symbol.facts.kind == "random":
                found.add(symbol)
            open_.extend([symbol.definition] if symbol.definition is not None else [])
    return found
