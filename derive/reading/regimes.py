"""What a step is said to be about: the variables of proportional-to and limits, the regime of an equation.

Of an equation or an order, words that are not read stay as one name in ``about``: a proof holds all the same, and
nothing is refuted.
"""

import re

from derive.reading import read, read_condition
from derive.reading.errors import ReadError
from derive.reading.phrases import is_formula, split
from derive.reading.wording import worded
from derive.term import Relation, name, rel, term

_QUANTIFIER = re.compile(r"^\s*(?:(?:for|at|with|when|if|where)\s+)?(?:(?:all|every|each|any)\s+)?"
                         r"(?:real\s+|integers?\s+)?(?:\\forall\s*)?")
_RANGE = re.compile(r"(\\?[A-Za-z]+)\s*=\s*(\S+?)\.\.(\S+)")
_INTERVAL = re.compile(r"(.+?)\s*\\?\bin\s*([(\[])\s*([^,]+),\s*([^,]+)([)\]])")


def about(text, relation, symbols):
    """The Terms a claim is about; for proportional-to without a text, the variable declared as that."""
    if not text:
        return tuple(name(d.name) for d in symbols.symbols if "variable_of_proportionality" in d.structure
                     ) if relation is Relation.PROPTO else ()
    if relation not in (Relation.EQ, Relation.NE, Relation.LE, Relation.GE, Relation.LT, Relation.GT):
        text = re.sub(r"^\s*(?:for )?all (?:real )?", "", text)
        return tuple(read(part, symbols) for part in text.split(",") if part.strip())
    found = []
    for clause in split(worded(text), r"[;,]|\sand\s|\swith\s"):
        clause = _QUANTIFIER.sub("", clause).strip()
        if clause:
            found.append(_regime(clause, symbols))
    return tuple(dict.fromkeys(found))


def in_latex(text):
    """Relations written with two keys in LaTeX."""
    for ascii_, latex in ((">=", r"\ge "), ("<=", r"\le "), ("!=", r"\ne ")):
        text = text.replace(ascii_, latex)
    return text


def _regime(clause, symbols):
    """A relation, a range or a name; words that say something else as one name."""
    try:
        if _RANGE.fullmatch(clause):
            letter, low, high = (read(t, symbols) for t in _RANGE.fullmatch(clause).groups())
            return term("and", rel(Relation.LE, low, letter), rel(Relation.LE, letter, high))
        clause = in_latex(clause)
        interval = _INTERVAL.fullmatch(clause)
        if interval and is_formula(interval[1]):
            return _within(interval.groups(), symbols)
        if is_formula(clause):
            return _relation_or_name(clause, symbols)
    except ReadError:
        pass
    return name(rf"\\text{{{clause}}}")


def _within(parts, symbols):
    """x in (0, 1]."""
    inside, opening, low, high, closing = parts
    inside, low, high = (read(t, symbols) for t in (inside, low, high))
    return term("and", rel(Relation.LT if opening == "(" else Relation.LE, low, inside),
                rel(Relation.LT if closing == ")" else Relation.LE, inside, high))


def _relation_or_name(clause, symbols):
    try:
        return read_condition(clause, symbols)
    except ReadError:
        return read(clause, symbols)
