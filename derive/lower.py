"""SymPy to Terms: what the author typed, in the order typed, as the Term that is printed and judged."""

from collections.abc import Callable

import sympy as sp

from derive import term as t
from derive.lang.arrays import Matrix, Zeros
from derive.lang.functions import SYMPY_FUNCTIONS
from derive.lang.heads import Entry, Head, Inverse, Scalar
from derive.lang.names import Call
from derive.lang.sets import Rel

LOWER: dict[type, Callable[[sp.Basic], t.Term]] = {}


class NoTerm(TypeError):
    """An expression that no Term says."""

    def __init__(self, expr):
        self.expr = expr
        super().__init__(expr)

    def __str__(self):
        return f"no Term for {type(self.expr).__name__}: {self.expr}"


def lowers(*classes):
    """Register ``function(expr) -> Term`` for classes and their subclasses."""
    def register(function):
        for cls in classes:
            LOWER[cls] = function
        return function
    return register


def lower(expr):
    """The Term of an expression.  Raises NoTerm."""
    expr = sp.sympify(expr)
    for cls in type(expr).__mro__:
        if cls in LOWER:
            return LOWER[cls](expr)
    raise NoTerm(expr)


@lowers(Head)
def _head(expr):
    if not expr.head:
        raise NoTerm(expr)
    args = tuple(map(lower, expr.args))
    if expr.head in ("add", "mul"):
        return (t.add if expr.head == "add" else _product)(*args)
    return t.term(expr.head, *args)


@lowers(sp.Add)
def _add(expr):
    return t.add(*map(lower, expr.args))


@lowers(sp.Mul)
def _mul(expr):
    return _product(*map(lower, expr.args))


def _product(first, *rest):
    """A product; in front, -2 is written -1 times 2, as ``-2x`` is read."""
    if first.head == "num" and first.value < 0 and first is not t.MINUS_ONE and rest:
        return t.mul(t.MINUS_ONE, t.num(-first.value), *rest)
    return t.mul(first, *rest)


@lowers(sp.Pow)
def _pow(expr):
    return t.pow_(lower(expr.base), lower(expr.exp))


@lowers(sp.Integer)
def _integer(expr):
    return t.num(int(expr))


@lowers(sp.Rational)
def _rational(expr):
    if expr.p < 0:
        return t.neg(_rational(-expr))
    return t.div(t.num(expr.p), t.num(expr.q))


@lowers(sp.Symbol)
def _symbol(expr):
    return t.name(expr.name)


@lowers(sp.core.numbers.Pi)
def _pi(expr):
    return t.PI


@lowers(sp.core.numbers.Exp1)
def _e(expr):
    return t.term("exp", t.ONE)


@lowers(sp.core.numbers.Infinity)
def _infinity(expr):
    return t.INFINITY


@lowers(sp.core.numbers.NegativeInfinity)
def _minus_infinity(expr):
    return t.neg(t.INFINITY)


@lowers(*SYMPY_FUNCTIONS)
def _function(expr):
    return t.term(SYMPY_FUNCTIONS[expr.func], *map(lower, expr.args))


@lowers(Inverse)
def _inverse(expr):
    return t.inv(lower(expr.args[0]))


@lowers(Scalar)
def _scalar(expr):
    return lower(expr.args[0])


@lowers(Zeros)
def _zeros(expr):
    return t.ZEROS


@lowers(Matrix)
def _matrix(expr):
    return t.matrix([list(map(lower, row)) for row in expr.rows])


@lowers(Entry)
def _entry(expr):
    return t.index(*map(lower, expr.args))


@lowers(Call)
def _call(expr):
    args = list(map(lower, expr.arguments))
    function = lower(expr.function)
    return t.call(function, *args) if expr.bar < 0 else t.call(function, *args[:expr.bar], given=args[expr.bar:])


@lowers(Rel)
def _rel(expr):
    return t.rel(expr.relation, lower(expr.left), lower(expr.right))


@lowers(sp.core.relational.Relational)
def _relational(expr):
    relation = {"==": "="}.get(expr.rel_op, expr.rel_op)
    return t.rel(t.Relation(relation), lower(expr.lhs), lower(expr.rhs))


def declaration(facts):
    """The Declaration of the facts about a name."""
    def maybe(value):
        return None if value is None else lower(value)

    return t.Declaration(
        name=facts.name, kind=facts.kind, shape=tuple(map(lower, facts.shape)), domain=facts.domain,
        indices=tuple(i.name for i in facts.indices), ranges=tuple(map(lower, facts.ranges)),
        structure=facts.structure, formals=tuple(map(lower, facts.formals)), bar=facts.bar,
        definition=maybe(facts.definition),
        mean=maybe(facts.mean), variance=maybe(facts.variance), low=maybe(facts.low), high=maybe(facts.high),
        entries=facts.entries, entries_of=facts.entries_of, independent_of=facts.independent_of, law=maybe(facts.law),
        states=facts.states, transition=maybe(facts.transition), reward=maybe(facts.reward),
        discount=maybe(facts.discount), constraints=tuple(map(lower, facts.constraints)))


def declarations_of(terms, scope):
    """Declarations of the names in Terms, and of the names in those, transitively, in the order declared."""
    needed, open_ = {}, [n for term in terms for n in _spoken(term)]
    while open_:
        name = open_.pop()
        if name not in needed:
            needed[name] = [declaration(symbol.facts) for symbol in scope.named(name)]
            open_.extend(n for declared in needed[name] for n in _names_in(declared))
    names = dict.fromkeys(symbol.name for symbol in scope.symbols.values())
    return tuple(d for name in names for d in needed.get(name, ()))


def _spoken(term):
    """Free names, and the variables of extrema: these are bound, but their declaration says what they range over."""
    extrema = (n for n in t.subterms(term) if n.head in ("argmin", "argmax", "minof", "maxof"))
    return [*t.free_names(term), *(v.value for n in extrema for v in t.bound_variables(n))]


def _names_in(d):
    parts = [*d.shape, *d.ranges, *d.constraints, d.definition, d.mean, d.variance, d.low, d.high, d.law, d.transition,
             d.reward, d.discount]
    names = {n for part in parts if part is not None for n in t.free_names(part)}
    linked = {n for n in (d.entries, d.entries_of, *d.independent_of, *d.states) if n}
    return (names - set(d.indices) - {f.value for f in d.formals}) | linked
