"""The table of heads: arity (None: any), which arguments are bound variables, and in which arguments they are bound.

A binder's argument order is (body, variable, domain); the variable is bound in the body only.
"""

from derive.term.record import record


@record(frozen=True)
class Head:
    """What the engine knows of a head besides its notation."""

    arity: int | None
    binds: int | None = None          # position of the bound variable (a name), if any
    scope: tuple[int, ...] = (0,)     # positions in which it is bound


FUNCTIONS = ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "sigmoid", "softplus", "relu", "abs",
             "sign", "erf", "gamma", "lgamma", "digamma", "factorial", "floor", "conj", "re", "im")

HEADS = {
    "num": Head(0), "name": Head(0), "pi": Head(0), "infinity": Head(0), "zeros": Head(0),
    "add": Head(None), "mul": Head(None), "pow": Head(2), "hadamard": Head(None), "kron": Head(2),
    **{name: Head(1) for name in FUNCTIONS}, "binom": Head(2), "max": Head(None), "min": Head(None),
    "index": Head(None), "call": Head(None),
    "transpose": Head(1), "det": Head(1), "tr": Head(1), "norm": Head(1), "norm_one": Head(1),
    "norm_max": Head(1), "vec": Head(1), "diag": Head(1),
    "softmax": Head(1), "matrix": Head(None), "shape": Head(1),
    "range": Head(2), "implied": Head(0), "filter": Head(2), "set": Head(None),
    "sum": Head(3, binds=1, scope=(0,)), "prod": Head(3, binds=1, scope=(0,)),
    "maxover": Head(3, binds=1, scope=(0,)), "minover": Head(3, binds=1, scope=(0,)),
    "int": Head(3, binds=1, scope=(0,)), "stack": Head(3, binds=1, scope=(0,)),
    "at": Head(3, binds=1, scope=(0,)),
    "argmin": Head(2, binds=1, scope=(0,)), "argmax": Head(2, binds=1, scope=(0,)),
    "minof": Head(2, binds=1, scope=(0,)), "maxof": Head(2, binds=1, scope=(0,)),
    "deriv": Head(None), "grad": Head(2), "hess": Head(2),
    "E": Head(None), "Var": Head(None), "Cov": Head(None), "dist": Head(2), "given": Head(2),
    "KL": Head(2), "entropy": Head(1), "information": Head(2), "law": Head(None), "normal": Head(2),
    "normal_density": Head(3),
    "rel": Head(2), "and": Head(None), "or": Head(None), "indicator": Head(1), "cases": Head(None),
}
