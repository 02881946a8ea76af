"""The one walker: a Term becomes graph nodes at one choice of sizes.  What each head means is registered."""

from functools import lru_cache

from derive.term import Term, free_names, subterms
from derive.term.heads import HEADS
from verifiers.graph import BROADEST
from verifiers.instance.table import Table
from verifiers.instance.value import Atom, Cut
from verifiers.verdict import CannotDecide, Reason

MEANING: dict = {}
DETERMINED = {"scalar", "vector", "matrix", "identity", "size", "index", "function"}
LAWS = {"mass", "density"}
AVERAGES = {"E", "Var", "Cov", "KL", "entropy", "deriv", "grad", "hess"}
MOST_STEPS = 30_000         # terms evaluated for one instance, all its cases together
MOST_NODES = 20_000         # nodes of its graph


def means(*heads):
    """Register ``function(evaluator, term, env) -> int | Array`` as the meaning of the heads."""
    def register(function):
        for head in heads:
            if head in MEANING:
                raise ValueError(f"{head} has two meanings")
            MEANING[head] = function
        return function
    return register


@lru_cache(maxsize=4096)
def _bindless(term):
    """Whether a term has no sum, integral or expectation in it."""
    return not any(HEADS[t.head].binds is not None or t.head in AVERAGES for t in subterms(term))


class Evaluator:
    """One instance under construction.

    claim    the Claim whose declarations give names their meaning
    graph    where the scalars go
    plan     integer name -> ``("concrete", n)``, ``("atoms", k)`` or ``("mark", q)`` (verifiers.instance.plan)
    declared Table of the declarations; ``table`` is its part for bare names
    names    (name, subscripts) -> value of what is declared free, filled on demand by verifiers.instance.declared
    notes    strings: conventions used (layout, kinks), shown to the reader
    constraints  (tag, node) that sample points must satisfy besides the domains of the variables
    layout   "numerator", "denominator" or None: the shape of the variable, and [df_i/dx_j]
    covers   None while a proof of this instance proves the claim; else a (Reason, sentence) why it does not
    touched  what was used besides the algebra of vectors and matrices: "entries", "inverse", "size N" ...
    assigned     name -> rules (verifiers.instance.assignments): what the givens say a declared name is
    unusable     rules whose value has no meaning here
    given_values (name, subscripts) -> the value such a rule gave
    elements     node of an element of a declared finite set -> its number
    structures   name -> further structure words the givens tell of it
    perpendicular  name -> names it is orthogonal to, by the givens (verifiers.instance.perpendicular)
    known        array -> (determinant, inverse) where its parametrisation tells them
    labels       node -> how the reader knows it, ``A[1,2]``
    equations    constraints "zero" that speak of the variables of the sides
    places       positions at which entries of arrays were taken
    chance       what verifiers.instance.outcomes knows of random names
    orders       (outer, inner) index sets of sums in one another
    outputs      values of declared vector functions
    tails        subscripts of bounded sequences summed without end (verifiers.instance.series)
    direct       (name, subscripts) of members used outside of products with a moving bound
    products     how many such products are being evaluated; ``factors`` are the families met in them
    recurrences  (recursive function, arguments, scope) -> its value; ``unknowns`` are the values it is solved for
    choices      map into a finite set -> {arguments: number}
    measures     index set -> Measure (verifiers.instance.binding), the weighted atoms in the measure mode
    equations    constraints "zero" that speak of the variables of the sides
    places       positions at which entries of arrays were taken
    chance       what verifiers.instance.outcomes knows of the random names, made on demand
    before       terms evaluated in the cases of the instance before this one
    enforced     False where a given is not built into the instance: then its points refute nothing
    """

    def __init__(self, claim, graph, plan):
        self.claim, self.graph, self.plan = claim, graph, plan
        self.declared = Table(claim.symbols)
        self.table = self.declared.plain
        self.names, self.notes, self.constraints = {}, [], []
        self.layout = claim.layout
        self.covers, self.enforced = None, True
        self.touched, self.measures, self.elements = set(), {}, {}
        self.assigned, self.given_values, self.unusable = {}, {}, set()
        self.structures, self.perpendicular, self.known, self.labels = {}, {}, {}, {}
        self.chance = None
        self.equations = []
        self.chance, self.orders, self.outputs, self.direct = None, set(), set(), set()
        self.tails = set()
        self.products, self.factors, self.places = 0, set(), set()
        self.recurrences, self.unknowns, self.choices = {}, {}, {}
        self._memo, self._letters = {}, {}
        kinds = {d.kind for d in claim.symbols}
        self._plain, self._lawful = kinds <= DETERMINED, kinds <= DETERMINED | LAWS
        self.before = 0

    def value(self, term: Term, env=()):
        """The value of ``term`` where ``env`` is a tuple of (key, value) pairs, innermost last.

        A key is the string of a lexically bound name, or a ``Cut`` that replaces a declared name everywhere.
        Raises CannotDecide where a head has no meaning here, ShapeClash where shapes do not fit, NeedsSizes.
        """
        if env and not self.products:
            free = term.free if term.free is not None else free_names(term)
            for pair in env:
                if pair[0] not in free:
                    env = self._needed(term, free, env)
                    break
        key = term, env
        if key not in self._memo:
            if term.head not in MEANING:
                raise CannotDecide(Reason.NEEDS_LEMMA, f"no judge evaluates {term.head} yet")
            if self.before + len(self._memo) > MOST_STEPS or len(self.graph) > MOST_NODES \
                    or self.graph.breadth > BROADEST:
                raise CannotDecide(Reason.BUDGET, f"more than {MOST_STEPS} terms at these sizes")
            self._memo[key] = MEANING[term.head](self, term, env)
        return self._memo[key]

    def _needed(self, term, free, env):
        """The env without bound letters that do not occur in the term: it has one value for all their values.

        Where laws are declared, a binder notes which points are bound around it; only terms without one are told so.
        """
        bindless = self._lawful and _bindless(term)
        if not bindless and not self._plain:
            return env
        return tuple([(n, v) for n, v in env
                      if n in free or not self._is_letter(n) or not (bindless or self._counts(v))])

    def _counts(self, value):
        """Whether a value is that of a letter that counts."""
        return value.__class__ is Atom or isinstance(value, int) and self.graph.value_of(value) is not None

    def _is_letter(self, name):
        """Whether a key is the name of nothing that is declared."""
        if name not in self._letters:
            self._letters[name] = isinstance(name, str) and self.declared.subscripted(name) is None \
                and name not in self.table
        return self._letters[name]

    def met(self):
        """(Term, env, value) of every term that has been given a value."""
        return [(term, env, value) for (term, env), value in self._memo.items()]

    @property
    def steps(self):
        """How many terms have been given a value."""
        return len(self._memo)

    def scalar(self, term, env=()):
        """The value of ``term``, which must be a number."""
        value = self.value(term, env)
        if not isinstance(value, int):
            raise CannotDecide(Reason.DECLARATION, f"{term.head} stands where a number is expected")
        return value

    def bound(self, name, env):
        """The value of a bound or cut name, innermost first, or None."""
        for key, value in reversed(env):
            if key == name or key.__class__ is Cut and key.name == name and not key.subscripts:
                return value
        return None

    @staticmethod
    def scope(env):
        """What a definition sees of ``env``: the cuts, not the names bound where it is used."""
        return tuple(pair for pair in env if isinstance(pair[0], Cut))

    def touch(self, *what):
        """Note a use that the theorems of verifiers.instance.coverage must know of."""
        self.touched.update(what)

    def not_general(self, reason, sentence):
        """Note that this instance does not cover every case of the claim."""
        if self.covers is None:
            self.covers = reason, sentence
