"""Walking Terms: free names, replacement that respects binding, size, and alpha-renaming."""

from derive.term.build import _flat, name
from derive.term.core import Term
from derive.term.heads import HEADS

NONE: frozenset[str] = frozenset()
REMEMBERED = 64         # nodes under a Term, up to which it remembers them
BINDING = frozenset(h for h, row in HEADS.items() if row.binds is not None) | {"E", "Var", "Cov"}


def rebuild(term, args):
    """The same node over other arguments; sums and products are flattened again."""
    if args == term.args:
        return term
    if term.head in ("add", "mul"):
        return _flat(term.head, args, None)
    return Term(term.head, args, term.value)


def subterms(term):
    """Every node once, parents first."""
    if term.nodes is not None:
        return (term, *term.nodes)
    seen, stack = {}, [term]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen[node] = None
            stack.extend(node.args[::-1])
    found = tuple(seen)
    if len(found) <= REMEMBERED:
        object.__setattr__(term, "nodes", found[1:])      # without itself: no circle for the collector
    return found


def heads_under(term):
    """The heads of all its nodes, as a frozenset."""
    if term.heads is None:
        object.__setattr__(term, "heads", frozenset((term.head,)).union(*map(heads_under, term.args)))
    return term.heads


def size(term):
    """Number of distinct nodes."""
    return len(subterms(term))


def free_names(term):
    """The names that occur free, as a frozenset of LaTeX strings."""
    found = term.free
    if found is None:
        if term.head == "name":
            found = frozenset((term.value,))
        elif HEADS[term.head].binds is None and term.head not in ("E", "Var", "Cov"):
            found = NONE.union(*map(free_names, term.args))
        else:
            found = _free_of_binder(term)
        object.__setattr__(term, "free", found)
    return found


def _free_of_binder(node):
    head, free = HEADS[node.head], free_names
    if head.binds is not None:
        bound = {v.value for v in bound_variables(node)}
        return NONE.union(*(free(a) - bound if k in head.scope else free(a)
                            for k, a in enumerate(node.args) if not (bound and k == head.binds)))
    bound = {a.args[0].value for a in node.args if a.head == "dist"}
    return NONE.union(*(free(a.args[1]) if a.head == "dist" else free(a) - bound for a in node.args))


def bound_variables(node):
    """The names a node binds itself: a sum's index, the variable of an E_{x ~ p}.

    The variable of an argmin may be an entry u_i: then it is replaced as a whole and binds no name.
    """
    head = HEADS[node.head]
    if head.binds is not None:
        variable = node.args[head.binds]
        return (variable,) if variable.head == "name" else ()
    return tuple(a.args[0] for a in node.args if a.head == "dist") if node.head in ("E", "Var", "Cov") else ()


def replace(term, mapping):
    """Replace free occurrences of whole Terms by Terms; a bound variable that would capture is renamed."""
    if not mapping:
        return term
    if term in mapping:
        return mapping[term]
    if not term.args:
        return term
    for variable in bound_variables(term):
        mapping = {k: v for k, v in mapping.items() if variable.value not in free_names(k)}
        if any(variable.value in free_names(v) for v in mapping.values()):
            fresh = _fresh(variable, [term, *mapping.values()])
            term = rebuild(term, tuple(replace(a, {variable: fresh}) if a is not variable and a.head != "dist" else
                                       fresh if a is variable else
                                       Term("dist", (fresh, a.args[1])) if a.args[0] is variable else a
                                       for a in term.args))
    bound = bound_variables(term)
    return rebuild(term, tuple(a if a in bound else replace(a, mapping) for a in term.args))


def _fresh(variable, terms):
    taken = {n.value for t in terms for n in subterms(t) if n.head == "name"}
    candidate = variable.value
    while candidate in taken:
        candidate += "'"
    return name(candidate)


def alpha(term):
    """The same Term with bound names numbered in order of appearance; equal up to bound names means identical."""
    counter = [0]

    def go(node):
        if BINDING.isdisjoint(heads_under(node)):
            return node
        for variable in bound_variables(node):
            counter[0] += 1
            fresh = name(f"#{counter[0]}")
            if node.args and any(a.head == "dist" for a in node.args):
                node = rebuild(node, tuple(
                    Term("dist", (fresh, a.args[1])) if a.head == "dist" and a.args[0] is variable
                    else replace(a, {variable: fresh}) for a in node.args))
            else:
                head = HEADS[node.head]
                node = rebuild(node, tuple(fresh if k == head.binds else
                                           replace(a, {variable: fresh}) if k in head.scope else a
                                           for k, a in enumerate(node.args)))
        return rebuild(node, tuple(map(go, node.args)))

    return go(term)
