"""Random names: placeholder variables, the spaces they live on, and what is declared of their moments.

A random scalar (each entry of a random vector) is one placeholder variable of the graph; an expectation takes the
placeholders out again.  Placeholders that may depend on one another share a space; spaces are independent.

    atoms     weights u_k / sum u and a free value of every placeholder at every outcome: any law at all
    moments   mean and covariance declared, nothing else known: polynomials of degree two
    gaussian  mean and covariance determine every moment

Caratheodory: m expectations of one law are reached by m + 1 outcomes, so an identity on m + 1 free weighted outcomes
holds for every law; ``verifiers.instance.expectation`` counts them.
"""

from dataclasses import dataclass, field

from derive.term import ONE, TWO, ZERO, ZEROS, Relation, Term, free_names, name, subterms
from verifiers.instance.declared import values_of
from verifiers.instance.sizes import label as spelled
from verifiers.instance.sizes import size
from verifiers.instance.value import Array, Atom
from verifiers.verdict import CannotDecide, Reason

BODIES = {"E": 1, "Var": 2, "Cov": 3, "KL": 2, "entropy": 1}      # expectations of each head
MOST = 7                                                         # outcomes of one space
BUILT = frozenset(("independent", "identically_distributed", "gaussian", "standard", "finite_variance", "even",
                   "finite"))


@dataclass(frozen=True)
class Slot:
    """One random scalar: the declared name, the member of a family (index values), the entry in the member."""

    name: str
    member: tuple = ()
    entry: int = 0


@dataclass
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
    reference   verifiers.instance.references.Reference: the spaces of declared masses and densities
    """

    slots: dict = field(default_factory=dict)
    space_of: dict = field(default_factory=dict)
    derived: dict = field(default_factory=dict)
    origins: dict = field(default_factory=dict)
    spaces: dict = field(default_factory=dict)
    integrands: dict = field(default_factory=dict)
    support: dict = field(default_factory=dict)
    laws: dict = field(default_factory=dict)
    reference: object = None


def chance(evaluator):
    """The evaluator's record of its random names."""
    if evaluator.chance is None:
        evaluator.chance = Chance()
    return evaluator.chance


def loosely_linked(claim, declaration):
    """True where a law is named that the space does not follow: one with a definition, or integrated elsewhere."""
    law = declaration.law
    if law is None or law.head == "normal":
        return False
    if law.head != "name" or any(d.definition is not None for d in claim.symbols if d.name == law.value):
        return True
    return any(node.head in ("int", "sum") for t in (claim.left, claim.right) for node in subterms(t))


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
                and not is_spread(declaration, c)]
    shared = "identically_distributed" in declaration.structure and not splits(declaration)
    if blocking or shared or declaration.structure - BUILT or declaration.low is not None \
            or declaration.high is not None or loosely_linked(evaluator.claim, declaration):
        no_witness(evaluator, f"not everything declared of {declaration.name} is built in")
    if declaration.shape:
        evaluator.touch("trace", *(("identity",) if "standard" in declaration.structure else ()))
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
def kind_of(declaration, claim):
    """How much is known of a law: "gaussian", "moments" (a mean and a covariance, no more) or "atoms"."""
    if "gaussian" in declaration.structure or declaration.law is not None and declaration.law.head == "normal":
        return "gaussian"
    declared = moments(claim, declaration)
    entries_alone = splits(declaration) and not declaration.indices
    if declaration.shape and not entries_alone and declared.variance is not None or declared.cross is not None:
        return "moments"
    return "atoms"


def moments_only(evaluators, declaration):
    """True where a random array has left the instance by its declared mean and covariance alone.

    Its expectations are then words in these (a contraction is a trace), and the theorems on words apply.
    """
    def known(e):
        found = moments(e.claim, declaration)
        declared = None not in (found.mean, found.variance) or "standard" in declaration.structure
        return declared and kind_of(declaration, e.claim) != "atoms" and "function of a random array" not in e.touched

    return declaration.kind == "random" and declaration.definition is None and all(map(known, evaluators))


def free_label(declaration, slot):
    """What tells the free moments of a random scalar apart: members of one law share them."""
    if "identically_distributed" in declaration.structure:
        return f"{slot.name}.{slot.entry}" if declaration.indices and declaration.shape else slot.name
    return label(slot, bool(declaration.shape))


def splits(declaration):
    """True where members of a family, or entries of one array, are declared mutually independent."""
    return "independent" in declaration.structure and bool(declaration.indices or declaration.shape)


def independent(one, other):
    """True where two different declared names are declared independent."""
    def lone(d):
        return "independent" in d.structure and not d.independent_of and not d.indices and not d.shape

    return mentions(one, other) or mentions(other, one) or lone(one) and lone(other)


def mentions(one, other):
    return any(n == other.name or n.partition("_")[0] == other.name and n != one.name for n in one.independent_of)


def space_key(evaluator, slot):
    """The key of the space of a random scalar: random scalars of one key are jointly distributed."""
    d = evaluator.table[slot.name]
    if splits(d):
        return (slot.name, slot.member, slot.entry) if not d.indices else (slot.name, slot.member)
    if kind_of(d, evaluator.claim) != "atoms":
        return slot.name, slot.member if moments(evaluator.claim, d).cross is None else ()
    return ("joint", *sorted(joint(evaluator, d)))


def joint(evaluator, declaration):
    """The names that share a space of outcomes with a name of kind "atoms"."""
    loose = [d for d in evaluator.table.values() if d.kind == "random" and d.definition is None
             and not splits(d) and kind_of(d, evaluator.claim) == "atoms"]
    group, edge = {declaration.name}, [declaration]
    while edge:
        one = edge.pop()
        for other in loose:
            if other.name not in group and not independent(one, other):
                group.add(other.name)
                edge.append(other)
    return group


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


# -- declared moments ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Moments:
    """Mean, variance and second moment Terms where declared or given; ``cross`` = (letters, Term) for two members."""

    mean: Term | None
    variance: Term | None
    second: Term | None
    cross: tuple | None


def moments(claim, declaration):
    """The moments declared of a random name, by its declaration, its constraints or the claim's givens."""
    found = {"mean": declaration.mean, "variance": declaration.variance, "second": None, "cross": None}
    law = declaration.law
    if law is not None and law.head == "normal":
        found["mean"], found["variance"] = law.args
    for what, term in tuple(found.items()):
        if term is not None and declaration.name in closure(claim, term):
            found[what] = None          # mu_b = E[b] tells what mu_b is, nothing of b
    for given in (*declaration.constraints, *claim.givens):
        what, right = moment_statement(claim, declaration, given)
        if what is not None and found[what] is None:
            found[what] = right
    return Moments(**found)


def moment_statement(claim, declaration, given):
    """(field of Moments, Term) where a given states a moment of this name, else (None, None)."""
    if given.head != "rel" or given.value != Relation.EQ or given.args[0].head not in ("E", "Var", "Cov"):
        return None, None
    left, right = given.args
    if declaration.name in closure(claim, right) or any(a.head in ("dist", "given") for a in left.args):
        return None, None
    body = left.args[0]
    if left.head == "Cov" and len(left.args) == 2 and left.args[0] is not left.args[1]:
        one, other = left.args
        if is_member(declaration, one) and is_member(declaration, other) and declaration.indices:
            return "cross", (one.args[1:], other.args[1:], right)
        return None, None
    if left.head == "E" and body.head == "pow" and body.args[1] is TWO and is_member(declaration, body.args[0]):
        return "second", right
    if is_member(declaration, body):
        return ("mean" if left.head == "E" else "variance"), right
    return None, None


def is_spread(declaration, constraint):
    """Var[x] > 0 or != 0: true of free values."""
    return (constraint.head == "rel" and constraint.value in (Relation.GT, Relation.NE) and constraint.args[1] is ZERO
            and constraint.args[0].head in ("Var", "E") and is_member(declaration, _under(constraint.args[0].args[0])))


def _under(body):
    return body.args[0] if body.head == "pow" and body.args[1] is TWO else body


def is_member(declaration, term):
    """True for the name itself, or for an arbitrary member x_i of a family."""
    if not declaration.indices:
        return term is name(declaration.name)
    return (term.head == "index" and term.args[0] is name(declaration.name)
            and len(term.args) == 1 + len(declaration.indices) and all(a.head == "name" for a in term.args[1:]))


def closure(claim, term):
    """The names a Term uses, through definitions."""
    seen, edge = set(), set(free_names(term))
    while edge:
        one = edge.pop()
        if one not in seen:
            seen.add(one)
            d = claim.symbol(one)
            if d is not None and d.definition is not None:
                edge |= free_names(d.definition)
    return seen


def enforced(claim, given):
    """True where the spaces already satisfy a given by their construction: it is then no constraint to solve."""
    if given.head != "rel" or given.value != Relation.EQ:
        return False
    left, right = given.args
    for d in claim.symbols:
        if d.kind != "random":
            continue
        what, term = moment_statement(claim, d, given)
        if what is not None:
            return getattr(moments(claim, d), what) == term
        if left.head in ("E", "Var", "Cov") and right.head == "name" and d.name in closure(claim, right):
            defined = claim.symbol(right.value)
            if defined is not None and defined.definition is left:
                return True
    return _is_total_mass(claim, left, right) or _is_even(claim, left, right) or _is_uncorrelated(claim, left, right) \
        or same_law(claim, given) is not None


def _is_uncorrelated(claim, left, right):
    """Cov[x, y] = 0 of two names declared independent."""
    if left.head != "Cov" or right not in (ZERO, ZEROS) or len(left.args) != 2 or \
            any(a.head != "name" for a in left.args):
        return False
    one, other = (claim.symbol(a.value) for a in left.args)
    return None not in (one, other) and one is not other and {one.kind, other.kind} == {"random"} \
        and independent(one, other)


def same_law(claim, given):
    """(p, q) where a given states p(x) = q(x) of two declared laws without definitions, else None."""
    if given.head != "rel" or given.value != Relation.EQ or {a.head for a in given.args} != {"call"}:
        return None
    left, right = given.args
    if left.args[1:] != right.args[1:] or left.args[0].head != "name" or right.args[0].head != "name" \
            or left.args[0] is right.args[0] or any(a.head != "name" for a in left.args[1:]):
        return None
    for call in (left, right):
        laws = [d for d in claim.symbols if d.name == call.args[0].value]
        if len(laws) != 1 or laws[0].kind not in ("mass", "density") or laws[0].definition is not None \
                or laws[0].formals[:len(call.args) - 1] != call.args[1:]:
            return None
    return left.args[0].value, right.args[0].value


def _is_total_mass(claim, left, right):
    """sum_x p(x) = 1 or its integral over the whole space."""
    if left.head not in ("sum", "int") or right is not ONE or left.args[2].head != "implied":
        return False
    body, variable = left.args[0], left.args[1]
    if body.head != "call" or body.args[0].head != "name":
        return False
    laws = [d for d in claim.symbols if d.name == body.args[0].value and d.kind in ("mass", "density")]
    return bool(laws) and all(d.definition is None for d in laws) and len(body.args) > 1 and body.args[1] is variable \
        and variable not in body.args[2:]


def _is_even(claim, left, right):
    """p(-t) = p(t) of a law declared even."""
    if left.head != "call" or right.head != "call" or left.args[0] is not right.args[0] or len(left.args) != 2:
        return False
    d = claim.symbol(left.args[0].value)
    minus = Term("mul", (Term("num", (), -1), right.args[1]))
    return d is not None and d.kind in ("mass", "density") and "even" in d.structure and left.args[1] is minus


def expectation_count(claim):
    """How many expectations a claim writes down, its definitions included."""
    terms = [claim.left, claim.right, *claim.givens, *(d.definition for d in claim.symbols if d.definition is not None)]
    return sum(BODIES.get(node.head, 0) for t in terms for node in subterms(t))


def conditioning(claim):
    """The sets of names that expectations are conditioned on, in order of appearance."""
    terms = [claim.left, claim.right, *(d.definition for d in claim.symbols if d.definition is not None)]
    found = [frozenset(condition_names(node.args[1])) for t in terms for node in subterms(t) if node.head == "given"]
    return tuple(dict.fromkeys(found))


def condition_names(condition):
    """The names in a condition: a name, or several joined."""
    if condition.head == "name":
        return (condition.value,)
    if condition.head in ("and", "set", "matrix"):
        return tuple(n for a in condition.args for n in condition_names(a))
    raise CannotDecide(Reason.NEEDS_LEMMA, "conditioning on an event or a value is not judged")
