"""Reference spaces: which variables of a claim run through one space, and the points of it."""

from derive.term import free_names, name, neg, subterms
from derive.term.record import field, record
from verifiers.graph import POSITIVE
from verifiers.instance.outcomes import chance
from verifiers.instance.sizes import size
from verifiers.instance.statements import BODIES
from verifiers.instance.value import Array
from verifiers.verdict import CannotDecide, Reason

DERIVATIVES = ("deriv", "grad", "hess")
BINDERS = ("sum", "prod", "int", "maxover", "minover")
MOST = 8            # points of one space
DIMENSION = 2       # components of a bold variable of undeclared length


@record
class Reference:
    """The spaces of one evaluator.

    parent      letter -> letter, a forest: letters with one root share a space
    points      value of a point -> (space, place); a mirrored point has the negative place
    spaces      space -> ((weight, value), ...)
    integrated  roots of letters that some binder runs over
    totals      the normalising sums
    integrands  space -> the integrands met so far, at its first point
    order       how many jets of an integrand a derivative in a parameter brings in
    smooth      whether a derivative stands anywhere in the claim
    fixed       letters that stand free and are points of a space of masses -> their place
    alone       (mass, conditions) -> the point at which it was taken, of no space
    even, finite   roots of spaces of symmetric laws, of masses
    """

    parent: dict = field(default_factory=dict)
    points: dict = field(default_factory=dict)
    spaces: dict = field(default_factory=dict)
    integrated: set = field(default_factory=set)
    totals: dict = field(default_factory=dict)
    even: set = field(default_factory=set)
    finite: set = field(default_factory=set)
    integrands: dict = field(default_factory=dict)
    fixed: dict = field(default_factory=dict)
    alone: dict = field(default_factory=dict)
    count: int = 2
    order: int = 1
    smooth: bool = False

    def letter(self, latex):
        """The root of a letter; primes do not tell letters apart."""
        latex = latex.rstrip("'")
        while self.parent.get(latex, latex) != latex:
            latex = self.parent[latex]
        return latex

    def join(self, one, other):
        one, other = sorted((self.letter(one), self.letter(other)))
        self.parent[other] = one


def reference(evaluator):
    """The record of an evaluator's spaces, read off the claim on first use."""
    record = chance(evaluator)
    if record.reference is None:
        record.reference = _read(evaluator.claim)
        asked = evaluator.plan.get("#outcomes", ("concrete", record.reference.count))[1]
        record.reference.count = min(asked, record.reference.count)
    return record.reference


def _read(claim):
    record = Reference()
    laws = [d for d in claim.symbols if d.kind in ("mass", "density")]
    terms = [claim.left, claim.right, *claim.givens, *(d.definition for d in claim.symbols if d.definition is not None)]
    nodes = [node for t in terms for node in subterms(t)]
    record.smooth = any(node.head in DERIVATIVES for node in nodes)
    binders = [n for n in nodes if n.head in BINDERS and n.args[1].head == "name"]
    draws = [a for n in nodes if n.head in ("E", "Var", "Cov") for a in n.args if a.head == "dist"]
    for node in binders:
        letters = letters_of(laws, node.args[1].value, node.args[0])
        for other in letters[1:]:
            record.join(letters[0], other)
    for node in binders:
        record.integrated.update(map(record.letter, letters_of(laws, node.args[1].value, node.args[0])[:1]))
    averages = sum(BODIES.get(n.head, 0) for n in set(nodes) if n.head in ("KL", "entropy") or
                   n.args and n.args[-1] in draws)
    free = [d for d in laws if d.definition is None]
    record.order = 2 ** max(map(derivatives, terms), default=0)
    record.count = min(max((len(set(binders)) + averages + len(free)) * record.order, 2), MOST)
    if any(d.low is not None and d.high is not None for d in laws):
        record.count = min(record.count + record.order, MOST)
    for d in laws:
        roots = {record.letter(f.value) for f in d.formals[:d.bar] if f.head == "name"} or {record.letter("x")}
        if "even" in d.structure:
            record.even |= roots
        if d.kind == "mass":
            record.finite |= roots
        if any(n.head in ("KL", "entropy") for n in nodes) or draws:
            record.integrated |= roots
    for d in free:
        roots = {record.letter(f.value) for f in d.formals[:d.bar] if f.head == "name"}
        if d.kind == "mass" and roots & record.integrated:      # its total runs over all of them
            record.integrated |= roots
    _fix(record, claim, laws)
    if any(d.kind == "function" and d.formals and not d.indices and d.definition is not None
           and d.name in free_names(d.definition) for d in claim.symbols):
        record.count = max(2, *record.fixed.values()) if record.fixed else 2      # a system of few equations
    return record


def _fix(record, claim, laws):
    """Letters of masses that stand free are points of their space: the first ones, of one each."""
    formals = {f.value for d in laws for f in d.formals if f.head == "name"}
    for d in claim.symbols:
        root = record.letter(d.name)
        if d.kind in ("scalar", "label") and not d.text and d.definition is None and d.name.rstrip("'") in formals and \
                not d.indices and root in record.finite & record.integrated and not record.even & {root}:
            record.fixed[d.name] = 1 + sum(record.letter(n) == root for n in record.fixed)
    most = max((sum(record.letter(n) == record.letter(m) for n in record.fixed) for m in record.fixed), default=0)
    record.count = min(record.count + most * record.order, MOST)


def fixed_point(evaluator, name):
    """The value of a letter that stands free and is a point of a space that something is summed over, or None."""
    if not any(d.kind == "mass" for d in evaluator.claim.symbols):
        return None
    record = reference(evaluator)
    place = record.fixed.get(name)
    if place is None or place > record.count:
        return None
    if place > 1:
        evaluator.not_general(Reason.SIZE_BOUND, "two points of one space were taken to be different")
    return points_of(evaluator, record.letter(name))[place - 1][1]


def is_point(evaluator, value):
    """True for a reference point: how many of its kind there are is nothing to an extremum."""
    record = evaluator.chance.reference if evaluator.chance is not None else None
    return record is not None and (value.entries if isinstance(value, Array) else value) in record.points


def derivatives(term):
    """How many derivatives stand inside one another at most."""
    below = max(map(derivatives, term.args), default=0)
    return below + {"deriv": len(term.args) - 1, "grad": 1, "hess": 2}.get(term.head, 0)


def note_integral(evaluator, space, value):
    """Count an integrand, at the first point of its space: Caratheodory wants as many points as integrals."""
    record = reference(evaluator)
    known = record.integrands.setdefault(space, set())
    known.update(value.entries if isinstance(value, Array) else (value,))
    totals = sum(space in spaces for _, _, spaces in record.totals)
    fixed = space not in record.finite and bounded(evaluator, space) is not None       # the length is an integral more
    held = sum(record.letter(n) == space for n in record.fixed)         # a point that has to be among them
    if (len(known) + totals + fixed + held) * record.order > record.count:
        evaluator.not_general(Reason.SIZE_BOUND, "more integrals over one space than points of it")


def letters_of(laws, latex, body):
    """The formal letters of the laws in a body at the places of a variable, or of its negative under an even law."""
    found, mirrored = [], (name(latex), neg(name(latex)))
    for node in subterms(body):
        if node.head == "call" and node.args[0].head == "name":
            for d in meant(laws, node):
                formals = d.formals or (name("x"),) * (len(node.args) - 1)
                found += [f.value for f, a in zip(formals, node.args[1:], strict=True)
                          if a in mirrored[:2 if "even" in d.structure else 1]]
    return list(dict.fromkeys(found))


def meant(laws, node):
    """The laws a call may be of: those whose formals are its arguments up to primes, else all that fit in number."""
    fitting = [d for d in laws if d.name == node.args[0].value and len(d.formals) in (0, len(node.args) - 1)]
    fitting = [d for d in fitting if d.bar == node.value] or fitting
    plain = tuple(a.value.rstrip("'") if a.head == "name" else a for a in node.args[1:])
    return [d for d in fitting if tuple(f.value for f in d.formals) == plain] or fitting


def class_of(evaluator, latex, body):
    """The space a bound variable runs through, by the laws it is an argument of; or None."""
    record = reference(evaluator)
    laws = [d for d in evaluator.claim.symbols if d.kind in ("mass", "density")]
    letters = letters_of(laws, latex, body)
    if letters:
        return record.letter(letters[0])
    root = record.letter(latex)
    known = {record.letter(f.value) for d in laws for f in d.formals if f.head == "name"}
    return root if root in known else None


def point_coordinates(evaluator):
    """The variables that are coordinates of points of vector spaces."""
    if evaluator.chance is None or evaluator.chance.reference is None:
        return set()
    return {c for key in evaluator.chance.reference.points if isinstance(key, tuple) for c in key}


def points_of(evaluator, space):
    """The (weight, value) of the reference points of a space; made on first use."""
    record = reference(evaluator)
    if space not in record.spaces:
        record.spaces[space] = tuple(_points(evaluator, record, space))
    return record.spaces[space]


def _points(evaluator, record, space):
    graph = evaluator.graph
    even, length = space in record.even, _length(evaluator, space)
    raw = [graph.var(f"volume[{space}]@{q}", "positive") for q in range(1, record.count + 1)]
    for q in range(1, record.count + 1):
        if space in record.finite:
            m = graph.var(f"extra[{space}]@{q}", "integer")
            weight = graph.add(graph.one, graph.mul(m, m))
        else:
            weight = raw[q - 1] if length is None else \
                graph.mul(length, raw[q - 1], graph.inv(graph.mul(graph.num(1 + even), graph.add(*raw))))
        value = _value(evaluator, space, q, even)
        key = value.entries if isinstance(value, Array) else value
        record.points[key] = space, q
        yield weight, value
        if even:
            if isinstance(value, Array):
                raise CannotDecide(Reason.NEEDS_LEMMA, "a symmetric density of a vector")
            mirrored = graph.neg(value)
            record.points[mirrored] = space, -q
            yield weight, mirrored


def bounded(evaluator, space):
    """(low, high) of the laws of a space where each is declared on one and the same interval, else None."""
    record = reference(evaluator)
    roots = {d: {record.letter(f.value) for f in d.formals[:d.bar] if f.head == "name"} or {record.letter("x")}
             for d in evaluator.claim.symbols if d.kind == "density"}
    ends = {(d.low, d.high) for d, letters in roots.items() if space in letters}
    low, high = next(iter(ends)) if len(ends) == 1 else (None, None)
    return None if None in (low, high) or "infinity" in (low.head, high.head) else (low, high)


def _length(evaluator, space):
    """The length of the interval that the points of a space fill, or None; the cells have that length together."""
    ends = None if space in reference(evaluator).finite else bounded(evaluator, space)
    if ends is None:
        return None
    graph, (low, high) = evaluator.graph, map(evaluator.scalar, ends)
    length = graph.sub(high, low)
    if graph.value_of(length) is None:
        evaluator.constraints.append((POSITIVE, length))
    return length


def _value(evaluator, space, q, even):
    graph, d = evaluator.graph, evaluator.table.get(space)
    label = f"{space}@{q}"
    if d is not None and d.shape and d.kind in ("vector", "matrix"):
        rows, columns = (*(size(evaluator, s) for s in d.shape), 1)[:2]
    elif d is None and space.startswith((r"\mathbf", r"\boldsymbol")):
        rows, columns = DIMENSION, 1
    else:
        domain = "positive" if even else d.domain if d is not None and d.kind == "scalar" else "real"
        return graph.var(label, domain)
    return Array(rows, columns, tuple(graph.var(f"{label}[{k + 1}]") for k in range(rows * columns)))

