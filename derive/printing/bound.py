"""Sums, integrals, extrema and derivatives in print."""

from derive.kinds import SCALAR, kind_of
from derive.notation import ATOM, PRODUCT, SUM, SUMS
from derive.printing.layout import fenced, glued
from derive.term import IMPLIED, Relation
from derive.term.walk import free_names

CONTINUOUS = ("scalar", "vector", "matrix", "random")
COUNTING = ("integer", "binary", "sign")


class Bound:
    """Printing of binders; part of the Printer."""

    def under(self, variables, printing, counting=False):
        """What ``printing()`` gives with the variables bound."""
        before = self.bound
        self.bound = before.binding(variables, counting)
        text = printing()
        self.bound = before
        return text

    def show_sum(self, term):
        body, variable, domain = term.args
        below, above = self.limits(variable, domain)
        text = self.under((variable,), lambda: self.show(body, SUM + 1), counting=True)
        if term.head == "prod" and self.would_end(variable, body):
            text = fenced(text)
        operator = SUMS[term.head] + f"_{{{below}}}" + (f"^{{{above}}}" if above else "")
        return operator + text, PRODUCT

    show_prod = show_sum

    def would_end(self, variable, body):
        """Whether a product over the variable would be read to end before the last factor of its body."""
        if body.head != "mul" or variable.head != "name":
            return False
        depends = [variable.value in self.names.dependence(f) for f in body.args]
        inner = [f.head in SUMS and not d for f, d in zip(body.args, depends, strict=True)]
        return any(depends) and not depends[-1] or any(inner[1:])

    def show_stack(self, term):
        """An array by its entries: the body in brackets with the range of its index."""
        body, variable, domain = term.args
        below, above = self.limits(variable, domain)
        text = self.under((variable,), lambda: self.show(body), counting=True)
        return rf"\left[{text}\right]_{{{below}}}" + (f"^{{{above}}}" if above else ""), ATOM

    def limits(self, variable, domain):
        """(below, above) of an operator over a domain."""
        shown = self.show(variable)
        if domain is IMPLIED:
            return shown, ""
        if domain.head == "range":
            return f"{shown}={self.show(domain.args[0])}", self.show(domain.args[1])
        if domain.head != "filter":
            return glued(shown + r"\in", self.show(domain, SUM)), ""
        inner, condition = domain.args
        below, above = self.limits(variable, inner)
        if inner is IMPLIED and self.names_itself(variable, condition):
            return self.show(condition), above
        separator = ":" if inner is IMPLIED else ","
        return f"{below}{separator}{self.show(condition)}", above

    def names_itself(self, variable, condition):
        """Is i \\ne j below enough to say that i is the variable?"""
        if condition.head != "rel" or condition.value in (Relation.EQ, Relation.IN):
            return False
        if condition.args[0] is not variable:
            return False
        others = free_names(condition) - {variable.value}
        return all(o in self.bound or self.names.declared(o) for o in others)

    # -- extrema -----------------------------------------------------------------------------------------------

    def show_maxover(self, term):
        body, variable, domain = term.args
        word = term.head[:3]
        explicit = domain is IMPLIED and self.is_continuous(variable)
        below, above = self.limits(variable, domain)
        text = self.under((variable,), lambda: self.show(body, SUM + 1), counting=True)
        operator = rf"\operatorname{{{word}}}" if explicit else "\\" + word
        return f"{operator}_{{{below}}}" + (f"^{{{above}}}" if above else "") + text, PRODUCT

    show_minover = show_maxover

    def show_maxof(self, term):
        body, variable = term.args
        word, shown = term.head[:3], self.show(variable)
        operator = rf"\{word}_{{{shown}}}" if self.is_continuous(variable) else rf"\underset{{{shown}}}{{\{word}}}"
        return operator + self.bracketed(body, variable), PRODUCT

    show_minof = show_maxof

    def show_argmin(self, term):
        body, variable = term.args
        return rf"\operatorname{{{term.head}}}_{{{self.show(variable)}}}" + self.bracketed(body, variable), PRODUCT

    show_argmax = show_argmin

    def bracketed(self, body, variable):
        """The body of an extremum in square brackets, unless it is one letter, call or fence."""
        text, power = self.under((variable,), lambda: self.parts(body))
        return text if power >= ATOM else fenced(text, "[", "]")

    def is_continuous(self, variable):
        if variable.head == "index":
            return True
        d = self.names.first(variable.value)
        return d is not None and variable.value not in self.bound and d.kind in CONTINUOUS and d.domain not in COUNTING

    # -- integrals ---------------------------------------------------------------------------------------------

    def show_int(self, term):
        body, variable, domain = term.args
        operator = r"\int"
        if domain.head == "range":
            operator += f"_{{{self.show(domain.args[0])}}}^{{{self.show(domain.args[1])}}}"
        elif domain is not IMPLIED:
            operator += f"_{{{self.show(domain)}}}"
        text = self.show(body, SUM + 1)
        mark = r"\mathrm{d}" if "d" in free_names(body) | free_names(variable) or r"\mathrm{d}" in text else "d"
        return glued(operator, text) + r"\," + glued(mark, self.show(variable)), PRODUCT

    # -- derivatives -------------------------------------------------------------------------------------------

    def show_deriv(self, term):
        body, *variables = term.args
        mark = "d" if self.is_ordinary(body, variables) else r"\partial"
        order = f"^{len(variables)}" if len(variables) > 1 else ""
        below = ""
        for variable, times in runs(variables):
            below = glued(below, glued(mark, self.show(variable))) + (f"^{times}" if times > 1 else "")
        if body.head in ("name", "index", "call") and self.is_flat(body):
            return rf"\frac{{{glued(mark + order, self.show(body))}}}{{{below}}}", ATOM - 1
        return rf"\frac{{{mark}{order}}}{{{below}}}" + self.operand(body), PRODUCT

    def is_flat(self, body):
        return not any(t in self.show(body) for t in (r"\frac", r"\sum"))

    def is_closed(self, term):
        """Is this derivative a fraction whose numerator holds all of it?"""
        return term.head == "deriv" and term.args[0].head in ("name", "index", "call") and self.is_flat(term.args[0])

    def is_ordinary(self, body, variables):
        """d/dx where the body is seen to depend on the scalar x alone."""
        first = variables[0]
        if len(set(variables)) > 1 or first.head != "name" or kind_of(first, self.names) not in (SCALAR, None):
            return False
        if "d" in self.bound or self.names.declared("d"):
            return False
        free = {n for n in free_names(body) if not self.names.is_function(n)}
        return free == {first.value} and body is not first

    def operand(self, body):
        """What a derivative operator stands before."""
        text, power = self.parts(body)
        return text if power >= ATOM - 1 and body.head not in ("transpose", "pow", "num") else fenced(text)

    def show_grad(self, term):
        body, variable = term.args
        square = "" if term.head == "grad" else "^2"
        return rf"\nabla_{{{self.show(variable)}}}{square}{self.operand(body)}", PRODUCT

    show_hess = show_grad

    def show_at(self, term):
        body, variable, point = term.args
        text = self.under((variable,), lambda: self.show(body))
        return rf"\left.{text}\right|_{{{self.show(variable)}={self.show(point)}}}", ATOM


def runs(variables):
    """[(variable, how often in a row)]."""
    found = []
    for variable in variables:
        if found and found[-1][0] is variable:
            found[-1][1] += 1
        else:
            found.append([variable, 1])
    return found
