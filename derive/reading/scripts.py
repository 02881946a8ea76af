"""Names with their scripts: labels, indices, powers, transposes."""

from derive.kinds import COLUMN, MATRIX, ROW, SCALAR, kind_of
from derive.notation import BUILT_IN_NAMES, DIVERGENCE, TRANSPOSES
from derive.reading.cursor import CLOSES
from derive.spelling import RAISED, joined, spell
from derive.term import IMPLIED, index, inv, num, term
from derive.term.build import pow_

MOST_INDICES, MOST_PRIMES = 12, 4


class Scripts:
    """Reading of names; part of the Parser."""

    def named(self):
        """A name, and what its scripts and the bracket after it make of it."""
        start, base = self.k, self.peek()
        known = base in self.bound or self.names.declared(base)
        if not known and base in BUILT_IN_NAMES:
            return self.built_in(BUILT_IN_NAMES[base])
        self.take()
        return self.scripted_name(base, start)

    def scripted_name(self, base, start):
        """A name that is no built-in: labels belong to the name, indices and powers to the value."""
        sub, primes, label, power = self.gather(base)
        resolved, spans = self.look_up(base, self.splits(sub) if sub else [], label, primes, start)
        bracket = self.peek() in ("(", "[")
        if bracket and power is None and resolved[1] in DIVERGENCE and not self.names.declared(resolved[1]):
            return self.divergence()
        if bracket and self.called(resolved, primes):
            return self.called_name(resolved, spans, primes, power)
        if primes and resolved[0] == "name" and not self.names.declared(resolved[1]):
            self.undeclared_derivative(resolved[1], primes, start)
        return self.scripted(self.raised(self.names.entry(resolved, [self.subscript(s) for s in spans]), power))

    def gather(self, base):
        """The scripts after a name: (span below or None, primes, label above, span of a power or None)."""
        sub, primes, label, power = None, "", "", None
        while self.peek() in ("_", "^", "'"):
            mark = self.take()
            if mark == "'":
                primes += "'"
                if len(primes) > MOST_PRIMES:
                    raise self.fail(f"more than {MOST_PRIMES} primes")
                continue
            span = self.script()
            texts = [t[0] for t in self.marks[span[0]:span[1]]]
            if mark == "_" and sub is None:
                sub = span
            elif mark == "^" and texts and set(texts) == {"'"}:
                primes += "'" * len(texts)
            elif mark == "^" and not label and self.is_member(base, texts, primes):
                close = len(texts) - 1 - texts[::-1].index(")")
                label = joined(texts[:close + 1])
                self.upper = label, (span[0] + 1, span[0] + close)
                power = (span[0] + close + 1, span[1]) if span[0] + close + 1 < span[1] else None
            elif mark == "^" and not label and self.is_label(base, sub, texts, primes):
                label = joined(texts)
            elif mark == "^" and not label and power is None and texts[-1:] and texts[-1] in TRANSPOSES and \
                    self.is_label(base, sub, texts[:-1], primes):
                label, power = joined(texts[:-1]), (span[1] - 1, span[1])
            elif mark == "^" and power is None:
                power = span
            else:
                raise self.fail("two scripts in one place", "braces", span[0])
        return sub, primes, label, power

    def member(self, base, sub, primes, label, start):
        """The Term of a name with its scripts where no call or power can follow."""
        resolved, spans = self.look_up(base, self.splits(sub) if sub else [], label, primes, start)
        return self.names.entry(resolved, [self.subscript(s) for s in spans])

    def is_member(self, base, texts, primes):
        """Is this the upper (i) of a member of a family x^{(i)}?  A transpose may follow inside of the script."""
        if texts[:1] != ["("] or ")" not in texts or not self.names.declared(spell(base, (), RAISED, primes)):
            return False
        return texts[-1] == ")" or texts[-2] == ")" and texts[-1] in TRANSPOSES

    def is_label(self, base, sub, texts, primes):
        """Is an upper script part of the name: a star, (k), or declared so?"""
        if texts == ["*"] or texts[:1] == ["("] and texts[-1:] == [")"] and len(texts) == 3:
            return True
        sub_texts = () if sub is None else self.splits(sub)[0][0]
        return any(self.names.declared(spell(base, s, joined(texts), primes)) for s in {sub_texts, ()})

    def undeclared_derivative(self, spelling, primes, start):
        plain = spelling[:-len(primes)]
        if self.names.is_function(plain) and self.names.declared(plain):
            raise self.fail(f"the derivative {spelling} without its argument", plain + primes + "(x)", start)

    def look_up(self, base, splits, label, primes, start):
        """What Names finds for the first way of splitting the subscripts it knows, and the spans of the indices."""
        if self.upper is not None and self.upper[0] is label:
            first = joined([t[0] for t in self.marks[slice(*self.upper[1])]]), self.upper[1]
            splits = [((first[0], *texts), (first[1], *spans)) for texts, spans in splits or [((), ())]]
            label = RAISED
        if not splits:
            return self.names.resolve(base, (), label, primes, self.bound), ()
        if len(splits[0][0]) > MOST_INDICES:
            raise self.fail(f"more than {MOST_INDICES} indices", "", start)
        found, default = [], None
        for texts, spans in splits:
            resolved = self.names.resolve(base, texts, label, primes, self.bound)
            if resolved[0] == "name" and (self.names.declared(resolved[1]) or resolved[1] in self.bound):
                return resolved, ()
            if resolved[0] == "index" and self.names.fits(resolved, base, self.bound):
                found.append((resolved, spans[len(spans) - sum(resolved[2]):]))
            default = default or (resolved, spans)
        if len(found) > 1:
            raise self.fail("one index or several?", "commas between indices, \\cdot in a product", start)
        if found:
            return found[0]
        resolved, spans = default
        if resolved[0] == "index" and self.names.is_bold_vector(resolved[1], len(spans)):
            raise self.fail(f"an entry of {resolved[1]}, or another vector?", "a plain letter for an entry", start)
        return resolved, spans if resolved[0] == "index" else ()

    # -- scripts -----------------------------------------------------------------------------------------------

    def script(self):
        """The span (start, end) of a script's tokens; the position moves past it."""
        if self.peek() == "{":
            end = self.closing(self.k)
            span = self.k + 1, end
            self.k = end + 1
            return span
        text, kind = self.peek(), self.kind()
        if kind == "number" and len(text) > 1:
            raise self.fail("which digits belong to the script?", "braces")
        if kind == "mark" and text not in ("*", r"\top", ":", r"\infty"):
            raise self.fail(self.found(), "a script in braces")
        self.k += 1
        return self.k - 1, self.k

    def splits(self, span):
        """The ways a subscript divides into indices: a list of (texts, spans), the likeliest first."""
        start, end = span
        marks = self.marks[start:end]
        if all(t[2] != "mark" or t[0] == ":" for t in marks):
            whole = (joined([t[0] for t in marks]),), (span,)
            if len(marks) == 1:
                digits = marks[0][0]
                if marks[0][2] == "number" and digits.isdigit() and len(digits) > 1:
                    return [whole, (tuple(digits), tuple(num(d) for d in digits))]
                return [whole]
            if any(t[2] == "number" and len(t[0]) > 1 for t in marks):
                return [whole]
            split = tuple(t[0] for t in marks), tuple((start + n, start + n + 1) for n in range(len(marks)))
            return [split, whole] if any(t[2] == "number" for t in marks) else [split]
        spans, depth, first = [], 0, start
        for k in range(start, end):
            text = self.marks[k][0]
            depth += (text in CLOSES) - (text in CLOSES.values())
            if text == "," and not depth:
                spans.append((first, k))
                first = k + 1
        spans.append((first, end))
        return [(tuple(joined([t[0] for t in self.marks[a:b]]) for a, b in spans), tuple(spans))]

    def subscript(self, span):
        """The Term of one index."""
        if not isinstance(span, tuple):
            return span
        if self.marks[span[0]][0] == ":" and span[1] == span[0] + 1:
            return IMPLIED
        return self.within(*span, self.expression)

    def scripted(self, value):
        """Indices, powers, transposes and factorials after a value."""
        while True:
            text = self.peek()
            if text == "^":
                self.take()
                value = self.raised(value, self.script())
            elif text == "_":
                self.take()
                value = self.entry_of(self.plain(value), self.splits(self.script()))
            elif text == "!":
                self.take()
                value = term("factorial", self.plain(value))
            elif text == "'":
                raise self.fail("a prime after a value", "a name before the prime")
            else:
                return value

    def entry_of(self, value, splits):
        """The entry of a matrix expression: (A^2)_{12} has two indices, not the index 12."""
        pairs = [spans for texts, spans in splits if len(texts) == 2]
        spans = pairs[0] if pairs and kind_of(value, self.names) == MATRIX else splits[0][1]
        return index(value, *(self.subscript(s) for s in spans))

    def explicit_index(self, inner):
        """{a}_{i}: the entry i of a, whatever is declared."""
        self.take()
        return self.scripted(index(inner, *(self.subscript(s) for s in self.splits(self.script())[0][1])))

    def raised(self, value, span):
        """The value to the power written in the span; the letter T and -T transpose."""
        if span is None:
            return value
        value = self.plain(value, span[0])
        texts = [t[0] for t in self.marks[span[0]:span[1]]]
        if len(texts) == 1 and texts[0] in TRANSPOSES and self.transposes(value, texts[0], span):
            return term("transpose", value)
        if len(texts) == 2 and texts[0] == "-" and texts[1] in TRANSPOSES:
            return term("transpose", inv(value))
        if not texts:
            raise self.fail("an empty script", "a power", span[0])
        power = self.plain(self.within(*span, self.expression))
        return pow_(value, power)

    def is_oblong(self, value):
        """Is this a declared matrix that has no powers, its two sizes being different?"""
        base = value.args[0] if value.head == "index" else value
        d = self.names.first(base.value) if base.head == "name" else None
        return d is not None and len(d.shape) == 2 and d.shape[0] is not d.shape[1]

    def transposes(self, value, text, span):
        """Does this upper T transpose?  It may be a declared number, and then only what the base is can tell."""
        if text != "T":
            return True
        kind, declared = kind_of(value, self.names), "T" in self.bound or self.names.declared("T")
        if declared and kind == SCALAR:
            return False
        doubtful = kind not in (COLUMN, ROW) and not self.is_oblong(value) if declared else \
            kind == SCALAR and value.head in ("name", "index")
        if doubtful:
            raise self.fail("is T a power or a transpose?", r"\top for the transpose, or T declared", span[0])
        return True
