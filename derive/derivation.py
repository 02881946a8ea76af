"""Derivations: a claim, and the chain of named rules that leads from its left side to its right side.

    prove(left, EQ, right).by(rule, shown).by(rule, shown).qed()

A line reads "what stood before, relation, what is shown".  Inside a problem arithmetic is inert, so ``shown`` may be
written plainly; elsewhere it is a thunk, ``lambda: ...``.  Without ``shown`` the rule writes the line.
"""

import sys

import sympy as sp

from derive.lang.evaluation import inert
from derive.lang.names import Scope, current_scope
from derive.lang.names import scope as entered
from derive.lang.normal import same
from derive.lang.sets import condition
from derive.lower import declarations_of, lower
from derive.rules.registry import Rule
from derive.term import Claim, Relation, alpha
from derive.term.record import field, record, replace

EQ, NE, LE, GE, LT, GT = (Relation.EQ, Relation.NE, Relation.LE, Relation.GE, Relation.LT, Relation.GT)
PROPTO, APPROX, IFF, IMPLIES, TO = (Relation.PROPTO, Relation.APPROX, Relation.IFF, Relation.IMPLIES, Relation.TO)


class DeriveError(ValueError):
    """An author's error in a chain, with the line where it was written."""

    def __init__(self, line, message):
        self.line = line
        super().__init__(f"line {line}: {message}")


class OpenGoal(DeriveError):
    """The chain does not end at its goal."""


@record(frozen=True)
class Line:
    """One step as shown: left and right in SymPy as typed, by a rule.

    because   conditions (or words) the author gives for what the rule needs
    line      where the author wrote it
    """

    left: sp.Basic
    relation: Relation
    right: sp.Basic
    rule: Rule
    because: tuple = ()
    line: int = 0

    @property
    def needs(self):
        """What the rule uses besides the declarations and the author does not answer for."""
        return () if self.because else self.rule.needs


@record(frozen=True)
class Derivation:
    """A goal and its lines.

    right      None while the derivation is still to find it
    rows       row ids of the inventory this derivation serves; empty means those of its problem
    givens     relations assumed, as conditions
    about      the variables of proportional-to, limits, argmax
    unproved   {rule name: reason} why a step can only be supported
    """

    left: sp.Basic
    relation: Relation
    right: sp.Basic | None
    scope: Scope
    line: int
    lines: tuple[Line, ...] = ()
    givens: tuple = ()
    about: tuple = ()
    layout: str | None = None
    rows: tuple[str, ...] = ()
    unproved: dict = field(default_factory=dict)
    closed: bool = False

    @property
    def current(self):
        """What the last line shows."""
        return self.lines[-1].right if self.lines else self.left

    def by(self, rule, shown=None, *, because=(), relation=None):
        """One more line: by ``rule``, the left side is ``shown``.

        Raises DeriveError where the line says nothing new or its relation does not compose with those before.
        """
        where = sys._getframe(1).f_lineno
        right = _shown(shown) if shown is not None else rule.rewrite(self.current)
        because = because if isinstance(because, tuple) else (because,)
        line = Line(self.current, relation or _lifted(rule.relation, self.current), right, rule, because, where)
        if lower(line.left) is lower(right):
            raise DeriveError(where, f"{rule.name} leaves the expression as it was")
        longer = replace(self, lines=(*self.lines, line))
        if longer.composed() is None:
            raise DeriveError(where, f"{line.relation} does not continue {self.composed()}")
        return longer

    def composed(self):
        """The relation of the left side to the current expression, or None where none follows."""
        relation = None
        for line in self.lines:
            relation = line.relation if relation is None else relation.then(line.relation)
            if relation is None:
                return None
        return relation or _lifted(EQ, self.left)

    def qed(self, *rows, unproved=None):
        """The closed derivation; ``rows`` are the inventory rows it serves.

        Raises OpenGoal where the last line is not the goal as stated, or the relation is another.
        """
        where = sys._getframe(1).f_lineno
        if not self.lines:
            raise OpenGoal(where, "no line leads to the goal")
        goal = self.current if self.right is None else self.right
        if self.composed() is not self.relation:
            raise OpenGoal(where, f"the chain shows {self.composed()}, the goal says {self.relation}")
        if alpha(lower(self.current)) is not alpha(lower(goal)):
            raise OpenGoal(where, f"the chain ends at\n  {self.current}\nand the goal is\n  {goal}")
        return replace(self, right=goal, rows=rows, unproved=dict(unproved or {}), closed=True)

    @property
    def goal(self):
        """The goal as (left, relation, right)."""
        return self.left, self.relation, self.right

    def claim(self, left=None, relation=None, right=None):
        """The Claim of one relation of this derivation (the goal by default), with the declarations it needs."""
        sides = tuple(map(lower, (left, right) if left is not None else (self.left, self.right)))
        givens, about = tuple(map(lower, self.givens)), tuple(map(lower, self.about))
        return Claim(sides[0], relation or self.relation, sides[1], layout=self.layout, givens=givens, about=about,
                     symbols=declarations_of((*sides, *givens, *about), self.scope))

    def claims(self):
        """[(Line, Claim)] of the lines in order, then (None, Claim) of the goal."""
        steps = [(line, self.claim(line.left, line.relation, line.right)) for line in self.lines]
        return [*steps, (None, self.claim())]

    def replays(self, line):
        """(follows, written): does the line follow from its rule, and what does the rule write?  A lint, no verdict."""
        with entered(self.scope):
            return replays(line)

    def substituted(self, values):
        """The goal's Claim with numbers for symbols, {symbol: number}."""
        with inert():
            numbers = {s: sp.sympify(v) for s, v in values.items()}
            return self.claim(self.left.xreplace(numbers), self.relation, self.right.xreplace(numbers))


def replays(line):
    """(follows, written) of a line: by the rule from the left, from both sides, or from the right alone."""
    written = line.rule.rewrite(line.left)
    if same(written, line.right):
        return True, written
    if line.rule.backwards is not None:
        ahead = line.rule.backwards(*line.rule.params)
        return same(ahead.rewrite(line.left), ahead.rewrite(line.right)), written
    back = line.rule.rewrite(line.right)
    return same(written, back) or same(line.left, back), written


def _shown(shown):
    if callable(shown) and not isinstance(shown, sp.Basic):
        with inert():
            return sp.sympify(shown())
    return sp.sympify(shown)


def _lifted(relation, expr):
    """Equals put for equals in a condition make an equivalent condition."""
    return IFF if relation is EQ and condition(expr) else relation


def prove(left, relation, right=None, *, given=(), about=(), layout=None):
    """Begin a derivation of ``left relation right``; sides may be thunks, ``right`` may be left to be found."""
    where = sys._getframe(1).f_lineno
    given = given if isinstance(given, tuple) else (given,)
    about = about if isinstance(about, tuple) else (about,)
    right = None if right is None else _shown(right)
    return Derivation(_shown(left), Relation(relation), right, current_scope(), where, givens=given, about=about,
                      layout=layout)


def find(left, relation=EQ, **facts):
    """Begin a derivation that finds its right side: the last line is the answer."""
    return prove(left, relation, **facts)
