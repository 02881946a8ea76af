"""Names: the registry in which one name is one symbol, and what is declared of it.

``real("phi_0")`` makes the symbol ``\\phi_0``; vectors and matrices are set bold, ``vector("mu_a")`` is
``\\boldsymbol{\\mu}_a``; what contains a backslash or a brace is LaTeX already.
Several names in one string make a tuple.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar

import sympy as sp

from derive.lang.heads import Entry, Head, Operators
from derive.term.record import record, replace

GREEK = frozenset("""alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho
sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell""".split())
ASSUMPTIONS = {"real": {}, "positive": {"positive": True}, "nonnegative": {"nonnegative": True},
               "negative": {"negative": True}, "nonzero": {"nonzero": True}, "unit": {"positive": True},
               "closed_unit": {"nonnegative": True}, "integer": {"integer": True},
               "binary": {"integer": True, "nonnegative": True}, "sign": {"integer": True, "nonzero": True}}


LAWS = ("density", "mass")
FUNCTIONS = (*LAWS, "function")


@record(frozen=True)
class Facts:
    """What is declared of one name, in SymPy; field by field a ``derive.term.Declaration`` (derive.lower makes it)."""

    name: str
    kind: str
    shape: tuple = ()
    indices: tuple = ()
    ranges: tuple = ()
    domain: str = "real"
    structure: frozenset = frozenset()
    formals: tuple = ()
    bar: int | None = None
    definition: object = None
    mean: object = None
    variance: object = None
    low: object = None
    high: object = None
    entries: str | None = None
    entries_of: str | None = None
    independent_of: tuple = ()
    law: object = None
    transition: object = None
    reward: object = None
    discount: object = None
    states: tuple = ()
    constraints: tuple = ()


class Scope:
    """The names of one problem."""

    count = 0

    def __init__(self):
        Scope.count += 1
        self.key = str(Scope.count)
        self.symbols, self.spoken = {}, {}      # by LaTeX name, and as the author spells it
        self.slots, self.errata = {}, []        # of the problem's statement

    def declare(self, facts, cls=None):
        """The symbol of a name.  Raises ValueError where the name is already declared otherwise.

        p(x) and p(x | z) are two functions of one name.
        """
        slot = facts.name
        if facts.formals and facts.kind in FUNCTIONS:
            slot += f"({len(facts.formals)}|{facts.bar}: {facts.formals})"
        known = self.symbols.get(slot)
        if known is None:
            array = facts.kind not in LAWS and (facts.shape or facts.kind in ("vector", "matrix"))
            key = self.key + slot[len(facts.name):]
            known = self.symbols[slot] = (cls or (ArrayName if array else Name))(facts, key)
        elif known.facts != facts:
            raise ValueError(f"{facts.name} is declared twice, as {known.facts.kind} and as {facts.kind}")
        return known

    def named(self, name):
        """The symbols of a name: one, or the functions of several signatures."""
        return [symbol for symbol in self.symbols.values() if symbol.name == name]


_scope = ContextVar("scope", default=None)


def current_scope():
    """The scope in which names are declared now: that of the problem, or one shared by an interactive session."""
    scope = _scope.get()
    if scope is None:
        scope = Scope()
        _scope.set(scope)
    return scope


@contextmanager
def scope(names=None):
    """Declare names in ``names`` (a new Scope by default) while the context lasts."""
    token = _scope.set(names or Scope())
    try:
        yield _scope.get()
    finally:
        _scope.reset(token)


class Name(sp.Symbol):
    """A symbol that knows what is declared of it.  Names of different scopes are different symbols."""

    __slots__ = ("facts", "key")

    def __new__(cls, facts, key):
        array = facts.shape and facts.kind not in LAWS
        assumptions = {"commutative": False} if array else {"real": True} | ASSUMPTIONS.get(facts.domain, {})
        name = sp.Symbol.__xnew__(cls, facts.name, **assumptions)
        name.facts, name.key = facts, key
        return name

    def _hashable_content(self):
        return (self.name, self.key, *self._assumptions0)

    def __getnewargs_ex__(self):
        return (self.facts, self.key), {}

    shape = property(lambda self: () if self.facts.kind in LAWS else self.facts.shape)
    indices = property(lambda self: self.facts.indices)
    definition = property(lambda self: self.facts.definition)

    __iter__ = None

    def __getitem__(self, subscripts):
        subscripts = subscripts if isinstance(subscripts, tuple) else (subscripts,)
        if not self.indices and not self.shape:
            raise TypeError(f"{self.name} has no entries")
        return Entry(self.entries_base(), *subscripts)

    def entries_base(self):
        """The name under which entries are written: omega for Omega with entries omega_ij."""
        if self.indices or self.facts.entries is None:
            return self
        return current_scope().symbols[self.facts.entries]

    def __call__(self, *args, given=None):
        return Call(self, *args, given=given)


class ArrayName(Operators, Name):
    """A vector or matrix; under indices, the base of a family of them."""

    __slots__ = ()
    __getitem__ = Name.__getitem__


class Call(Head):
    """f(a, b), p(x | z): the second argument counts the arguments before the bar, -1 without a bar."""

    def __new__(cls, function, *args, given=None):
        if given is not None:
            given = given if isinstance(given, (tuple, list)) else (given,)
            bar, args = len(args), (*args, *given)
        elif args and isinstance(args[0], Bar):
            bar, args = args[0].count, args[1:]
        else:
            bar = -1
        return Head.__new__(cls, function, Bar(bar), *args)

    function = property(lambda self: self.args[0])
    arguments = property(lambda self: self.args[2:])
    bar = property(lambda self: self.args[1].count)
    shape = property(lambda self: self.args[0].shape)

    def _eval_is_positive(self):
        return self.function.is_positive or None


class Bar(sp.Atom):
    """How many arguments of a call stand before its bar."""

    __slots__ = ("count",)

    def __new__(cls, count):
        bar = sp.Atom.__new__(cls)
        bar.count = count
        return bar

    def _hashable_content(self):
        return (self.count,)


def latex_name(name, bold=False):
    """The LaTeX of a name: greek words, bold arrays, subscripts, primes."""
    if re.search(r"[\\{]", name):
        return name
    base, _, label = name.partition("_")
    primes = "'" * (base.count("'") + label.count("'"))
    base, label = base.replace("'", ""), label.replace("'", "")
    greek = base in GREEK and base != "ell"
    text = f"\\{base}" if base in GREEK else base if len(base) == 1 or base == "Pr" else f"\\operatorname{{{base}}}"
    if bold:
        text = f"\\boldsymbol{{{text}}}" if greek else f"\\mathbf{{{base}}}"
    return text + (subscript(label) if label else "") + primes


def subscript(label):
    """A label as a subscript; one token goes without braces."""
    text = "".join(f"\\{part}" if part in GREEK else part for part in re.split(r"([^A-Za-z]+)", label))
    return f"_{text}" if len(text) == 1 or label in GREEK else f"_{{{text}}}"


def declare(names, bold=False, cls=None, spoken=True, **facts):
    """One symbol for each name of a string, a single one or a tuple."""
    names = names.split()
    symbols = [current_scope().declare(Facts(latex_name(n, bold), **facts), cls) for n in names]
    if spoken:
        current_scope().spoken.update(zip(names, symbols, strict=True))
    return symbols[0] if len(symbols) == 1 else tuple(symbols)


def letter(name):
    """A bound or fixed letter that is not declared."""
    return Name(Facts(latex_name(name), "index", domain="integer"), "letter")


def span(bounds):
    """(i, 1, I), (i, domain) or i as a pair of the variable and its domain."""
    from derive.lang.sets import Implied, Range
    if not isinstance(bounds, (tuple, sp.Tuple)):
        return bounds, Implied()
    variable, *rest = bounds
    return variable, Range(*rest) if len(rest) == 2 else rest[0]


def family(names, *bounds, shape=(), kind=None, structure=(), **facts):
    """x_i, i = 1..I: members are scalars, or arrays of ``shape``."""
    spans = [span(b) for b in bounds]
    shape = tuple(map(sp.sympify, shape))
    kind = kind or ("scalar", "vector", "matrix")[len(shape)]
    return declare(names, bool(shape), kind=kind, shape=shape, indices=tuple(v for v, _ in spans),
                   ranges=tuple(d for _, d in spans), structure=frozenset(structure), **facts)


def update(symbol, **facts):
    """The same name with more facts; only while nothing uses it yet."""
    names = current_scope()
    names.symbols.pop(symbol.name)
    return names.declare(replace(symbol.facts, **facts), type(symbol))
