"""Declared masses and densities, as free positive values on finitely many reference points.

For every space an integral runs over: reference points with free values and weights n_q, and for a law p free values
u_q with p_q = u_q / sum n u, so that the total mass is one exactly.  The integral of f is sum_q n_q f_q.  For a density
n_q is any positive number (the volume of a cell on which all functions are constant); for a mass n_q = 1 + m^2 with a
whole number m: that many points of the finite set at which all functions agree.

Caratheodory: k integrals are reached by k points.  Integrals inside integrals are judged on the grid, and noted.
Nothing here knows the variable itself: derivatives in it, other variables, parts of the space raise CannotDecide.
"""

from itertools import product

from derive.term import IMPLIED, Term, call, name, rebuild, term
from verifiers.graph import NUM, VAR
from verifiers.instance import named_densities
from verifiers.instance.declared import calls_of
from verifiers.instance.entropies import joint_entropy
from verifiers.instance.evaluator import means
from verifiers.instance.indexsets import RESOLVERS
from verifiers.instance.laws import normal_divergence, normal_entropy
from verifiers.instance.outcomes import no_witness
from verifiers.instance.references import class_of, note_integral, points_of, reference
from verifiers.instance.statements import same_law
from verifiers.instance.value import Array, Law
from verifiers.verdict import CannotDecide, Reason

DOT = r"\cdot"


# -- integrals and sums over a whole space -------------------------------------------------------------------------
def whole_space(evaluator, binder, env):
    """The points a binder over an implied domain runs over: ((weight, env with the variable bound), ...).

    None where the variable is no argument of a declared law, so that no space is known.
    """
    body, variable = binder.args[0], binder.args[1]
    if variable.head != "name" or not any(d.kind in ("mass", "density") for d in evaluator.claim.symbols):
        return None
    space = class_of(evaluator, variable.value, body)
    return None if space is None else points_in(evaluator, space, variable, env)


def law_points(evaluator, variable, body, env):
    """(weight, value) of the points an index with an unwritten set runs over, where it is an argument of a law."""
    points = whole_space(evaluator, term("sum", body, name(variable), IMPLIED), env)
    if points is None:
        return None
    note_points(evaluator, points, evaluator.value(body, points[0][1]))
    return [(w, e[-1][1]) for w, e in points]


def note_points(evaluator, points, value):
    """Count an integrand over the space that the innermost bound variable runs through."""
    space, _ = reference(evaluator).points[key_of_value(points[0][1][-1][1])]
    note_integral(evaluator, space, value)


RESOLVERS.append(law_points)


def points_in(evaluator, space, variable, env):
    """The reference points of a space with the variable bound to each; notes nesting."""
    record = reference(evaluator)
    nested = any(key_of_value(v) in record.points and n != variable.value for n, v in env if isinstance(n, str))
    if nested:
        evaluator.not_general(Reason.SIZE_BOUND, "an integral inside an integral was judged on a grid of points")
    return tuple((weight, env + ((variable.value, value),)) for weight, value in points_of(evaluator, space))


def key_of_value(value):
    """What identifies a point by its value."""
    return value.entries if isinstance(value, Array) else value


def combined(graph, parts):
    """sum of weight * value over nodes or equal Arrays."""
    first = parts[0][1]
    if not isinstance(first, Array):
        return graph.add(*(graph.mul(w, v) for w, v in parts))
    entries = tuple(graph.add(*(graph.mul(w, v.entries[k]) for w, v in parts)) for k in range(len(first.entries)))
    return Array(first.rows, first.columns, entries, first.free)


# -- the value of a law at its arguments ---------------------------------------------------------------------------
@calls_of("mass", "density")
def law_value(evaluator, _, term_, env):
    """The value of a declared mass or density in a call; by its definition where it has one."""
    meant = evaluator.bound(term_.args[0].value, env)
    if isinstance(meant, Law):
        term_ = Term("call", (name(meant.name), *term_.args[1:]), term_.value)
    function, arguments = term_.args[0], term_.args[1:]
    declaration = choose(evaluator, term_, env)
    if declaration.unread_head:
        raise CannotDecide(Reason.DECLARATION, f'I do not read "{declaration.unread}" of {function.value}')
    values = tuple(evaluator.value(a, env) for a in (*arguments, *declaration.parameters))
    if declaration.definition is not None:
        bound = tuple((f.value, v) for f, v in zip(declaration.formals, values[:len(arguments)], strict=True))
        return evaluator.value(declaration.definition, evaluator.scope(env) + bound)
    before = declaration.bar if declaration.bar is not None else \
        term_.value if term_.value is not None else len(arguments)
    return free_value(evaluator, declaration, function.value, values, before)


def laws_named(evaluator, latex):
    """All declarations of that base name that are laws, or are told apart from laws by their arguments."""
    found = [d for d in evaluator.claim.symbols if d.name == latex and d.kind in ("mass", "density", "function")]
    return found if any(d.kind in ("mass", "density") for d in found) else []


def choose(evaluator, term_, env):
    """The declaration meant by a call: by the names of its arguments, else by their number and the bar."""
    arguments = term_.args[1:]
    found = laws_named(evaluator, term_.args[0].value)
    if not found:
        raise CannotDecide(Reason.DECLARATION, f"{term_.args[0].value} is not declared as a law")
    fitting = [d for d in found if len(d.formals) in (len(arguments), 0)
               and (term_.value is None or d.bar in (None, term_.value))]
    fitting = [d for d in fitting if d.bar == term_.value] or fitting
    exact = [d for d in fitting if d.formals == arguments]
    if len(exact) == 1:
        return exact[0]
    if len(fitting) == 1 or len(found) == 1 and not found[0].formals:
        return fitting[0] if fitting else found[0]
    record = reference(evaluator)
    wanted = [record.letter(record.points[key_of_value(v)][0]) if (v := evaluator.bound(a.value, env)) is not None
              and key_of_value(v) in record.points else record.letter(a.value) if a.head == "name" else None
              for a in arguments]
    same = [d for d in fitting if [record.letter(f.value) for f in d.formals] == wanted]
    if len(same) != 1:
        raise CannotDecide(Reason.DECLARATION, f"which of the laws called {term_.args[0].value} is meant")
    return same[0]


def free_value(evaluator, declaration, latex, values, before):
    """A law without a definition: normalised over its space where its variables are reference points."""
    graph, record = evaluator.graph, reference(evaluator)
    keys = [key_of_value(v) for v in values]
    where = [record.points.get(k) for k in keys]
    latex = standing_for(evaluator, latex)
    tag = latex + ("#" + ",".join(f.value for f in declaration.formals) if declaration.formals else "")
    conditions, parameters = _labels(evaluator, values[before:], where[before:])
    if not all(where[:before]):
        return _at_free_point(evaluator, declaration, tag, values, before)
    spaces = [w[0] for w in where[:before]]
    smooth = parameters if record.smooth else ()

    def raw(places):
        turned = "even" in declaration.structure and places[0] < 0
        shown = [-p for p in places] if turned else places
        return _positive(evaluator, f"{tag}({','.join(map(str, shown))}|{conditions})", smooth)

    key = (tag, conditions, tuple(spaces))
    if key not in record.totals:
        total = []
        for choice in product(*(points_of(evaluator, s) for s in spaces)):
            places = [record.points[key_of_value(v)][1] for _, v in choice]
            total.append(graph.mul(*(w for w, _ in choice), raw(places)))
        record.totals[key] = graph.add(*total)
    return graph.div(raw([w[1] for w in where[:before]]), record.totals[key])


def standing_for(evaluator, latex):
    """The name under which a law is kept: of two that a given calls equal, the first."""
    for given in evaluator.claim.givens:
        pair = same_law(evaluator.claim, given)
        if pair is not None and latex == pair[1]:
            return pair[0]
    return latex


def _labels(evaluator, values, where):
    """(text, nodes) of the conditions of a law: points by their place, everything else by its nodes."""
    text, nodes = [], []
    graph = evaluator.graph
    for value, place in zip(values, where, strict=True):
        if place is not None:
            text.append(f"{place[0]}{place[1]}")
            continue
        entries = value.entries if isinstance(value, Array) else (value,)
        if any(graph.operation[n] not in (NUM, VAR) for n in entries):
            no_witness(evaluator, "a law at an expression: two expressions are taken for two points")
        text.append("/".join(map(str, entries)))
        nodes.extend(entries)
    return ",".join(text), tuple(nodes)


def _at_free_point(evaluator, declaration, tag, values, before):
    """The value of a law at a point that no integral of the claim runs through: any positive number, of a mass below 1.

    Two points of one mass have together at most 1, which is not built in.
    """
    record, mass = reference(evaluator), declaration.kind == "mass"
    places = [record.points.get(key_of_value(v)) for v in values]
    text, nodes = _labels(evaluator, values, places)
    if mass:
        letters = [f.value for f in declaration.formals[:before]]
        if any(record.letter(n) in record.integrated for n in letters) or not letters:
            no_witness(evaluator, "a mass at a fixed point beside a sum over all points")
        if record.alone.setdefault((tag, _labels(evaluator, values[before:], places[before:])[0]), text) != text:
            no_witness(evaluator, "a mass at two fixed points")
    elif "even" in declaration.structure:
        raise CannotDecide(Reason.NEEDS_LEMMA, "a symmetric density at a fixed point")
    return _positive(evaluator, f"{tag}[{text}]", nodes if record.smooth else (), mass)


def _positive(evaluator, label, parameters, mass=False):
    """A free positive number, or a positive smooth function of parameters that something is differentiated in."""
    graph = evaluator.graph
    if parameters:
        found = graph.fun("exp", graph.unknown(f"log {label}", parameters))
        return graph.div(found, graph.add(graph.one, found)) if mass else found
    return graph.var(label, "unit" if mass else "positive")


# -- expectations under declared laws ------------------------------------------------------------------------------
def drawn_points(evaluator, draws, env):
    """((weight, env), ...) of E_{x ~ p, y ~ q}: weight = n p(x), the variables bound."""
    points = ((evaluator.graph.one, env),)
    for draw in draws:
        variable, law = draw.args
        density = density_term(evaluator, variable, law)
        space = class_of(evaluator, variable.value, density)
        if space is None:
            raise CannotDecide(Reason.NEEDS_LEMMA, f"no space is known for {variable.value}")
        grown = []
        for weight, outer in points:
            for n, inner in points_in(evaluator, space, variable, outer):
                p = evaluator.scalar(density, inner)
                grown.append((evaluator.graph.mul(weight, n, p), inner))
        points = tuple(grown)
    return points


def at_variable(law, variable):
    """A law p(.|z), written with a dot, at a variable."""
    return rebuild(law, (law.args[0], *(variable if a is IMPLIED or a is name(DOT) else a for a in law.args[1:])))


def density_term(evaluator, variable, law):
    """The density of a law at a variable, as a Term."""
    if law.head == "name":
        return call(law, variable)
    if law.head == "call":
        return at_variable(law, variable)
    if law.head == "implied":
        owners = [d for d in evaluator.claim.symbols if d.kind in ("mass", "density") and d.definition is None
                  and any(f is variable for f in d.formals[:d.bar])]
        if len(owners) == 1:
            d = owners[0]
            return call(name(d.name), *d.formals[:d.bar], given=None if d.bar is None else d.formals[d.bar:])
    raise CannotDecide(Reason.NEEDS_LEMMA, "a draw from a law that is not declared")


# -- divergence and entropy ----------------------------------------------------------------------------------------
def variables_of(evaluator, law):
    """The variables of a law (those before the bar) and its density at them, as Terms."""
    if law.head == "call":
        before = law.value if law.value is not None else len(law.args) - 1
        return law.args[1:1 + before], law
    if law.head == "name":
        found = laws_named(evaluator, law.value)
        if len(found) == 1:
            d = found[0]
            variables = d.formals[:d.bar] or (name("x"),)
            return variables, call(law, *variables, given=None if d.bar is None else d.formals[d.bar:])
    raise CannotDecide(Reason.NEEDS_LEMMA, "a divergence or entropy of what is not a declared law")


def integrated(evaluator, body, variables, env):
    """The integral of a body over the whole spaces of its variables."""
    if not variables:
        return evaluator.value(body, env)
    for v in variables:
        if v.head != "name":
            raise CannotDecide(Reason.NEEDS_LEMMA, "a law at an expression instead of its variable")
    rest = body
    for v in reversed(variables[1:]):
        rest = term("int", rest, v, IMPLIED)
    return evaluator.value(term("int", rest, variables[0], IMPLIED), env)


@means("KL")
def divergence(evaluator, term_, env):
    """KL(p, q) = integral of p log(p / q); of normal laws by the moments of the quadratic log ratio."""
    p, q = term_.args
    if {p.head, q.head} == {"normal"}:
        return normal_divergence(evaluator, p, q, env)
    if {p.head, q.head} == {"law"}:
        return named_densities.divergence(evaluator, p, q, env)
    if all(_is_vector(evaluator, t) for t in (p, q)):
        return _of_vectors(evaluator, p, q, env)
    variables, density = variables_of(evaluator, p)
    if q.head == "name":
        other = call(q, *variables)
    elif q.head == "call":
        _, other = variables_of(evaluator, q)
        other = at_variable(other, variables[0])
    else:
        raise CannotDecide(Reason.NEEDS_LEMMA, "the divergence of a declared law from a named one")
    ratio = term("log", term("mul", density, term("pow", other, Term("num", (), -1))))
    return integrated(evaluator, term("mul", density, ratio), variables, env)


def _is_vector(evaluator, law):
    d = evaluator.table.get(law.value) if law.head == "name" else None
    return d is not None and d.kind == "vector" and not d.indices


def _of_vectors(evaluator, p, q, env):
    """sum_k p_k log(p_k / q_k) of two probability vectors."""
    graph, (one, other) = evaluator.graph, (evaluator.value(t, env) for t in (p, q))
    if not all(isinstance(v, Array) and not v.free for v in (one, other)) or one.shape != other.shape:
        raise CannotDecide(Reason.DECLARATION, "the divergence of vectors of different lengths")
    evaluator.touch("entries")
    evaluator.not_general(Reason.SIZE_BOUND, "a divergence of vectors was judged at explicit sizes")
    return graph.add(*(graph.mul(a, graph.sub(graph.fun("log", a), graph.fun("log", b)))
                       for a, b in zip(one.entries, other.entries, strict=True)))


@means("entropy")
def entropy(evaluator, term_, env):
    """The entropy of a declared law: minus the integral of p log p."""
    if term_.args[0].head == "normal":
        return normal_entropy(evaluator, term_.args[0], env)
    if term_.args[0].head == "law":
        return named_densities.entropy(evaluator, term_.args[0], env)
    names = term_.args[0].args if term_.args[0].head == "set" else term_.args
    if all(n.head == "name" and (d := evaluator.table.get(n.value)) is not None and d.kind == "random" for n in names):
        return joint_entropy(evaluator, [n.value for n in names])
    variables, density = variables_of(evaluator, term_.args[0])
    value = integrated(evaluator, term("mul", density, term("log", density)), variables, env)
    return evaluator.graph.neg(value)

