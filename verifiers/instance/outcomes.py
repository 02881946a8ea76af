"""Random names: placeholder variables, the spaces they live on, and what is declared of their moments.

A random scalar (each entry of a random vector) is one placeholder variable of the graph; an expectation takes the
placeholders out again.  Placeholders that may depend on one another share a space; spaces are independent.

    atoms     weights u_k / sum u and a free value of every placeholder at every outcome: any law at all
    moments   mean and covariance declared, nothing else known: polynomials of degree two
    gaussian  mean and covariance determine every moment

Caratheodory: m expectations of one law are reached by m + 1 outcomes, so an identity on m + 1 free weighted outcomes
holds for every law; ``verifiers.instance.expectation`` counts them.
"""

from derive.term.record import field, record
from verifiers.instance.declared import values_of
from verifiers.instance.sizes import label as spelled
from verifiers.instance.sizes import size
from verifiers.instance.statements import (
    contracts,
    independent,
    is_chance,
    is_spread,
    kind_of,
    lone,
    loosely_linked,
    mentions,
    moment_statement,
    moments,
    splits,
)
from verifiers.instance.value import Array, Atom
from verifiers.verdict import CannotDecide, Reason

MOST = 7                                                         # outcomes of one space
BUILT = frozenset(("independent", "identically_distributed", "gaussian", "standard", "finite_variance", "even",
                   "finite", "event"))


@record(frozen=True)
class Slot:
    """One random scalar: the declared name, the member of a family (index values), the entry in the member."""

    name: str
    member: tuple = ()
    entry: int = 0


@record
class Chance:
    """What an evaluator knows of its random names.

    slots       placeholder node -> Slot
    space_of    placeholder node -> key of its space; derived ones (conditional expectations) too
    derived     derived placeholder -> its value at every outcome
    origins     derived placeholder -> the monomial whose conditional expectation it is
    spaces      key -> verifiers.instance.atoms.Space
    integrands  law -> the integrands met so far (verifiers.instance.counting)
    support     node -> the placeholders in it
    laws        name of a bound draw -> its (mean, covariance) values
    named       name of a bound draw, or (name, member) -> (family, parameters) of its named law
    entropies   variable of a joint entropy -> the random names (verifiers.instance.entropies)
    reference   verifiers.instance.references.Reference: the spaces of declared masses and densities
    kinds       (random name, indices) -> what is known of its law (verifiers.instance.statements.kind_of)
    told        where the sides are compared outcome by outcome: {placeholder: its value} of each (realised)
    """

    slots: dict = field(default_factory=dict)
    space_of: dict = field(default_factory=dict)
    derived: dict = field(default_factory=dict)
    origins: dict = field(default_factory=dict)
    spaces: dict = field(default_factory=dict)
    integrands: dict = field(default_factory=dict)
    support: dict = field(default_factory=dict)
    laws: dict = field(default_factory=dict)
    named: dict = field(default_factory=dict)
    entropies: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    reference: object = None
    told: tuple = ()


def chance(evaluator):
    """The evaluator's record of its random names."""
    if evaluator.chance is None:
        evaluator.chance = Chance()
    return evaluator.chance


def kind(evaluator, declaration):
    """What is known of the law of a declared name, as verifiers.instance.statements.kind_of, found out once."""
    known, key = chance(evaluator).kinds, (declaration.name, declaration.indices)
    if key not in known:
        known[key] = kind_of(declaration, evaluator.claim)
    return known[key]


def no_witness(evaluator, sentence):
    """Note that this instance is more general than the claim: a mismatch in it refutes nothing."""
    evaluator.enforced = False
    if sentence not in evaluator.notes:
        evaluator.notes.append(sentence)


@values_of("random")
def random_value(evaluator, declaration, member, env):
    """The value of a member of a declared random name: placeholders, one for each scalar entry."""
    if len(member) != len(declaration.indices):
        raise CannotDecide(Reason.DECLARATION, f"{declaration.name} is used without its index")
    blocking = [c for c in declaration.constraints if moment_statement(evaluator.claim, declaration, c)[0] is None
                and not is_spread(declaration, c) and not is_chance(declaration, c)]
    shared = "identically_distributed" in declaration.structure and not splits(declaration)
    one_end = (declaration.low is None) is not (declaration.high is None)
    if blocking or shared or declaration.structure - BUILT or one_end \
            or loosely_linked(evaluator.claim, declaration) or _tangled(evaluator, declaration):
        no_witness(evaluator, f"not everything declared of {declaration.name} is built in")
    if declaration.high is not None and kind(evaluator, declaration) != "atoms":
        raise CannotDecide(Reason.DECLARATION, f"a range beside the law of {declaration.name} is not judged")
    if declaration.shape:
        evaluator.touch(*("identity",) * ("standard" in declaration.structure),
                        *("trace",) * contracts(evaluator.claim))
    if len(declaration.shape) == 0:
        return placeholder(evaluator, declaration, Slot(declaration.name, tuple(member)))
    rows, columns = (*(size(evaluator, s) for s in declaration.shape), 1)[:2]
    entries = tuple(placeholder(evaluator, declaration, Slot(declaration.name, tuple(member), k))
                    for k in range(rows * columns))
    return Array(rows, columns, entries)


def placeholder(evaluator, declaration, slot):
    """The placeholder variable of one random scalar."""
    record = chance(evaluator)
    node = evaluator.graph.var(label(slot, bool(declaration.shape)), declaration.domain)
    record.slots[node] = slot
    record.space_of[node] = space_key(evaluator, slot)
    return node


def label(slot, array):
    """The printable name of a random scalar."""
    return spelled(slot.name, slot.member, (slot.entry + 1,) if array else ())


def member_env(evaluator, letters, member):
    """The env in which a declared moment of a member is evaluated: its index letters bound."""
    graph = evaluator.graph
    return tuple((i, m if isinstance(m, Atom) else graph.num(m)) for i, m in zip(letters, member, strict=True))


def support(evaluator, node):
    """The placeholders a node depends on."""
    graph, known = evaluator.graph, chance(evaluator).support
    if node not in known:
        slots = chance(evaluator).space_of
        for n in graph.reachable((node,)):
            if n not in known:
                known[n] = frozenset((n,)) if n in slots else \
                    frozenset().union(*(known[c] for c in graph.children(n)))
    return known[node]


def key_of(evaluator, placeholder):
    return chance(evaluator).space_of[placeholder]


# -- who depends on whom -------------------------------------------------------------------------------------------
def moments_only(evaluators, declaration):
    """True where a random array has left the instance by its mean and its declared covariance alone.

    Its expectations are then words in these (a contraction is a trace), and the theorems on words apply; a mean that
    is not declared is one more vector (verifiers.instance.moments.free_means).
    """
    def known(e):
        declared = moments(e.claim, declaration).variance is not None or "standard" in declaration.structure
        return declared and kind(e, declaration) != "atoms" and "function of a random array" not in e.touched

    return declaration.kind == "random" and declaration.definition is None and all(map(known, evaluators))


def free_label(declaration, slot):
    """What tells the free moments of a random scalar apart: members of one law share them."""
    if "identically_distributed" in declaration.structure:
        return f"{slot.name}.{slot.entry}" if declaration.indices and declaration.shape else slot.name
    return label(slot, bool(declaration.shape))


def space_key(evaluator, slot):
    """The key of the space of a random scalar: random scalars of one key are jointly distributed."""
    d = evaluator.table[slot.name]
    if splits(d):
        return (slot.name, slot.member, slot.entry) if not d.indices else (slot.name, slot.member)
    if kind(evaluator, d) != "atoms":
        return slot.name, slot.member if moments(evaluator.claim, d).cross is None else ()
    return ("joint", *sorted(joint(evaluator, d)))


def joint(evaluator, declaration):
    """The names that share a space of outcomes with a name of kind "atoms": those that the claim uses."""
    survey = evaluator.plan.survey
    used = evaluator.table.values() if survey is None else [evaluator.table.get(d.name) for d in survey.reached]
    loose = [d for d in used if d is not None and d.kind == "random" and d.definition is None
             and not splits(d) and kind(evaluator, d) == "atoms"]
    group, edge = {declaration.name}, [declaration]
    while edge:
        one = edge.pop()
        for other in loose:
            if other.name not in group and not independent(one, other):
                group.add(other.name)
                edge.append(other)
    return group


def _tangled(evaluator, declaration):
    """Whether names declared independent share a space, since another one may depend on both.

    The space holds every joint law of them: an identity on it is proved, and a point of it is no counterexample.
    """
    if splits(declaration) or kind(evaluator, declaration) != "atoms":
        return False
    group = [evaluator.table[n] for n in sorted(joint(evaluator, declaration))]
    return any(independent(a, b) for k, a in enumerate(group) for b in group[k + 1:])


def require_independent(evaluator, keys):
    """Raise CannotDecide unless the spaces of the given keys are declared independent of one another."""
    names = sorted({n for key in keys for n in (key[1:] if key[0] == "joint" else key[:1])})
    group_of = {n: key for key in keys for n in (key[1:] if key[0] == "joint" else key[:1])}
    for k, one in enumerate(names):
        for other in names[k + 1:]:
            a, b = evaluator.table.get(one), evaluator.table.get(other)
            if a is None or b is None or group_of[one] == group_of[other]:
                continue
            if not independent(a, b):
                raise CannotDecide(Reason.DECLARATION, f"how {one} and {other} depend on one another is not declared")
    by_name = {}
    for key in keys:
        if key[0] != "joint":
            by_name.setdefault(key[0], set()).add(key)
    for one, members in by_name.items():
        if len(members) > 1 and one in evaluator.table and not splits(evaluator.table[one]):
            raise CannotDecide(Reason.DECLARATION, f"how the members of {one} depend on one another is not declared")


def mutually_independent(evaluator, placeholders):
    """Whether the placeholders of different spaces are declared independent all together: in pairs is not enough.

    A name that is declared independent of all the others is set aside, until one space is left.
    """
    units = {}
    for placeholder in placeholders:
        key, slot = key_of(evaluator, placeholder), chance(evaluator).slots.get(placeholder)
        names = {slot.name} if slot is not None else set(key[1:] if key[0] == "joint" else key[:1])
        units.setdefault(key if key[0] == "joint" else key[0], set()).update(names & set(evaluator.table))
    groups = [names for names in units.values() if names]
    while len(groups) > 1:
        apart = next((g for g in groups if len(g) == 1 and _apart(evaluator, g, groups)), None)
        if apart is None:
            return False
        groups.remove(apart)
    return True


def _apart(evaluator, group, groups):
    """Whether the one name of a group is declared independent of every name of the others."""
    (own,) = (evaluator.table[n] for n in group)
    others = [evaluator.table[n] for g in groups if g is not group for n in g]
    return all(mentions(own, d) for d in others) or all(lone(d) for d in (own, *others)) or \
        len(others) == 1 and independent(own, others[0])
