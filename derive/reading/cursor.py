"""A position in the tokens of one text, and the surroundings that decide what a mark means there."""

from derive.reading.errors import ReadError
from derive.reading.lexer import tokens, worded
from derive.spelling import NOWHERE
from derive.term.core import Term

DEEPEST = 240           # nested groups; each costs three frames of the interpreter
CLOSES = {"(": ")", "[": "]", "{": "}", r"\{": r"\}"}
OPENS = {close: opening for opening, close in CLOSES.items()}


class Cursor:
    """The state of one reading.

    names         the declarations (derive.spelling.Names)
    marks, k      the tokens and the position in them
    bound         the Scope of the position
    bar           what "|" means as an infix: None, "close" of a fence, or "part" between arguments
    double        the same of "\\|"
    depth, nested  how many groups and operands are open
    open          positions behind the operand of a derivative operator -> the names it differentiates by
    ends          (position, variables of the product around) -> whether the operator there ends that product
    over          the variables of the \\prod whose factors are being read, or None
    upper         (label, span of the index) of the last x^{(i)} that is a member of a family
    elsewhere     letters that stand in the other texts of the claim
    differential  the mark that ends an integrand: "d", "\\mathrm{d}" or None
    """

    def __init__(self, text, names, bound=NOWHERE, elsewhere=frozenset()):
        self.elsewhere, self.upper = elsewhere, None
        self.names, self.marks, self.k, self.depth, self.open = names, worded(tokens(text), names), 0, 0, {}
        self.nested, self.ends = 0, {}
        self.bound, self.bar, self.double, self.differential, self.over = bound, None, None, None, None

    def peek(self, ahead=0):
        k = self.k + ahead
        return self.marks[k][0] if not ahead or k < len(self.marks) else ""

    def kind(self, ahead=0):
        k = self.k + ahead
        return self.marks[k][2] if k < len(self.marks) else "mark"

    def take(self):
        token = self.marks[self.k]
        if self.k < len(self.marks) - 1:
            self.k += 1
        return token[0]

    def fail(self, message, expected="", at=None):
        """The ReadError at a token, by default the present one."""
        token = self.marks[self.k if at is None else min(at, len(self.marks) - 1)]
        return ReadError(message, token[1], expected)

    def expect(self, *texts):
        if self.peek() not in texts:
            raise self.fail(self.found(), " or ".join(t.lstrip("LR") if t[-1] in "|." else t for t in texts))
        return self.take()

    def found(self):
        """The present token in words."""
        return f"{self.peek()} here" if self.peek() else "the text or the group ends here"

    def enter(self):
        """Into a group: its bars and differentials are its own."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fail(f"groups nested more than {DEEPEST} deep")
        saved = self.bar, self.double, self.differential, self.over
        self.bar = self.double = self.differential = self.over = None
        return saved

    def leave(self, saved):
        self.depth -= 1
        self.bar, self.double, self.differential, self.over = saved

    def binding(self, *variables, counting=False):
        """Bind names for what is read next; returns what ``self.bound`` was."""
        before = self.bound
        self.bound = before.binding(variables, counting)
        return before

    def closing(self, start):
        """The position of the token that closes the group opened at ``start``."""
        depth, k = 0, start
        while True:
            text = self.marks[k][0]
            if text in CLOSES:
                depth += 1
            elif text in OPENS:
                depth -= 1
                if not depth:
                    return k
            elif not text:
                raise self.fail("a bracket is not closed", CLOSES[self.marks[start][0]], start)
            k += 1

    def within(self, start, end, reading):
        """What ``reading()`` makes of the tokens from ``start`` up to ``end``, all of them; the position stays."""
        before, saved, after = self.k, self.enter(), self.marks[end]
        self.k, self.marks[end] = start, ("", after[1], "mark")
        term = reading()
        if self.k != end:
            raise self.fail(self.found(), "an operator or the end of the group")
        self.leave(saved)
        self.k, self.marks[end] = before, after
        return term

    def plain(self, term: Term, at=None):
        """The term where a number, vector or matrix is wanted: a condition is not one."""
        if term.head in ("rel", "and", "or"):
            raise self.fail("a relation stands where a value is wanted", "a value", at)
        return term
