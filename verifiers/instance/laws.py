"""Rows of the normal law: density, draws, divergence and entropy, by its log-density and exact moments.

The constant (2 pi)^{D/2} takes the D of the instance; the divergence is E[log p - log q] under p, its definition.
"""

from derive.term import MINUS_ONE, PI, TWO, Term, add, div, inv, mul, name, num, pow_, sub, term
from verifiers.instance.evaluator import means
from verifiers.instance.expectation import expectation
from verifiers.instance.outcomes import Slot, chance
from verifiers.instance.value import Array, ShapeClash
from verifiers.verdict import CannotDecide, Reason

MINUS_HALF = mul(MINUS_ONE, inv(TWO))


def dimension(evaluator, terms, env):
    """The length of a vector among values of Terms, or None where all are scalars."""
    rows = {v.rows for v in (evaluator.value(t, env) for t in terms) if isinstance(v, Array) and not v.free}
    if len(rows) > 1:
        raise ShapeClash(f"a normal law of dimensions {sorted(rows)}")
    return rows.pop() if rows else None


def log_density(evaluator, x, mean, covariance, env):
    """log Norm_x[mean, covariance] as a Term: -(x - m)^T S^{-1} (x - m)/2 - D/2 log(2 pi) - log(det S)/2."""
    size = dimension(evaluator, (x, mean, covariance), env)
    off = sub(x, mean)
    if size is None:
        quadratic, determinant, size = mul(pow_(off, TWO), inv(covariance)), covariance, 1
    else:
        quadratic = mul(term("transpose", off), inv(covariance), off)
        determinant = term("det", covariance)
    constant = mul(MINUS_ONE, div(num(size), TWO), term("log", mul(TWO, PI)))
    return add(mul(MINUS_HALF, quadratic), constant, mul(MINUS_HALF, term("log", determinant)))


@means("normal_density")
def density(evaluator, term_, env):
    """Norm_x[mean, covariance] = exp(-(x - m)^T S^{-1} (x - m)/2) / sqrt((2 pi)^D det S)."""
    x, mean, covariance = term_.args
    size = dimension(evaluator, term_.args, env)
    off = sub(x, mean)
    if size is None:
        quadratic, volume = mul(pow_(off, TWO), inv(covariance)), mul(TWO, PI, covariance)
    else:
        quadratic = mul(term("transpose", off), inv(covariance), off)
        volume = mul(pow_(mul(TWO, PI), num(size)), term("det", covariance))
    return evaluator.value(mul(term("exp", mul(MINUS_HALF, quadratic)), pow_(pow_(volume, inv(TWO)), MINUS_ONE)), env)


@means("normal")
def bare_normal(evaluator, term_, env):
    """A law is no number."""
    raise CannotDecide(Reason.NEEDS_LEMMA, "a normal law where a number is wanted")


@means("dist")
def bare_draw(evaluator, term_, env):
    """A draw is no number."""
    raise CannotDecide(Reason.NEEDS_LEMMA, "a draw from a law where a number is wanted")


def drawn(evaluator, draw, env):
    """(value, key) of x in ``x ~ normal(mean, covariance)``: Gaussian placeholders with exactly these moments."""
    variable, law = draw.args
    mean, covariance = (evaluator.value(a, env) for a in law.args)
    size = dimension(evaluator, law.args, env)
    record, graph = chance(evaluator), evaluator.graph
    if variable.head != "name":
        raise CannotDecide(Reason.NEEDS_LEMMA, "a draw of an entry")
    known = mean, covariance, size or 1
    same = next((n for n, m in record.laws.items() if m == known and n.startswith(variable.value + "~")), None)
    latex = same or f"{variable.value}~{len(record.laws) + 1}"
    record.laws[latex] = known
    key, nodes = (latex,), []
    for k in range(size or 1):
        node = graph.var(f"{latex}[{k + 1}]" if size else latex)
        record.slots[node], record.space_of[node] = Slot(latex, (), k), key
        nodes.append(node)
    return (nodes[0] if size is None else Array(size, 1, tuple(nodes))), key


def _average_of_log(evaluator, law, builds, env):
    """E under ``law`` of the Term that ``builds`` makes of the variable."""
    x = name("x~")
    value, key = drawn(evaluator, Term("dist", (x, law)), env)
    inner = env + ((x.value, value),)
    return expectation(evaluator, evaluator.value(builds(x, inner), inner), {key})


def normal_divergence(evaluator, p, q, env):
    """KL of two normal laws: E_p[log p - log q]."""
    if (p.head, q.head) != ("normal", "normal"):
        raise CannotDecide(Reason.NEEDS_LEMMA, "the divergence between a normal law and another")

    def ratio(x, inner):
        return sub(log_density(evaluator, x, *p.args, inner), log_density(evaluator, x, *q.args, inner))

    return _average_of_log(evaluator, p, ratio, env)


def normal_entropy(evaluator, p, env):
    """The entropy of a normal law: -E[log p]."""
    def surprise(x, inner):
        return mul(MINUS_ONE, log_density(evaluator, x, *p.args, inner))

    return _average_of_log(evaluator, p, surprise, env)
