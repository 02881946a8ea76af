"""Functions, fences, moments, matrices and cases in print."""

from derive.kinds import MATRIX, kind_of
from derive.notation import (
    ATOM,
    BARE_ARGUMENT,
    CONSTANTS,
    DIVERGENCE,
    FUNCTIONS,
    INDICATOR,
    MOMENTS,
    NORMAL_DENSITY,
    NORMAL_LAW,
    PRODUCT,
    RELATION,
)
from derive.printing.layout import fenced
from derive.term import IMPLIED, ONE
from derive.term.families import FAMILIES

SHORT_EXPONENT = 9      # characters up to which e^{...} is written for \exp(...)


class Applied:
    """Printing of applications; part of the Printer."""

    def applied(self, term):
        """A function of the notation table."""
        if term.head not in FUNCTIONS:
            raise ValueError(f"no notation for {term.head}")
        inner = self.show(term.args[0])
        if self.is_bare(term) or self.is_bare_fraction(term):
            spelling = self.spelling_of(term.head)
            return (spelling + " " + inner if inner[0].isalnum() else spelling + inner), PRODUCT + 1
        return self.spelling_of(term.head) + fenced(inner), ATOM - 1

    def spelling_of(self, head):
        """The first spelling of a row that no declaration has taken."""
        return next((s for s in FUNCTIONS[head] if not self.is_known(s)), FUNCTIONS[head][0])

    def is_bare(self, term):
        """Does the function stand without parentheses before one letter or number, which must end the product?"""
        if term.head not in BARE_ARGUMENT or self.show(term.args[0]).startswith("{"):
            return False
        inner = term.args[0]
        return inner.head in ("name", "index", "call") or inner.head == "num" and inner.value >= 0

    def is_bare_fraction(self, term):
        if term.head not in BARE_ARGUMENT or term.args[0].head not in ("mul", "pow"):
            return False
        factors = term.args[0].args if term.args[0].head == "mul" else (term.args[0],)
        return self.is_divisor(factors[-1]) and not any(map(self.is_divisor, factors[:-1])) and factors[0] is not ONE

    def show_pi(self, term):
        return CONSTANTS["pi"][0], ATOM

    def show_infinity(self, term):
        return CONSTANTS["infinity"][0], ATOM

    def show_zeros(self, term):
        return CONSTANTS["zeros"][0], ATOM

    def show_exp(self, term):
        inner = self.show(term.args[0])
        short = len(inner) <= SHORT_EXPONENT and "\\frac" not in inner and term.args[0] is not ONE
        if short and not self.is_known("e"):
            return ("e^" + inner if len(inner) == 1 else "e^{" + inner + "}"), ATOM - 1
        return self.spelling_of("exp") + fenced(inner), ATOM - 1

    def show_abs(self, term):
        inner, name = term.args[0], term.args[0].value if term.args[0].head == "name" else None
        d = self.names.first(name) if name is not None else None
        if kind_of(inner, self.names) == MATRIX or d is not None and d.kind == "set":
            return self.spelling_of("abs") + fenced(self.show(inner)), ATOM - 1
        return rf"\left|{self.show(inner)}\right|", ATOM

    def show_det(self, term):
        if kind_of(term.args[0], self.names) == MATRIX:
            return rf"\left|{self.show(term.args[0])}\right|", ATOM
        return self.spelling_of("det") + fenced(self.show(term.args[0])), ATOM - 1

    def show_norm(self, term):
        return rf"\left\|{self.show(term.args[0])}\right\|", ATOM

    def show_norm_one(self, term):
        return self.show_norm(term)[0] + "_1", ATOM

    def show_norm_max(self, term):
        return self.show_norm(term)[0] + r"_{\infty}", ATOM

    def show_floor(self, term):
        return rf"\lfloor {self.show(term.args[0])}\rfloor", ATOM

    def show_factorial(self, term):
        return self.show(term.args[0], ATOM) + "!", ATOM - 1

    def show_binom(self, term):
        return rf"\binom{{{self.show(term.args[0])}}}{{{self.show(term.args[1])}}}", ATOM

    def show_max(self, term):
        return rf"\{term.head}" + fenced(",".join(map(self.show, term.args))), ATOM - 1

    show_min = show_max

    def show_set(self, term):
        return r"\{" + ",".join(map(self.show, term.args)) + r"\}", ATOM

    def show_range(self, term):
        return rf"\{{{self.show(term.args[0])},\ldots,{self.show(term.args[1])}\}}", ATOM

    # -- arrays ------------------------------------------------------------------------------------------------

    def show_matrix(self, term):
        rows, columns = term.value
        cells = [self.show(a) for a in term.args]
        lines = [" & ".join(cells[r * columns:(r + 1) * columns]) for r in range(rows)]
        return r"\begin{bmatrix}" + r" \\ ".join(lines) + r"\end{bmatrix}", ATOM

    def show_cases(self, term):
        args, lines = term.args, []
        for k in range(0, len(args) - 1, 2):
            lines.append(f"{self.show(args[k])} & {self.show(args[k + 1])}")
        if len(args) % 2:
            lines.append(self.show(args[-1]) + r" & \text{otherwise}")
        return r"\begin{cases}" + r" \\ ".join(lines) + r"\end{cases}", ATOM

    # -- probability -------------------------------------------------------------------------------------------

    def show_E(self, term):
        laws = [a for a in term.args if a.head == "dist"]
        bodies = [a for a in term.args if a.head != "dist"]
        below = ",".join(map(self.law, laws))
        before = self.bound
        self.bound = before.binding([a.args[0] for a in laws])
        inside = self.conditioned(term.head, bodies)
        self.bound = before
        spelling = next((s for s in MOMENTS[term.head] if not self.is_known(s)), MOMENTS[term.head][0])
        return spelling + (f"_{{{below}}}" if below else "") + fenced(inside, "[", "]"), ATOM

    show_Var = show_Cov = show_E

    def conditioned(self, head, bodies):
        if head == "Cov" and bodies[0] is bodies[1] and kind_of(bodies[0], self.names) != (1, 1):
            bodies = bodies[:1]
        conditions = {b.args[1] for b in bodies if b.head == "given"}
        if len(conditions) == 1 and all(b.head == "given" for b in bodies):
            condition = conditions.pop()
            known = condition.args if condition.head == "set" else (condition,)
            return ",".join(self.show(b.args[0]) for b in bodies) + r"\mid " + ",".join(map(self.show, known))
        return ",".join(map(self.show, bodies))

    def law(self, term):
        variable, law = term.args
        if law is IMPLIED:
            return self.show(variable)
        if law.head == "call" and len(law.args) > 1 and law.args[1] is variable:
            return self.show(law)
        return rf"{self.show(variable)}\sim {self.show(law, RELATION + 1)}"

    def show_given(self, term):
        return rf"{self.show(term.args[0])}\mid {self.show(term.args[1])}", 0

    def show_KL(self, term):
        spelling = next((s for s in DIVERGENCE if not self.is_known(s)), DIVERGENCE[0])
        return spelling + fenced(rf"{self.show(term.args[0])}\|{self.show(term.args[1])}"), ATOM - 1

    def show_entropy(self, term):
        return self.spelling_of("entropy") + fenced(self.show(term.args[0]), "[", "]"), ATOM - 1

    def show_normal(self, term):
        return NORMAL_LAW[0] + fenced(",".join(map(self.show, term.args))), ATOM - 1

    def show_law(self, term):
        return rf"\operatorname{{{FAMILIES[term.value].spellings[0]}}}" + fenced(",".join(map(self.show, term.args))), \
            ATOM - 1

    def show_normal_density(self, term):
        point, mean, covariance = map(self.show, term.args)
        return f"{NORMAL_DENSITY[0]}_{{{point}}}" + fenced(f"{mean},{covariance}", "[", "]"), ATOM - 1

    def show_indicator(self, term):
        return INDICATOR[0] + fenced(self.show(term.args[0]), "[", "]"), ATOM


