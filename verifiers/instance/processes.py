"""Finite Markov chains.

The value of a chain solves V = r + gamma P V; it is written by Cramer's rule, (I - gamma P)^{-1} r, exactly.
``value_iteration`` is an independent check of it in plain floats.
"""

from derive.term import ONE, Relation, add, call, name, replace, subterms
from verifiers.instance.declared import calls_of
from verifiers.instance.value import sized
from verifiers.verdict import CannotDecide, Reason

STATES = 5          # most states of a chain


# -- value functions -------------------------------------------------------------------------------------------------
@calls_of("chain")
def chain_value(evaluator, declaration, term, env):
    """V(s) of a declared chain at a named state."""
    if len(term.args) != 2:
        raise CannotDecide(Reason.DECLARATION, f"{declaration.name} is a function of one state")
    return solved(evaluator, declaration, env)[state_of(evaluator, declaration, term.args[1], env)]


def state_of(evaluator, declaration, argument, env):
    """The position of a state label, given as itself or as a name bound to it."""
    if argument.head == "name" and argument.value in declaration.states:
        return declaration.states.index(argument.value)
    if argument.head == "name" and evaluator.bound(argument.value, env) is not None:
        node = evaluator.value(argument, env)
        for k, label in enumerate(declaration.states):
            if evaluator.value(name(label)) == node:
                return k
    raise CannotDecide(Reason.DECLARATION, f"the states of {declaration.name} are {', '.join(declaration.states)}")


def parts(evaluator, declaration, env):
    """(transition rows, reward column, discount) of a chain as nodes."""
    count = len(declaration.states)
    if None in (declaration.transition, declaration.reward, declaration.discount) or not 1 <= count <= STATES:
        raise CannotDecide(Reason.DECLARATION, f"the chain of {declaration.name} is not declared in full")
    scope = evaluator.scope(env)
    matrix = sized(evaluator.value(declaration.transition, scope), evaluator.graph, (count, count))
    if matrix.shape != (count, count):
        raise CannotDecide(Reason.DECLARATION, f"the transitions of {declaration.name} are no {count} x {count} matrix")
    rows = [[matrix[i, j] for j in range(count)] for i in range(count)]
    return rows, _reward(evaluator, declaration, count, scope), evaluator.scalar(declaration.discount, scope)


def _reward(evaluator, declaration, count, env):
    reward = declaration.reward
    d = evaluator.table.get(reward.value) if reward.head == "name" else None
    if d is not None and (d.kind == "function" or d.formals):
        return [evaluator.scalar(call(reward, name(s)), env) for s in declaration.states]
    column = sized(evaluator.value(reward, env), evaluator.graph)
    if len(column.entries) != count:
        raise CannotDecide(Reason.DECLARATION, f"the reward of {declaration.name} has not {count} entries")
    return list(column.entries)


def solved(evaluator, declaration, env):
    """The values of all states: Cramer's rule for (I - gamma P) V = r."""
    graph = evaluator.graph
    rows, reward, discount = parts(evaluator, declaration, env)
    system = [[graph.sub(graph.one if i == j else graph.zero, graph.mul(discount, p)) for j, p in enumerate(row)]
              for i, row in enumerate(rows)]
    whole = determinant(graph, system)
    return [graph.div(determinant(graph, [[r if j == k else e for j, e in enumerate(row)]
                                          for row, r in zip(system, reward, strict=True)]), whole)
            for k in range(len(rows))]


def determinant(graph, rows):
    """The determinant by expansion along the first row; zeros are skipped."""
    if not rows:
        return graph.one
    out = []
    for j, entry in enumerate(rows[0]):
        if entry != graph.zero:
            minor = determinant(graph, [row[:j] + row[j + 1:] for row in rows[1:]])
            out.append(graph.mul(entry, minor, graph.num((-1) ** j)))
    return graph.add(*out)


def value_iteration(transition, reward, discount, sweeps=10000, tolerance=1e-14):
    """The values of a chain by repeated backups in floats, independent of the exact solve.  0 <= discount < 1."""
    values = [0.0] * len(reward)
    for _ in range(sweeps):
        backed = [r + discount * sum(p * v for p, v in zip(row, values, strict=True))
                  for r, row in zip(reward, transition, strict=True)]
        change = max(abs(b - v) for b, v in zip(backed, values, strict=True))
        values = backed
        if change <= tolerance * (1 - discount):
            break
    return values


def lookahead(evaluator, term, env):
    """E[f(V(s_1)) | s_0 = s] for a declared chain V: the sum over next states; None where it is no such term."""
    body = term.args[0]
    if len(term.args) != 1 or body.head != "given" or body.args[1].head != "rel":
        return None
    inside, condition = body.args
    chains = [(d, n) for n in subterms(inside) if n.head == "call" and n.args[0].head == "name" and len(n.args) == 2
              for d in (evaluator.table.get(n.args[0].value),) if d is not None and d.kind == "chain"]
    if condition.value != Relation.EQ or not chains:
        return None
    declaration, used = chains[0]
    following, (start, state) = used.args[1], condition.args
    if any(n.args[1] is not following for _, n in chains) or not follows(start, following):
        return None
    rows, _, _ = parts(evaluator, declaration, env)
    row = rows[state_of(evaluator, declaration, state, env)]
    graph = evaluator.graph
    return graph.add(*(graph.mul(p, evaluator.scalar(replace(inside, {following: name(s)}), env))
                       for p, s in zip(row, declaration.states, strict=True)))


def follows(start, following):
    """True for s_0 and s_1, s_t and s_{t+1}."""
    if start.head == following.head == "name":
        one, other = start.value.rpartition("_"), following.value.rpartition("_")
        return one[0] == other[0] and (one[2], other[2]) == ("0", "1")
    if start.head == following.head == "index" and len(start.args) == len(following.args) == 2:
        at, after = start.args[1], following.args[1]
        return start.args[0] is following.args[0] and (
            add(at, ONE) is after or at.head == after.head == "num" and after.value == at.value + 1)
    return False
