"""A quick sufficient test: is a node positive at every point of the domains of its variables?"""

from verifiers.graph import ADD, FUN, MUL, NUM, POW, VAR

POSITIVE_TAGS = ("positive", "unit", "weight", "pi")
NONNEGATIVE_TAGS = (*POSITIVE_TAGS, "nonnegative", "closed_unit", "binary")


def is_positive(graph, node):
    """Whether the node is plainly > 0: products, sums, powers and exponentials of positive parts, and 1 - x in (0, 1)."""
    return _sign(graph, node) == "positive"


def is_nonzero(graph, node):
    """Whether the node is plainly never 0."""
    operation, operands = graph.operation[node], graph.operands[node]
    if operation == NUM:
        return operands != 0
    if operation == VAR and graph.domain[node] in ("nonzero", "negative", "sign"):
        return True
    if operation == MUL:
        return all(is_nonzero(graph, c) for c in operands)
    if operation == POW:
        return is_nonzero(graph, operands[0])
    return is_positive(graph, node)


def _sign(graph, node):
    """"positive", "nonnegative" or None."""
    operation, operands = graph.operation[node], graph.operands[node]
    if operation == NUM:
        return "positive" if operands > 0 else "nonnegative" if operands == 0 else None
    if operation == VAR:
        tag = graph.domain[node]
        return "positive" if tag in POSITIVE_TAGS else "nonnegative" if tag in NONNEGATIVE_TAGS else None
    if operation == FUN:
        return "positive" if operands[0] in ("exp", "gamma") and (operands[0] == "exp" or is_positive(
            graph, operands[1])) else None
    if operation == POW:
        return _sign_of_power(graph, *operands)
    signs = [_sign(graph, c) for c in operands]
    if operation == ADD:
        if None not in signs:
            return "positive" if "positive" in signs else "nonnegative"
        return "positive" if _complement_of_unit(graph, operands) else None
    return None if None in signs else "positive" if set(signs) == {"positive"} else "nonnegative"


def _sign_of_power(graph, base, exponent):
    k, sign = graph.value_of(exponent), _sign(graph, base)
    if sign == "positive":
        return sign
    if k is not None and k.denominator == 1 and k % 2 == 0:
        return "nonnegative" if k > 0 else None
    return sign if k is not None and k > 0 else None


def _complement_of_unit(graph, operands):
    """1 - x (or 1 - x y ...) with every factor in (0, 1)."""
    values = [graph.value_of(c) for c in operands]
    if len(operands) != 2 or 1 not in values:
        return False
    other = operands[0] if values[1] == 1 else operands[1]
    if graph.operation[other] != MUL:
        return False
    factors = graph.operands[other]
    numbers = [c for c in factors if graph.operation[c] == NUM]
    return [graph.operands[c] for c in numbers] == [-1] and all(
        graph.operation[c] == VAR and graph.domain[c] == "unit" for c in factors if c not in numbers)
