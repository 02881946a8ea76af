'''The problem collection, and how to write a problem.

A problem is a function that declares its symbols and returns closed derivations.  Its docstring is the statement: the
first line the title, then prose whose mathematics stands in slots: ``{L}`` prints a declared name as the author spells
it ("phi_0"), ``{L.definition}`` its definition, ``{goal}``, ``{goal2}`` and ``{goals}`` the goals, and
``state(noise=sigma**2)`` makes a slot of any expression.

A scalar example (inside a problem arithmetic is inert: write what the reader shall see, plainly and in that order)::

    @problem("udl-2.1", topics="regression gradient", source="Prince, Understanding Deep Learning, problem 2.1")
    def least_squares_gradient():
        """Gradient of the least squares loss.

        For data {x_i} and {y_i} let {L.definition}.  Show that {goals}.
        """
        I, i = size("I"), index("i")
        x, y = sequence("x y", (i, 1, I))
        phi0, phi1 = real("phi_0 phi_1")
        L = define("L", Sum((phi0 + phi1*x[i] - y[i])**2, (i, 1, I)))
        return (
            prove(Deriv(L, phi0), EQ, 2*Sum(phi0 + phi1*x[i] - y[i], (i, 1, I)))
            .by(definition(L),  Deriv(Sum((phi0 + phi1*x[i] - y[i])**2, (i, 1, I)), phi0))
            .by(leibniz,        Sum(Deriv((phi0 + phi1*x[i] - y[i])**2, phi0), (i, 1, I)))
            .by(chain_rule,     Sum(2*(phi0 + phi1*x[i] - y[i])*Deriv(phi0 + phi1*x[i] - y[i], phi0), (i, 1, I)))
            .by(differentiate,  Sum(2*(phi0 + phi1*x[i] - y[i]), (i, 1, I)))
            .by(factor_out,     2*Sum(phi0 + phi1*x[i] - y[i], (i, 1, I)))
            .qed()
        )

A matrix example (``@`` multiplies arrays, ``.T`` transposes, shapes are checked as you type)::

        n, d, lam = size("n"), size("d"), positive("lambda")
        X, y, w = matrix("X", n, d), vector("y", n), vector("w", d)
        prove(Grad(Norm(y - X@w)**2 + lam*Norm(w)**2, w), EQ, 2*X.T@(X@w - y) + 2*lam*w)
        .by(matrix_differential, -2*X.T@(y - X@w) + 2*lam*w)
        .by(algebra,             2*X.T@(X@w - y) + 2*lam*w)

An expectation example (without a law, E is over every random variable in it)::

        a, b, c = random("a"), random("b"), real("c")
        mu = define("mu_b", E(b))
        prove(E(a - c*(b - mu)), EQ, E(a))
        .by(linearity,           E(a) - c*(E(b) - mu))
        .by(definition(mu),      E(a) - c*(E(b) - E(b)))
        .by(algebra,             E(a))

Rules with parameters name what they are about: ``definition(L)``, ``substitution(old, new)``, ``linear_solve(w)``.
A line without a second argument is written by its rule.  ``find(left)`` derives its answer.  ``.qed("row", ...)``
names the rows served when a problem has several; ``unproved={rule name: reason}`` says why a step is only supported.
Equations are conditions: ``prove(eq(Deriv(L, w), 0), IFF, eq(w, answer)).by(linear_solve(w), ...)``, joined by ``And``.
``given=(eq(B.T, B),)`` of ``prove`` states what is assumed, ``about=x`` the variable of proportional-to and limits.
``erratum(left, EQ, printed, "what is wrong")`` records a wrong published answer, which has to be refuted.

Sums: ``Sum(body, (i, 1, n))``; over a set ``Sum(body, (j, S))``; filtered ``(j, Where(Implied(), ne(j, i)))``.
Entries: ``h[i]``; ``matrix("Omega", m, n, entries="omega")`` writes them omega_ij; ``vectors("k", d, (i, 1, n))`` has
members ``k[i]``; ``vector("v_a", d)`` is one vector with a label.  ``Deriv(z, h)`` of vectors wants
``layout="denominator"`` (or "numerator") of ``prove``.  ``Cov(c)`` of a vector is its covariance matrix.
A line follows when its rule, run on what stood before, gives what is shown, or when the rule makes the same of both
sides: ``definition(f)`` serves for putting a definition in and for taking it out.
Functions: ``exp log sin cos sqrt Rational pi`` from SymPy, the rest from ``derive.lang``; never ``1/2``, always
``Rational(1, 2)`` or ``x/2``.  Rules live by area in derive/rules; ``derive rules`` lists them.  To add one, write a
function of 5-15 lines there whose first docstring line is its identity, or a row in identities.py.
'''

import difflib
import fnmatch
import importlib
import importlib.metadata
import importlib.util
import pkgutil
import re
import string
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from derive.derivation import Derivation, Line, prove
from derive.lang.evaluation import inert
from derive.lang.names import Name, Scope, current_scope, scope
from derive.lower import declaration, declarations_of, lower
from derive.term import LATEX, Relation

PROBLEMS: dict[str, "Problem"] = {}


class UnknownProblem(KeyError):
    """No problem goes by this name; ``near`` are those that look like it."""

    def __init__(self, name, near=()):
        self.name, self.near = name, tuple(near)
        super().__init__(name)

    def __str__(self):
        hint = f"; did you mean {', '.join(self.near)}?" if self.near else ""
        return f"no problem {self.name!r}{hint}"


@dataclass(frozen=True)
class Erratum:
    """A wrong relation as the source prints it, and what is wrong with it.  It has to be refuted."""

    printed: Derivation
    note: str

    @property
    def claim(self):
        return self.printed.claim()


@dataclass(frozen=True)
class Problem:
    """A registered problem: permanent id, rows of the inventory it serves, slugs and topics it is found by."""

    id: str
    rows: tuple[str, ...]
    title: str
    source: str
    topics: tuple[str, ...]
    alias: str
    function: Callable = field(compare=False)

    @cached_property
    def solution(self):
        """The derivations, written once."""
        with scope() as names, inert():
            result = self.function()
        derivations = result if isinstance(result, tuple) else (result,)
        for derivation in derivations:
            if not (isinstance(derivation, Derivation) and derivation.closed):
                raise TypeError(f"{self.id}: a derivation is not closed by qed()")
        return Solution(self, derivations, names)

    @property
    def names(self):
        """Everything the problem is found by."""
        return (self.id, *self.rows, self.alias, *self.topics)

    def __str__(self):
        return self.id


@dataclass(frozen=True)
class Solution:
    """What a problem's function wrote: derivations, errata, and the names it declared."""

    problem: Problem
    derivations: tuple[Derivation, ...]
    scope: Scope

    @property
    def errata(self):
        return tuple(self.scope.errata)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for d in self.derivations for line in d.lines)

    def rows(self, derivation):
        """The rows a derivation serves."""
        return derivation.rows or self.problem.rows

    def statement(self, printed):
        """The statement with its slots filled; ``printed(term, symbols)`` makes LaTeX of a Term."""
        text = self.problem.function.__doc__ or ""
        body = "\n".join(line.strip() for line in text.strip().splitlines()[1:]).strip()
        return _Slots(self, printed).vformat(body, (), {})


class _Slots(string.Formatter):
    """Fills ``{goal}``, ``{goals}``, ``{x}``, ``{x.definition}`` and the slots of ``state``."""

    def __init__(self, solution, printed):
        self.solution, self.printed = solution, printed

    def get_field(self, name, args, kwargs):
        base, _, attribute = name.partition(".")
        if base.removeprefix("goal").isdigit() or base == "goal":
            return self.goal(self.solution.derivations[int(base.removeprefix("goal") or 1) - 1]), name
        if base == "goals":
            return " and ".join(map(self.goal, self.solution.derivations)), name
        scope = self.solution.scope
        symbol = scope.slots.get(base, scope.spoken.get(base))
        if symbol is None:
            raise KeyError(f"{self.solution.problem.id}: no slot {{{name}}}")
        if attribute == "definition":
            return self.relation(_written(symbol), "=", declaration(symbol.facts).definition), name
        return self.math(_written(symbol) if isinstance(symbol, Name) else lower(symbol)), name

    def math(self, term):
        return f"${self.printed(term, declarations_of([term], self.solution.scope))}$"

    def relation(self, left, relation, right):
        symbols = declarations_of([left, right], self.solution.scope)
        return f"${self.printed(left, symbols)} {LATEX[Relation(relation)]} {self.printed(right, symbols)}$"

    def goal(self, derivation):
        return self.relation(lower(derivation.left), derivation.relation, lower(derivation.right))


def _written(symbol):
    """x_i for a family, f(z) for a function, p(x | z) for a conditional law, else the name."""
    facts = symbol.facts
    if facts.indices:
        return lower(symbol[facts.indices])
    if facts.bar is not None:
        return lower(symbol(*facts.formals[:facts.bar], given=facts.formals[facts.bar:]))
    return lower(symbol(*facts.formals)) if facts.formals else lower(symbol)


def problem(id, rows=(), *, topics="", source="", alias=""):
    """Register a problem function under its permanent id; its docstring is the statement."""
    def register(function):
        if id in PROBLEMS:
            raise ValueError(f"problem {id!r} is defined twice")
        title = (function.__doc__ or "").strip().splitlines()[0]
        PROBLEMS[id] = Problem(id, tuple(rows) or (id,), title, source, tuple(topics.split()),
                               alias or function.__name__.replace("_", "-"), function)
        return PROBLEMS[id]
    return register


def state(**expressions):
    """Slots of the statement for expressions that are not names."""
    current_scope().slots.update(expressions)


def erratum(left, relation, right, note, **facts):
    """Record that the source prints a wrong relation between the problem's expressions."""
    current_scope().errata.append(Erratum(prove(left, relation, right, **facts), note))


def _chapters(name=""):
    """The modules of this package, those first that look like the place of a problem: udl-7.5 is in udl, ch07."""
    modules = [module.name for module in pkgutil.walk_packages(__path__, f"{__name__}.")]
    place = re.match(r"([a-z0-9]+)-(\d+)?", name)
    marks = [place[1], f"ch{int(place[2]):02d}" if place[2] else ""] if place else []
    return sorted(modules, key=lambda module: -sum(bool(mark) and mark in module for mark in marks))


def load_collection():
    """Import every chapter of this package and the entry points of the group ``derive.problems``; the registry."""
    for module in _chapters():
        importlib.import_module(module)
    for entry in importlib.metadata.entry_points(group="derive.problems"):
        entry.load()
    return PROBLEMS


def load(path):
    """Import a file or every file of a folder of problems of one's own.  Returns the problems that are new."""
    before, path = set(PROBLEMS), Path(path)
    for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
        name = f"problems_of_{file.stem}_{abs(hash(file.resolve()))}"
        spec = importlib.util.spec_from_file_location(name, file)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return tuple(PROBLEMS[p] for p in PROBLEMS if p not in before)


def find_problem(name):
    """The problem of an id, a row or an alias slug; no more chapters are read than needed.

    Raises UnknownProblem with near names.
    """
    for module in _chapters(name):
        importlib.import_module(module)
        for entry in PROBLEMS.values():
            if name in (entry.id, *entry.rows, entry.alias):
                return entry
    collection = load_collection()
    for entry in collection.values():
        if name in (entry.id, *entry.rows, entry.alias):
            return entry
    known = [n for entry in collection.values() for n in (entry.id, *entry.rows, entry.alias)]
    raise UnknownProblem(name, dict.fromkeys(difflib.get_close_matches(name, known, 3)))


def find_problems(pattern="*"):
    """The problems whose id, row, slug or topic matches a shell pattern, in natural order."""
    found = [p for p in load_collection().values() if any(fnmatch.fnmatchcase(n, pattern) for n in p.names)]
    return sorted(found, key=lambda p: _natural(p.id))


def _natural(text):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text)]
