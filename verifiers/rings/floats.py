"""The float tape: a graph is compiled once to rows of instructions, run by NumPy or by its compiled twin, or with a
running bound on the rounding error.  nan says undefined, and nothing drops it.

Source of the error rules: first-order running error analysis (Higham, Accuracy and Stability, section 3.3); libm
functions are taken to be right to two units in the last place, the special functions to the slack in ``SLACK``.
"""

from verifiers.graph import ADD, FUN, MUL, NUM, POW, VAR

(T_ADD, T_MUL, T_INV, T_POWI, T_SQRT, T_POW, T_EXP, T_LOG, T_SIN, T_COS, T_ARCTAN, T_SIGN, T_FLOOR, T_ERF, T_LGAMMA,
 T_GAMMA, T_DIGAMMA, T_TRIGAMMA, T_BESSEL0, T_BESSEL1, T_POWN) = range(21)

CODES = {"exp": T_EXP, "log": T_LOG, "sin": T_SIN, "cos": T_COS, "arctan": T_ARCTAN, "sign": T_SIGN, "floor": T_FLOOR,
         "erf": T_ERF, "lgamma": T_LGAMMA, "gamma": T_GAMMA, "digamma": T_DIGAMMA, "trigamma": T_TRIGAMMA,
         "bessel0": T_BESSEL0, "bessel1": T_BESSEL1}
UNIT = 2.3e-16              # a little above half the spacing of floats at 1, times two
UNDERFLOW = 1e-323          # what gradual underflow may lose, absolutely: exp(-744) has one bit
DYADIC = 2.0 ** 20          # multiples of 1/DYADIC below DYADIC are taken to be exact
SLACK = {T_LGAMMA: 16.0, T_GAMMA: 32.0, T_DIGAMMA: 64.0, T_TRIGAMMA: 64.0, T_BESSEL0: 64.0, T_BESSEL1: 64.0}


class Tape:
    """The instructions of some roots of a graph.

    code       rows (operation, register, first register, second register or integer exponent)
    constants  (register, float) pairs; variables: (register, node) pairs, pi among the constants
    outputs    the registers of the roots
    """

    def __init__(self, graph, roots):
        self.code, self.constants, self.variables = [], [], []
        self._register, self._size = {}, 0
        for node in graph.reachable(roots):
            self._compile(graph, node)
        self.outputs = [self._register[r] for r in roots]

    def __len__(self):
        return self._size

    def _new(self):
        self._size += 1
        return self._size - 1

    def _row(self, operation, a, b):
        register = self._new()
        self.code.append((operation, register, a, b))
        return register

    def _compile(self, graph, node):
        operation, operands = graph.operation[node], graph.operands[node]
        if operation == NUM:
            register = self._new()
            self.constants.append((register, _nearest(operands)))
        elif operation == VAR:
            register = self._new()
            if graph.domain[node] == "pi":
                self.constants.append((register, 3.141592653589793))
            else:
                self.variables.append((register, node))
        elif operation in (ADD, MUL):
            register = self._register[operands[0]]
            for c in operands[1:]:
                register = self._row(T_ADD if operation == ADD else T_MUL, register, self._register[c])
        elif operation == POW:
            register = self._power(graph, *operands)
        else:
            name, argument = operands[0], operands[-1]
            if operation == FUN and isinstance(name, tuple):
                raise ValueError("an unknown function has no value until UnknownFunctions writes it out")
            register = self._row(CODES[name], self._register[argument], 0)
        self._register[node] = register

    def _power(self, graph, base, exponent):
        b, k = self._register[base], graph.value_of(exponent)
        if k is not None and k.denominator == 1 and abs(k) < 2 ** 31:
            return self._row(T_INV, b, 0) if k == -1 else self._row(T_POWI, b, int(k))
        if k is not None and abs(k) == graph.value_of(graph.half):
            root = self._row(T_SQRT, b, 0)
            return root if k > 0 else self._row(T_INV, root, 0)
        return self._row(T_POWN if graph.integral(exponent) else T_POW, b, self._register[exponent])

    def fill(self, points, registers):
        """Write constants and the points' values (K of them) into the register file, an array (len(self), K)."""
        for register, value in self.constants:
            registers[register] = value
        for register, node in self.variables:
            registers[register] = [_nearest(point[node]) for point in points]


def _nearest(value):
    """The float nearest to a rational, infinite beyond the range."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def compile_tape(graph, roots, unknown=None):
    """The tape of the roots; unknown functions need ``unknown``, an UnknownFunctions."""
    return Tape(graph, unknown.explicit(graph, roots) if unknown else roots)


def evaluate(graph, roots, points, backend="numpy", unknown=None):
    """Values of the roots at the points, an array (len(roots), len(points)) of float64, nan where undefined.

    points   list of {variable node: rational}
    backend  "numpy", or "numba" where the compiled twin is wanted
    """
    tape = compile_tape(graph, roots, unknown)
    return run(tape, points, backend)


def run(tape, points, backend="numpy"):
    """As ``evaluate``, for a tape compiled before."""
    import numpy as np
    registers = np.empty((max(len(tape), 1), len(points)))
    tape.fill(points, registers)
    if backend == "numba":
        from verifiers.rings import float_kernels
        float_kernels.run(_rows(tape), registers)
    else:
        from verifiers.rings import float_arrays
        float_arrays.run(tape.code, registers)
    return registers[tape.outputs]


def evaluate_with_error(graph, roots, points, unknown=None, backend="numpy"):
    """(values, bounds): each bound is at least |computed - exact|, to first order; nan where the value is undefined."""
    return run_with_error(compile_tape(graph, roots, unknown), points, backend)


def run_with_error(tape, points, backend="numpy"):
    """As ``evaluate_with_error``, for a tape compiled before."""
    import numpy as np

    from verifiers.rings import float_arrays
    registers = np.empty((max(len(tape), 1), len(points)))
    tape.fill(points, registers)
    errors = np.zeros_like(registers)
    for register, _ in tape.constants + tape.variables:
        values = registers[register]
        with np.errstate(over="ignore"):
            errors[register] = np.where(float_arrays.dyadic(values), 0.0, UNIT * np.abs(values))
    if backend == "numba":
        from verifiers.rings import float_kernels
        float_kernels.run_with_error(_rows(tape), registers, errors)
    else:
        float_arrays.run_with_error(tape.code, registers, errors)
    return registers[tape.outputs], errors[tape.outputs]


def _rows(tape):
    import numpy as np
    return np.array(tape.code, dtype=np.int64).reshape(-1, 4)


def worst_gap(left, right, scale=1.0):
    """The largest |left - right| / max(scale, |left|, |right|) over the points where both are finite, else nan."""
    import numpy as np
    both = np.isfinite(left) & np.isfinite(right)
    if not both.any():
        return float("nan")
    a, b = left[both], right[both]
    return float(np.max(np.abs(a - b) / np.maximum(scale, np.maximum(np.abs(a), np.abs(b)))))
