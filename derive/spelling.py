"""Names: one spelling each, and what the declarations say a spelling means.  Reader and printer look names up here.

The order of look-up: bound variable, declared name, member of a declared family, entry of a declared array, built-in.
"""

import re
from itertools import pairwise

from derive.notation import FUNCTION_LETTERS, INDEX_LETTERS, LETTERS, MOMENTS
from derive.term import index, name
from derive.term.record import record
from derive.term.walk import free_names

DIFFERENCE = r"\Delta"          # before a letter it may be part of a declared name, \Delta\alpha
CALLABLE = ("function", "mass", "density", "chain")
INDEX_KINDS = ("index", "size")
RAISED = r"(\cdot)"         # the upper label of a family whose members are written x^{(i)}
ARRAY_RANK = {"vector": 1, "matrix": 2, "identity": 2}


def joined(marks):
    """Tokens written close, with a space only where a command would run into a letter."""
    out = ""
    for text in marks:
        if out and text[:1].isalpha() and out[-1].isalpha() and _ends_in_command(out):
            out += " "
        out += text
    return out


def _ends_in_command(text):
    k = len(text)
    while k and text[k - 1].isalpha():
        k -= 1
    return k > 0 and text[k - 1] == "\\"


def spell(base, sub=(), sup="", primes=""):
    """The canonical LaTeX of a name: base, lower label, upper label, primes; braces only where TeX needs them."""
    out = base
    if sub:
        out += "_" + braced(subscript_text(sub))
    if sup:
        out += "^{" + sup + "}"
    return out + primes


def subscript_text(sub):
    """The subscripts as they are written together: ``ij``, ``k-1,j``, ``10``."""
    close = all(len(s) == 1 and s.isalnum() or s.startswith("\\") for s in sub) or len(sub) == 1
    return joined(sub) if close else ",".join(sub)


def braced(text):
    """A script's text, in braces unless it is one character or one plain command."""
    return text if len(text) == 1 or text.startswith("\\") and text[1:].isalpha() else "{" + text + "}"


def letters_of(text):
    """The letters and letter commands that occur in a script's text."""
    found, k = [], 0
    while k < len(text):
        if text[k] == "\\":
            end = k + 1
            while end < len(text) and text[end].isalpha():
                end += 1
            found.append(text[k:end])
            k = max(end, k + 1)
        else:
            if text[k].isalpha():
                found.append(text[k])
            k += 1
    return found


def taken_apart(spelling):
    """(base, lower script, upper script, primes) of a canonical name."""
    primes = spelling[len(spelling.rstrip("'")):]
    rest, found = spelling[:len(spelling) - len(primes)], {"_": "", "^": ""}
    depth, marks = 0, []
    for k, c in enumerate(rest):
        depth += (c == "{") - (c == "}")
        if not depth and c in found:
            marks.append(k)
    for k, end in pairwise([*marks, len(rest)]):
        text = rest[k + 1:end]
        found[rest[k]] = text[1:-1] if text.startswith("{") else text
    return rest[:marks[0]] if marks else rest, found["_"], found["^"], primes


_SCRIPT_TOKEN = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})?|\d+(?:\.\d+)?|[A-Za-z]|\S", re.S)


def script_splits(text):
    """The ways the reader divides a subscript's text into indices, the likeliest first."""
    marks = _SCRIPT_TOKEN.findall(text)
    if all(m[0].isalnum() or m == ":" or m[0] == "\\" and (m[-1] == "}" or m in LETTERS) for m in marks):
        if len(marks) == 1:
            return [(text,), tuple(text)] if text.isdigit() and len(text) > 1 else [(text,)]
        whole = (joined(marks),)
        if any(m[0].isdigit() and len(m) > 1 for m in marks):
            return [whole]
        return [tuple(marks), whole] if any(m.isdigit() for m in marks) else [tuple(marks)]
    groups, depth = [[]], 0
    for mark in marks:
        depth += (mark in "([{") - (mark in ")]}")
        if mark == "," and not depth:
            groups.append([])
        else:
            groups[-1].append(mark)
    return [tuple(joined(g) for g in groups)]


@record(frozen=True)
class Scope:
    """The names bound around a place; ``counting`` are those that count: in x_i an index, never part of a label."""

    names: tuple[str, ...] = ()
    counting: tuple[str, ...] = ()

    def __contains__(self, spelling):
        return spelling in self.names

    def binding(self, variables, counting=False):
        """The scope inside a binder of the variables (Terms); an entry as a variable binds no name."""
        more = tuple(v.value for v in variables if v.head == "name")
        kept = tuple(c for c in self.counting if c not in more)
        return Scope(self.names + more, kept + more if counting else kept)


NOWHERE = Scope()


class Names:
    """The declarations as the reader and the printer ask for them.

    table      name -> its declarations (a family and a scalar may share a letter)
    functions  names that are called with arguments
    words      names of several plain letters, longest first: ``dX``, ``Pr``
    differences  names of two letters, the first of them a difference: ``\\Delta\\alpha``
    arrays     base of an entry name -> the array whose entries it names
    """

    def __init__(self, symbols=()):
        self.symbols = tuple(symbols.values()) if isinstance(symbols, dict) else tuple(symbols)
        self.table, self.functions, self.arrays = {}, set(), {}
        for d in self.symbols:
            self.table.setdefault(d.name, []).append(d)
            head = called_head(d.name)
            if d.kind in CALLABLE or d.formals or head != d.name:
                self.functions.add(head)
        for d in self.symbols:
            if d.entries is not None:
                self.arrays.setdefault(d.entries, d.name)
            plain = unbold(d.name)
            if plain != d.name and d.shape:
                self.arrays.setdefault(plain, d.name)
        known = list(self.table) + list(self.functions)
        self.differences = {taken_apart(n)[0] for n in known if n.startswith(DIFFERENCE) and len(n) > len(DIFFERENCE)}
        self.words = sorted({n for n in known if len(n) > 1 and n.isalpha()} | {"Pr"}, key=len, reverse=True)

    def declared(self, spelling):
        return spelling in self.table or spelling in self.functions

    def is_function(self, spelling):
        """Is a parenthesis after this name its argument?"""
        if spelling in self.functions:
            return True
        word = spelling.startswith(r"\operatorname{")
        if spelling in self.table:
            return word and all(d.kind == "unread" for d in self.table[spelling])
        return word or spelling in FUNCTION_LETTERS

    def first(self, spelling):
        """The first declaration of a name, or None."""
        found = self.table.get(spelling)
        return found[0] if found else None

    def is_index(self, spelling, bound):
        """May this letter count something: a bound variable, a declared index or size, one of i, j, k ...?"""
        if spelling in bound:
            return True
        d = self.first(spelling)
        if d is None:
            return spelling in INDEX_LETTERS
        return d.kind in INDEX_KINDS or d.domain == "integer"

    def dependence(self, term):
        """The names a Term depends on, through definitions too; entries count as their array."""
        seen, open_names = set(), list(free_names(term))
        while open_names:
            spelling = open_names.pop()
            if spelling in seen:
                continue
            seen |= {spelling, unbold(spelling)}
            for d in self.table.get(spelling, ()):
                if d.definition is not None:
                    open_names += free_names(d.definition)
        return seen

    def fit(self, owner, count, bound=NOWHERE):
        """How ``count`` subscripts of a declared name divide into (family indices, entry positions), or None."""
        if owner in bound and owner not in self.table:
            return count, 0
        found = self.table.get(owner, ())
        if any(count == len(d.indices) for d in found):
            return count, 0
        for d in found:
            rank = len(d.shape) or ARRAY_RANK.get(d.kind, 0)
            if rank and count == len(d.indices) + rank:
                return len(d.indices), rank
        return None

    def resolve(self, base, sub=(), sup="", primes="", bound=NOWHERE):
        """What a letter with its scripts is: ("name", spelling) or ("index", owner, (family, entry positions)).

        ``sub`` holds the subscripts' texts.  The last ``family + positions`` of them are the indices, those before
        belong to the owner's label.
        """
        full = spell(base, sub, sup, primes)
        if not sub or full in bound:
            return "name", full
        letters = [letters_of(s) for s in sub]
        counted = next((k for k, found in enumerate(letters) if any(c in bound.counting for c in found)), len(sub))
        if counted == len(sub) and self.declared(full):
            return "name", full
        known = self._owner(base, sub, (sup, primes), counted, bound)
        if known is not None:
            return known
        flat = [letter for found in letters for letter in found]
        if counted < len(sub) or flat and all(self.is_index(c, bound) for c in flat):
            return "index", spell(base, (), sup, primes), (len(sub), 0)
        return "name", full

    def _owner(self, base, sub, upper, counted, bound):
        """("index", owner, fit) of the family or array with the longest label before ``counted``, or None."""
        owners = [(spell(base, sub[:k], *upper), len(sub) - k) for k in range(min(counted, len(sub) - 1), -1, -1)]
        for owner, count in owners:
            fit = self.fit(owner, count, bound)
            if fit is not None and sum(fit) and not (fit == (0, 1) and owner == base and self.is_bold_vector(owner, 1)):
                return "index", owner, fit
        for owner, count in owners:
            if owner in self.arrays:
                fit = self.fit(self.arrays[owner], count, bound)
                if fit is not None and sum(fit):
                    return "index", self.arrays[owner], fit
        return None

    def fits(self, resolved, base, bound=NOWHERE):
        """Is what ``resolve`` found known from declarations, and no guess from letters?"""
        _, owner, fit = resolved
        return self.fit(owner, sum(fit), bound) == fit and not (fit == (0, 1) and owner == base and
                                                                self.is_bold_vector(owner, 1))

    def is_bold_vector(self, spelling, count):
        """Is this a bold letter declared as one vector?  Its entries are written without the weight."""
        found = self.table.get(spelling)
        return count == 1 and bool(found) and unbold(spelling) != spelling and \
            all(not d.indices and (len(d.shape) == 1 or d.kind == "vector") for d in found)

    def entry(self, resolved, subscripts):
        """The Term of what ``resolve`` found, given the Terms of the subscripts that are indices."""
        if resolved[0] == "name":
            return name(resolved[1])
        _, owner, (family, positions) = resolved
        term = name(owner)
        if family:
            term = index(term, *subscripts[:family])
        return index(term, *subscripts[family:]) if positions else term


def called_head(spelling):
    """The part of a declared name before its arguments: ``Pr`` of ``Pr(x|z)``; operators on moments stay whole."""
    depth = 0
    for k, c in enumerate(spelling):
        if c in "([" and not depth and k and spelling[k - 1] != "\\":
            head = spelling[:k]
            return spelling if any(head in row for row in MOMENTS.values()) else head
        depth += (c == "{") - (c == "}")
    return spelling


def unbold(spelling):
    """``\\mathbf{o}`` without its weight: ``o``; other names as they are."""
    for face in (r"\mathbf{", r"\boldsymbol{"):
        if spelling.startswith(face) and "}" in spelling:
            inner, _, rest = spelling[len(face):].partition("}")
            return inner + rest
    return spelling
