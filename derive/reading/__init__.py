"""LaTeX to Terms: all of a text, or a ReadError that says where and what was expected; no prefix, no guess."""

from derive.depth import deep
from derive.reading.errors import ReadError
from derive.reading.names import NameParts, name_of, name_parts
from derive.reading.parser import Parser
from derive.spelling import Names, Scope
from derive.term import Relation, call, name, rel

__all__ = ["NameParts", "Names", "ReadError", "name_of", "name_parts", "read", "read_condition", "read_relation"]
_QUALIFIERS = (r"\quad", r"\text{for}", r"\text{if}", r"\text{when}", r"\text{where}", r"\text{with}", ",", r"\forall")


def read(text, symbols=(), bound=(), as_name=False, elsewhere=frozenset()):
    """The Term of a side: a value, or a condition where the text is a relation.

    symbols   Declarations, or a ``Names`` made of them once
    bound     names bound around the text; a label declared with one of them in it stays a label
    elsewhere letters that stand in the other texts of the claim: in \\sum_{i<j} they are fixed there
    as_name   read the head of a declaration: a name, or the call of a name whether or not it is declared
    Raises ReadError(message, column, expected).
    """
    if as_name:
        return _declared_head(text)
    return _whole(_parser(text, symbols, bound, elsewhere), _qualified)


def read_relation(text, symbols=(), bound=()):
    """(left, Relation, right) of a text with one relation; its sides are conditions under \\iff and \\implies."""
    term = read(text, symbols, bound)
    if term.head != "rel":
        raise ReadError("one relation is wanted", len(text), "left, a relation, right")
    return term.args[0], Relation(term.value), term.args[1]


def read_condition(text, symbols=(), bound=()):
    """A relation as a condition: a chain is an "and", "a = b \\quad (i \\ne j)" an implication.  Raises ReadError."""
    term = _whole(_parser(text, symbols, bound), _qualified)
    if term.head not in ("rel", "and", "or"):
        raise ReadError("no relation here", len(text), "a relation")
    return term


def _parser(text, symbols, bound, elsewhere=frozenset()):
    return Parser(text, symbols if isinstance(symbols, Names) else Names(symbols), Scope(tuple(bound)), elsewhere)


def _whole(parser, reading):
    """The reading, if it takes every token."""
    try:
        with deep():
            term = reading(parser)
    except RecursionError:
        raise parser.fail("the text is nested too deeply") from None
    if parser.peek():
        raise parser.fail(parser.found(), "an operator or the end")
    return term


def _qualified(parser):
    """A side, with "for i \\ne j" or "\\forall s" after a relation."""
    body = parser.expression()
    if parser.peek() not in _QUALIFIERS or body.head not in ("rel", "and", "or"):
        return body
    universal = False
    while parser.peek() in _QUALIFIERS:
        universal |= parser.take() == r"\forall"
    condition = parser.expression()
    if universal and condition.head in ("name", "index"):
        return body
    return parser.conditions(rel(Relation.IMPLIES, condition, body))


def _declared_head(text):
    parts = name_parts(text)
    if parts.arguments is None:
        return name(parts.name)
    given = None if parts.given is None else tuple(name(n) for n in parts.given)
    return call(name(parts.name), *(name(n) for n in parts.arguments), given=given)


