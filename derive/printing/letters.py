"""Names, indices and calls in print: each is spelled so that the declarations at hand give it back."""

from derive.kinds import SCALAR, kind_of
from derive.notation import ATOM, BUILT_IN_NAMES
from derive.printing.layout import fenced
from derive.spelling import RAISED, script_splits, spell, taken_apart, unbold
from derive.term import IMPLIED, MINUS_ONE


class Letters:
    """Printing of names; part of the Printer."""

    def show_name(self, term):
        return self.name_text(term.value), ATOM

    def name_text(self, spelling):
        """The name as it stands, or in \\mathord{} where it would be read as something else."""
        return spelling if self.is_plain(spelling) else rf"\mathord{{{spelling}}}"

    def is_plain(self, spelling):
        """Is the spelling read as this very name?"""
        base, sub, sup, primes = taken_apart(spelling)
        if base in BUILT_IN_NAMES and not self.is_known(base) and not (sub and base in ("e", r"\pi", r"\mathrm{e}")):
            return spelling in ("\\mathcal{N}", r"\mathbf{1}")
        if primes and not self.names.declared(spelling) and self.names.declared(spelling[:-len(primes)]):
            return not self.names.is_function(spelling[:-len(primes)])
        label = sup in ("", "*") or len(sup) == 3 and sup[0] == "(" and sup[2] == ")"
        if not label and not self.names.declared(spelling):
            return False
        if base.isalpha() and len(base) > 1 and base not in self.names.words or not base:
            return False
        if not sub:
            return True
        found = self.looked_up(base, script_splits(sub), sup, primes)
        return found == ("name", spelling)

    def is_known(self, base):
        return base in self.bound or self.names.declared(base)

    def looked_up(self, base, splits, sup="", primes=""):
        """What the reader finds for a name with subscripts, or None where it finds several things."""
        found = []
        for texts in splits:
            resolved = self.names.resolve(base, texts, sup, primes, self.bound)
            if resolved[0] == "name" and self.is_known(resolved[1]):
                return resolved
            if resolved[0] == "index" and self.names.fits(resolved, base, self.bound):
                found.append(resolved)
        if len(found) > 1:
            return None
        if found:
            return found[0]
        resolved = self.names.resolve(base, splits[0], sup, primes, self.bound)
        return None if resolved[0] == "index" and self.names.is_bold_vector(resolved[1], len(splits[0])) else resolved

    # -- indices -----------------------------------------------------------------------------------------------

    def show_index(self, term):
        base, subscripts = term.args[0], term.args[1:]
        texts = [":" if s is IMPLIED else self.show(s) for s in subscripts]
        texts = [rf"{{{t}}}" if self.runs_together(t) else t for t in texts]
        if base.head == "name":
            for fit in ((len(texts), 0), (0, len(texts))):
                spelled = self.entry_text(base.value, texts, fit)
                if spelled:
                    return spelled, ATOM
        if base.head == "index" and base.args[0].head == "name":
            outer = [self.show(s) for s in base.args[1:]]
            if not any(map(self.runs_together, outer)):
                spelled = self.entry_text(base.args[0].value, outer + texts, (len(outer), len(texts)))
                if spelled:
                    return spelled, ATOM
        return rf"{{{self.show(base)}}}_{{{','.join(texts)}}}", ATOM

    def runs_together(self, text):
        """Would this subscript be split, or taken for several digits?"""
        return not text.isdigit() and script_splits(text)[0] != (text,)

    def entry_text(self, owner, texts, fit):
        """The owner with its subscripts if they are read back so divided into indices and positions, else None."""
        base, sub, sup, primes = taken_apart(owner)
        labels = list(script_splits(sub)[0]) if sub else []
        candidates = [base]
        if fit[1] and not fit[0]:
            candidates = [unbold(base), *(k for k, v in self.names.arrays.items() if v == owner), base]
        for letter in candidates:
            joined = spell(letter, (*labels, *texts), sup, primes)
            if sup == RAISED and not labels:
                return spell(letter, tuple(texts[1:]), f"({texts[0]})", primes)
            written = taken_apart(joined)
            if letter in BUILT_IN_NAMES and not self.is_known(letter) and letter not in ("e", r"\pi"):
                continue
            if letter.isalpha() and len(letter) > 1 and letter not in self.names.words:
                continue
            if self.looked_up(letter, script_splits(written[1]), sup, primes) == ("index", owner, fit):
                return joined
        return None

    def would_call(self, term):
        """Would a parenthesis after this name be its argument?"""
        owner = term.args[0] if term.head == "index" else term
        return owner.head == "name" and (self.names.is_function(owner.value) or not self.names.declared(owner.value)
                                         and owner.value.startswith(r"\operatorname"))

    def is_power_of_scalar(self, base):
        declared = "T" in self.bound or self.names.declared("T")
        return declared and kind_of(base, self.names) == SCALAR

    def is_upper_label(self, base, text):
        spelling = base.value if base.head == "name" else base.args[0].value if base.args[0].head == "name" else ""
        letter, sub, _, primes = taken_apart(spelling)
        return any(self.names.declared(spell(letter, s, text, primes)) for s in {(sub,) if sub else (), ()})

    # -- calls -------------------------------------------------------------------------------------------------

    def show_call(self, term):
        function, args = term.args[0], term.args[1:]
        inside = self.arguments(term, args)
        if function.head == "pow" and function.args[1] is MINUS_ONE and self.is_called(function.args[0], inside):
            return self.parts(function.args[0])[0] + "^{-1}" + inside, ATOM
        text = self.parts(function)[0]
        if not self.is_called(function, inside) or function.head == "pow":
            text = rf"\mathop{{{text}}}"
        return text + inside, ATOM

    def is_called(self, function, inside):
        """Is a bracket after this function read as its arguments?"""
        owner = function.args[0] if function.head == "index" else function
        if owner.head != "name":
            return False
        spelling = owner.value
        primes = taken_apart(spelling)[3]
        if not self.names.declared(spelling) and primes and self.names.declared(spelling[:-len(primes)]):
            return False
        separated = "," in inside or "|" in inside.replace(r"\left|", "").replace(r"\right|", "")
        if function.head == "name" and spelling in self.bound:
            return spelling in self.names.functions and separated and self.top_separated(inside)
        if self.names.is_function(spelling):
            return True
        return function.head == "name" and not self.names.declared(spelling) and separated and \
            spelling not in BUILT_IN_NAMES and self.top_separated(inside)

    def top_separated(self, inside):
        """Is there a comma or a bar at the first level of the brackets?"""
        depth = 0
        for k, c in enumerate(inside):
            depth += (c in "([{") - (c in ")]}")
            if depth == 1 and (c == "," or c == "|" and not inside[:k].endswith((r"\left", r"\right"))):
                return True
        return False

    def arguments(self, term, args):
        texts = [self.call_argument(a) for a in args]
        if term.value is None:
            divergent = len(args) == 2 and term.args[0].head == "name" and taken_apart(term.args[0].value)[0] == "D"
            inside = (r"\|" if divergent else ",").join(texts)
        else:
            inside = ",".join(texts[:term.value]) + "|" + ",".join(texts[term.value:])
        return fenced(inside)

    def call_argument(self, argument):
        if argument is IMPLIED:
            return r"\cdot"
        if argument.head == "index" and sum(s.head == "range" for s in argument.args[1:]) == 1:
            first, last = (type(argument)("index", tuple(s.args[k] if s.head == "range" else s for s in argument.args))
                           for k in (0, 1))
            return rf"{self.show(first)},\ldots,{self.show(last)}"
        return self.show(argument)

