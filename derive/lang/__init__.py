"""The language of derivations: symbols, inert heads, conditions.  exp, log, sin ... are SymPy's."""

from derive.lang.arrays import Det, Diag, Hadamard, Kron, Matrix, Norm, Softmax, Tr, Vec, Zeros, inner, inverse, outer
from derive.lang.binders import ArgMax, ArgMin, Integral, MaxOf, MaxOver, MinOf, MinOver, Prod, Sum
from derive.lang.calculus import Deriv, Grad, Hess
from derive.lang.functions import Binom, Max, Min, ReLU, Sigmoid, Softplus, binom, relu, sigmoid, softplus
from derive.lang.heads import Entry, Head, Inverse, Transpose
from derive.lang.names import Call, Name, Scope, current_scope, scope
from derive.lang.probability import KL, Cov, Dist, E, Entropy, Given, Normal, NormalDensity, Var
from derive.lang.sets import (
                              And,
                              Cases,
                              Elements,
                              Implied,
                              Indicator,
                              Or,
                              Range,
                              Rel,
                              Where,
                              condition,
                              eq,
                              ge,
                              gt,
                              in_,
                              le,
                              lt,
                              ne,
)
from derive.lang.shape import ShapeError, shape_of
from derive.lang.symbols import (
                              binary,
                              bound,
                              chain,
                              closed_unit,
                              define,
                              define_recursion,
                              density,
                              eye,
                              function,
                              index,
                              index_set,
                              mass,
                              matrices,
                              matrix,
                              named_entries,
                              nonnegative,
                              nonzero,
                              positive,
                              random,
                              random_names,
                              real,
                              scalar,
                              sequence,
                              sign_label,
                              size,
                              states,
                              unit,
                              vector,
                              vectors,
)

__all__ = [
    "And", "ArgMax", "ArgMin", "Binom", "Call", "Cases", "Cov", "Deriv", "Det", "Diag", "Dist", "E", "Elements",
    "Entropy", "Entry", "Given", "Grad", "Hadamard", "Head", "Hess", "Implied", "Indicator", "Integral", "Inverse",
    "KL", "Kron", "Matrix", "Max", "MaxOf", "MaxOver", "Min", "MinOf", "MinOver", "Name", "Norm", "Normal",
    "NormalDensity", "Or", "Prod", "Range", "ReLU", "Rel", "Scope", "ShapeError", "Sigmoid", "Softmax", "Softplus",
    "Sum", "Tr", "Transpose", "Var", "Vec", "Where", "Zeros", "binary", "binom", "bound", "chain", "closed_unit",
    "condition", "current_scope", "define", "define_recursion", "density", "eq", "eye", "function", "ge", "gt", "in_",
    "index", "index_set", "inner", "inverse", "le", "lt", "mass", "matrices", "matrix", "named_entries", "ne",
    "nonnegative", "nonzero", "outer", "positive", "random", "random_names", "real", "relu", "scalar", "scope",
    "sequence", "shape_of", "sigmoid", "sign_label", "size", "softplus", "states", "unit", "vector", "vectors"]
