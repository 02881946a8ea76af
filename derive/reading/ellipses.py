r"""Dots between the first and the last of several terms or factors: x_1 + \cdots + x_n is a sum over one letter.

The general term is what the first and the last have in common; where their numbers differ, the letter counts from the
number of the first to that of the last.  A second term written out must be the general one at the second number;
anything else is not read, since dots may hide any pattern.
"""

from derive.term import Term, add, name, num, pow_, range_, replace, term
from derive.term.walk import rebuild, subterms

LETTERS = ("k", "l", "m", "r", "\\kappa")


class Ellipses:
    """Reading of dots; part of the Parser."""

    def dotted(self, head, parts, last):
        """The sum or product ("sum", "prod") that ``parts``, dots and ``last`` stand for, as one Term."""
        parts = [_as_power(p, last) for p in parts]
        ends = _difference(parts[0], last)
        letter = next((c for c in LETTERS if self.is_fresh(c, (*parts, last))), None)
        if ends is None or letter is None:
            raise self.fail("what do the dots stand for?", rf"\{head} with its limits")
        low, high = ends
        body = _general(parts[0], last, name(letter))
        for k, part in enumerate(parts):
            if replace(body, {name(letter): _moved(low, k)}) is not part:
                raise self.fail("what do the dots stand for?", rf"\{head} with its limits")
        return term(head, body, name(letter), range_(low, high))

    def is_fresh(self, letter, terms):
        used = {n.value for t in terms for n in subterms(t) if n.head == "name"}
        return letter not in used and letter not in self.bound and not self.names.declared(letter)


def _as_power(part, last):
    """1 and x among powers of x as x^0 and x^1."""
    if last.head != "pow" or last.args[0].head == "num":
        return part
    base = last.args[0]
    return pow_(base, num(0)) if part is num(1) else pow_(base, num(1)) if part is base else part


def _difference(first, last):
    """(a, b) where two Terms are the same but for a at some places of the first and b at those places; else None."""
    pairs = set(_pairs(first, last))
    if len(pairs) != 1 or None in pairs:
        return None
    (a, b), = pairs
    return (a, b) if a.head == "num" else None


def _pairs(a, b):
    if a is b:
        return
    if a.head == "num" and (b.head in ("num", "name", "add")):
        yield a, b
    elif a.head == b.head and a.value == b.value and len(a.args) == len(b.args) and a.args:
        for x, y in zip(a.args, b.args, strict=True):
            yield from _pairs(x, y)
    else:
        yield None


def _general(a, b, letter):
    if a is b:
        return a
    if a.head == "num":
        return letter
    return rebuild(a, tuple(_general(x, y, letter) for x, y in zip(a.args, b.args, strict=True)))


def _moved(low: Term, k):
    return num(low.value + k) if low.head == "num" else add(low, num(k))
