"""Terms to LaTeX.  The invariant: what is printed under declarations is read back under them as the same Term."""

from itertools import pairwise

from derive.kinds import COLUMN, MATRIX, ROW, kind_of
from derive.notation import (
    ATOM,
    CONJUNCTION,
    DISJUNCTION,
    ENTRYWISE,
    ENTRYWISE_OPERATORS,
    IMPLICATION,
    IMPLICATIONS,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
)
from derive.printing.applied import Applied
from derive.printing.bound import Bound
from derive.printing.layout import fenced, glued
from derive.printing.letters import Letters
from derive.spelling import NOWHERE
from derive.term import HALF, LATEX, MINUS_ONE, ONE, Relation

OPENINGS = ("(", "[", r"\left(", r"\left[")
OPEN_HEADS = ("sum", "prod", "int", "maxover", "minover", "maxof", "minof", "argmin", "argmax", "deriv", "grad", "hess")


class Printer(Letters, Applied, Bound):
    """Prints Terms under the declarations ``names``; ``bound`` are the names bound around."""

    def __init__(self, names):
        self.names, self.bound, self._printed = names, NOWHERE, {}

    def show(self, term, power=0):
        """The term as LaTeX, in parentheses where it binds looser than ``power``."""
        text, own = self.parts(term)
        return text if own >= power else fenced(text)

    def parts(self, term):
        """(LaTeX, binding power) of a term."""
        key = term, self.bound
        found = self._printed.get(key)
        if found is None:
            found = self._printed[key] = getattr(self, "show_" + term.head, self.applied)(term)
        return found

    # -- sums and products -------------------------------------------------------------------------------------

    def show_num(self, term):
        value = term.value
        if isinstance(value, int):
            return str(value), ATOM if value >= 0 else SUM
        return decimal(value), ATOM if value > 0 else SUM

    def show_add(self, term):
        out = ""
        for k, part in enumerate(term.args):
            text = self.show(part, SUM if k == 0 and part.head != "add" else SUM + 1)
            if is_negative(part):
                text = self.parts(part)[0]
            out = text if not k else glued(out, text) if is_negative(part) else out + "+" + text
        return out, SUM

    def show_mul(self, term):
        if is_negative(term):
            rest = term.args[1:]
            text = self.show(rest[0], PRODUCT) if len(rest) == 1 else self.product(rest)
            return "-" + text, SUM
        return self.product(term.args), PRODUCT

    def product(self, factors):
        """Factors side by side; a run of them before the inverse of a scalar is the numerator of a fraction."""
        pieces, run = [], []
        for factor in factors:
            if self.is_divisor(factor):
                cut = self.start_of_numerator(run)
                pieces += [(f, None) for f in run[:cut]]
                pieces.append((None, self.fraction(run[cut:], factor.args[0])))
                run = []
            else:
                run.append(factor)
        pieces += [(factor, None) for factor in run]
        return self.joined(pieces)

    def start_of_numerator(self, run):
        """Where in a run of factors the numerator begins: behind what holds a fraction itself, not at a lone 1."""
        if run == [ONE]:
            return 1
        for k in range(len(run), 0, -1):
            factor = run[k - 1]
            if factor.head not in OPEN_HEADS and r"\frac" in self.parts(factor)[0]:
                return k if run[k:] != [ONE] else len(run)
        return 0

    def joined(self, pieces):
        out, before = "", None
        for k, (factor, text) in enumerate(pieces):
            last = k == len(pieces) - 1
            if text is None:
                text = self.factor(factor, last, alone=len(pieces) == 1)
            out = self.beside(out, before, text) if k else text
            before = factor
        return out

    def factor(self, factor, last, alone=False):
        """One factor of a product; what reaches to the right is fenced unless it stands last."""
        text, own = self.parts(factor)
        if alone:
            return text
        if own <= PRODUCT and not (last and factor.head in OPEN_HEADS) or not last and self.reaches_right(factor):
            return fenced(text)
        return text

    def reaches_right(self, factor):
        """Does the factor take what follows it for its own?"""
        return factor.head in OPEN_HEADS and not self.is_closed(factor) or self.is_bare(factor)

    def beside(self, out, before, text):
        """The next factor after what is written, with a dot where they would run together."""
        spelled = before is not None and before.head in ("name", "index")
        opening = text.startswith(OPENINGS)
        if text[0].isdigit() or spelled and (self.would_call(before) if opening else before.value in ("d", r"\delta")):
            return out + r"\cdot" + (" " if text[0].isalnum() else "") + text
        if out[-1:].isalpha() and text[:1].isalpha() and any(out[-1] + text[0] in word for word in self.names.words):
            return out + r"\," + text
        return glued(out, text)

    def is_divisor(self, factor):
        return factor.head == "pow" and factor.args[1] is MINUS_ONE and not self.is_array(factor.args[0])

    def is_array(self, term):
        return kind_of(term, self.names) in (MATRIX, COLUMN, ROW)

    def fraction(self, numerator, denominator):
        above = self.product(numerator) if numerator else "1"
        return rf"\frac{{{above}}}{{{self.show(denominator)}}}"

    def show_hadamard(self, term):
        return self.operands(ENTRYWISE_OPERATORS["hadamard"][0], term), ENTRYWISE

    def show_kron(self, term):
        return self.operands(ENTRYWISE_OPERATORS["kron"][0], term), ENTRYWISE

    def operands(self, operator, term):
        out = self.show(term.args[0], POWER)
        for argument in term.args[1:]:
            out = glued(out + operator, self.show(argument, POWER))
        return out

    # -- powers ------------------------------------------------------------------------------------------------

    def show_pow(self, term):
        base, exponent = term.args
        if exponent is HALF:
            return rf"\sqrt{{{self.show(base)}}}", ATOM - 1
        if exponent.head == "pow" and exponent.args[1] is MINUS_ONE and is_degree(exponent.args[0]):
            return rf"\sqrt[{exponent.args[0].value}]{{{self.show(base)}}}", ATOM - 1
        if self.is_divisor(term):
            return self.fraction([], base), ATOM - 1
        return self.raised(base, self.exponent(base, exponent)), POWER

    def exponent(self, base, exponent):
        """An exponent's text; in braces of its own where it would be taken for a transpose or a label."""
        text = self.show(exponent)
        mistaken = text in ("T", "-T") and not (text == "T" and self.is_power_of_scalar(base))
        if base.head in ("name", "index") and self.is_upper_label(base, text):
            mistaken = True
        return text if not mistaken else "-{T}" if text == "-T" else "{" + text + "}"

    def raised(self, base, exponent):
        """base^exponent, the base in parentheses unless it is a letter, a call or a fence."""
        text, own = self.parts(base)
        letter = base.args[0] if base.head == "index" else base
        if own < ATOM or letter.head in ("name", "index") and "^" in self.parts(letter)[0]:
            text = fenced(text)
        return text + ("^" + exponent if len(exponent) == 1 else "^{" + exponent + "}")

    def show_transpose(self, term):
        inner = term.args[0]
        if inner.head == "pow" and inner.args[1] is MINUS_ONE and not self.is_divisor(inner):
            return self.raised(inner.args[0], r"-\top"), POWER
        return self.raised(inner, r"\top"), POWER

    # -- conditions --------------------------------------------------------------------------------------------

    def show_rel(self, term):
        relation = Relation(term.value)
        power = IMPLICATION if relation in IMPLICATIONS else RELATION
        left, right = (self.show(a, power + 1) for a in term.args)
        return glued(glued(left, LATEX[relation]), right), power

    def show_and(self, term):
        chain = self.chain(term)
        if chain:
            return chain, RELATION
        return self.connected(term, r"\wedge", CONJUNCTION), CONJUNCTION

    def chain(self, term):
        """a < b and b < c as a < b < c, or None."""
        rels = term.args
        if len(rels) < 2 or any(r.head != "rel" or r.value in IMPLICATIONS for r in rels):
            return None
        if any(a.args[1] is not b.args[0] for a, b in pairwise(rels)):
            return None
        out = self.show(rels[0].args[0], RELATION + 1)
        for r in rels:
            out = glued(glued(out, LATEX[Relation(r.value)]), self.show(r.args[1], RELATION + 1))
        return out

    def show_or(self, term):
        return self.connected(term, r"\vee", DISJUNCTION), DISJUNCTION

    def connected(self, term, operator, power):
        out = self.show(term.args[0], power + 1)
        for argument in term.args[1:]:
            if argument.head == "and" and self.chain(argument) and power == CONJUNCTION:
                out = glued(out + operator, self.chain(argument))
            else:
                out = glued(out + operator, self.show(argument, power + 1))
        return out


def is_negative(term):
    """Is the term written with a minus before it?"""
    if term.head == "num":
        return term.value < 0
    if term.head != "mul" or term.args[0] is not MINUS_ONE or len(term.args) < 2:
        return False
    return len(term.args) > 2 or term.args[1].head != "num"


def is_degree(term):
    return term.head == "num" and isinstance(term.value, int) and term.value > 2


def decimal(value):
    """A Fraction with a finite decimal expansion as its digits; any other as a fraction."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    for digits in range(1, 60):
        shifted = value * 10**digits
        if shifted.denominator == 1:
            whole, rest = divmod(int(shifted), 10**digits)
            return f"{sign}{whole}.{rest:0{digits}d}"
    return rf"{sign}\frac{{{value.numerator}}}{{{value.denominator}}}"


