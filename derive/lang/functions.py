"""Functions of numbers that SymPy lacks or rewrites, and how SymPy's own are called as Terms."""

import sympy as sp

from derive.lang.heads import Head

SYMPY_FUNCTIONS = {sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.sinh: "sinh",
                   sp.cosh: "cosh", sp.tanh: "tanh", sp.atan: "arctan", sp.Abs: "abs", sp.sign: "sign", sp.erf: "erf",
                   sp.gamma: "gamma", sp.loggamma: "lgamma", sp.digamma: "digamma", sp.factorial: "factorial",
                   sp.floor: "floor"}


class Sigmoid(Head):
    """1/(1 + exp(-x))."""

    head = "sigmoid"

    def _eval_is_positive(self):
        return True


class Softplus(Head):
    """log(1 + exp(x))."""

    head = "softplus"

    def _eval_is_positive(self):
        return True


class ReLU(Head):
    """max(0, x)."""

    head = "relu"

    def _eval_is_nonnegative(self):
        return True


class Binom(Head):
    """n choose k."""

    head = "binom"


class Max(Head):
    """The greatest of the arguments, in the order typed."""

    head = "max"


class Min(Head):
    head = "min"


sigmoid, softplus, relu, binom = Sigmoid, Softplus, ReLU, Binom
