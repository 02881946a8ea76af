"""A name becomes a value by its Declaration: bound names, sizes, definitions, families, entries, functions."""

from derive.term import free_names
from verifiers.instance.assignments import given_value
from verifiers.instance.entrywise import acts_on_numbers
from verifiers.instance.evaluator import means
from verifiers.instance.functions import entrywise
from verifiers.instance.indexsets import member_of, same_set
from verifiers.instance.patterns import is_zero_outside
from verifiers.instance.sizes import integer, label, planned, position
from verifiers.instance.stacks import entry_of_stack
from verifiers.instance.structure import free_value
from verifiers.instance.survey import counts_with
from verifiers.instance.value import Array, Atom, Cut, Law, Members, Multiple, NeedsSizes
from verifiers.verdict import CannotDecide, Reason

IDENTITY_LETTERS = (r"\mathbf{I}", r"\boldsymbol{I}", "I")
DEEPEST = 40            # members of a recursion below the one asked for
KIND_VALUE: dict = {}         # kind -> function(evaluator, declaration, subscripts, env)
CALL_VALUE: dict = {}         # kind -> function(evaluator, declaration, term, env)


def values_of(*kinds):
    """Register what a declared name of these kinds is worth (random variables, masses, chains ...)."""
    return lambda function: KIND_VALUE.update(dict.fromkeys(kinds, function)) or function


def calls_of(*kinds):
    """Register what a call of a declared name of these kinds is worth."""
    return lambda function: CALL_VALUE.update(dict.fromkeys(kinds, function)) or function


@means("name")
def _name(evaluator, term, env):
    bound = evaluator.bound(term.value, env)
    if isinstance(bound, Atom):
        raise NeedsSizes(f"the index {term.value} is used as a number")
    if isinstance(bound, Law):
        raise CannotDecide(Reason.DECLARATION, f"the law {term.value} is used without its argument")
    if isinstance(bound, Members):
        raise CannotDecide(Reason.DECLARATION, f"the family {term.value} is used without its index")
    if bound is not None:
        return bound
    return named_value(evaluator, term.value, env)


def named_value(evaluator, name, env=()):
    """The value of a declared name that is not bound.  Raises CannotDecide, NeedsSizes."""
    d = declaration(evaluator, name)
    if d is None or d.kind in ("size", "index"):
        entry = planned(evaluator, name)
        if entry is not None and (d is not None or name.startswith("#")):
            return _size_value(evaluator, name, *entry)
    if d is None:
        if name in IDENTITY_LETTERS:
            evaluator.touch("identity")
            return Multiple(evaluator.graph.one)
        raise CannotDecide(Reason.DECLARATION, f"{name} is not declared")
    if d.kind in KIND_VALUE and d.definition is None:
        return KIND_VALUE[d.kind](evaluator, d, (), env)
    if d.entries_of is not None:
        return named_value(evaluator, d.entries_of, env)
    if d.definition is not None:
        return _defined_whole(evaluator, d, env)
    if d.indices:
        raise CannotDecide(Reason.DECLARATION, f"{name} is used without its index")
    if d.kind == "function" and d.formals:
        return _at_its_letters(evaluator, d, env)
    return _free(evaluator, d, ())


def declaration(evaluator, name):
    """The Declaration of a name, or None.  Raises CannotDecide where its kind, shape or definition was not read."""
    d = evaluator.table.get(name)
    return None if d is None else read_through(d)


def read_through(d):
    """The Declaration, if what matters of it was read.  Raises CannotDecide."""
    if d.unread_head:
        raise CannotDecide(Reason.DECLARATION, f'I do not read "{d.unread or d.text}" of {d.name}')
    if d.domain in ("complex", "imaginary_unit"):
        raise CannotDecide(Reason.NEEDS_LEMMA, f"{d.name} is complex; no judge reads complex numbers yet")
    return d


def _size_value(evaluator, name, mode, count):
    evaluator.touch(f"size {name}")
    if mode == "concrete":
        return evaluator.graph.num(count)
    if mode == "atoms":
        from verifiers.instance.binding import count_of
        return count_of(evaluator, name)
    if mode == "free":
        return _free(evaluator, evaluator.table[name], ())
    raise NeedsSizes(f"the index {name} is used as a number")


def _defined_whole(evaluator, d, env):
    """A definition without arguments; one over declared letters, L(a, b), stands for itself at those letters."""
    if d.indices:
        raise CannotDecide(Reason.DECLARATION, f"{d.name} is used without its index")
    strange = [f for f in d.formals if f.head != "name" or f.value not in evaluator.table]
    if strange:
        raise CannotDecide(Reason.DECLARATION, f"{d.name} is used without its argument")
    return evaluator.value(d.definition, evaluator.scope(env))


def _at_its_letters(evaluator, d, env):
    """A function written without its argument, where its declaration names declared letters: ell of f."""
    if any(f.head != "name" or f.value not in evaluator.table for f in d.formals):
        raise CannotDecide(Reason.DECLARATION, f"{d.name} is used without its argument")
    from verifiers.instance.functions import unknown_value
    scope = evaluator.scope(env)
    return unknown_value(evaluator, d, (), [evaluator.value(f, scope) for f in (*d.formals, *d.parameters)])


def _free(evaluator, d, subscripts):
    key = d.name, subscripts
    if key not in evaluator.names:
        mark = evaluator.graph.mark()
        given = given_value(evaluator, d, subscripts)
        if given is None and not subscripts and not d.text:
            from verifiers.instance.references import fixed_point
            given = fixed_point(evaluator, d.name)
        evaluator.names[key] = free_value(evaluator, d, subscripts) if given is None else given
        evaluator.constraints.extend(evaluator.graph.withdraw(mark))
    return evaluator.names[key]


# -- members and entries --------------------------------------------------------------------------------------------
@means("index")
def _index(evaluator, term, env):
    base, *subscripts = term.args
    places = tuple(None if s.head == "implied" else position(evaluator, s, env) for s in subscripts)
    if base.head == "name":
        bound = evaluator.bound(base.value, env)
        if isinstance(bound, Members):
            return member(evaluator, bound.family, places, evaluator.scope(env))
        if bound is None or isinstance(bound, (int, Atom)) and base.value in evaluator.declared.families \
                and evaluator.declared.families[base.value].indices:
            return member(evaluator, base.value, places, env)
        return entry(evaluator, bound, places)
    return entry(evaluator, evaluator.value(base, env), places)


def canonical(evaluator, name, places):
    """Where a name and its subscripts live: (declared name, subscripts), through names of entries and of members."""
    if None not in places and not any(isinstance(p, Atom) for p in places):
        spelled = "".join(str(p) for p in places)
        for exact in (f"{name}_{spelled}", f"{name}_{{{spelled}}}", f"{name}_{{{','.join(map(str, places))}}}"):
            if exact in evaluator.table:
                return exact, ()
    d = evaluator.declared.subscripted(name)
    if d is None:
        raise CannotDecide(Reason.DECLARATION, f"{name} is not declared")
    if d.entries_of is not None and d.definition is None:
        return canonical(evaluator, d.entries_of, places)
    return d.name, places


def member(evaluator, name, places, env):
    """The member x_i of a family or entry A_{ij} of an array, at the positions ``places`` (None: all of them)."""
    name, places = canonical(evaluator, name, places)
    if not places:
        bound = evaluator.bound(name, env)
        return named_value(evaluator, name, env) if bound is None else bound
    d = read_through(evaluator.declared.families[name])
    whole = evaluator.bound(name, env)
    if whole is not None and not d.indices:
        return entry(evaluator, whole, places)
    if is_zero_outside(evaluator, d, places):
        return evaluator.graph.zero
    own, rest = places[:len(d.indices)], places[len(d.indices):]
    if d.definition is not None and d.definition.head == "stack" and not d.indices and not d.formals:
        value = entry_of_stack(evaluator, d.definition, rest, evaluator.scope(env))
        if value is not None:
            return value
    if any(isinstance(p, Atom) for p in rest):
        return _entry_at_atom(evaluator, d, own, rest, env)
    if len(own) < len(d.indices) or None in own:
        raise CannotDecide(Reason.DECLARATION, f"{name} has {len(d.indices)} indices, {len(places)} are given")
    if not d.indices:
        return entry(evaluator, named_value(evaluator, d.name, env), rest)
    value = _member_value(evaluator, d, own, env)
    return entry(evaluator, value, rest) if rest else value


def _member_value(evaluator, d, own, env):
    cut = next((v for n, v in reversed(env) if n == Cut(d.name, own)), None)
    if cut is not None:
        return cut
    if d.kind in KIND_VALUE and d.definition is None:
        return KIND_VALUE[d.kind](evaluator, d, own, env)
    inside = [member_of(evaluator, d, k, p) for k, p in enumerate(own)]
    if evaluator.products:
        evaluator.factors.add(d.name)
    else:
        evaluator.direct.add((d.name, own))
    if d.definition is None or given_value(evaluator, d, own) is not None:
        if "outside" in inside and given_value(evaluator, d, own) is None:
            raise CannotDecide(Reason.DECLARATION, f"{label(d.name, own)} is outside the declared range")
        return _free(evaluator, d, own)
    if "outside" in inside:
        return _before_the_first(evaluator, d, own)
    return _defined_member(evaluator, d, own, env)


def _before_the_first(evaluator, d, own):
    """s_0 where s_t is defined for t >= 1 by s_{t-1}: any start, unless one is given."""
    recursive = d.name in free_names(d.definition)
    if not recursive or len(own) != 1 or not isinstance(own[0], int):
        raise CannotDecide(Reason.DECLARATION, f"{label(d.name, own)} is outside the declared range")
    low = d.ranges[0].args[0] if d.ranges[0].head == "range" else None
    if low is None or own[0] != integer(evaluator, low) - 1 or "implied" in [t.head for t in d.shape]:
        raise CannotDecide(Reason.DECLARATION, f"{label(d.name, own)} is outside the declared range")
    return _free(evaluator, d, own)


def _defined_member(evaluator, d, own, env):
    if any(isinstance(p, int) and p < -DEEPEST for p in own):
        raise CannotDecide(Reason.DECLARATION, f"the recursion of {d.name} has no first member")
    if d.name in free_names(d.definition):
        evaluator.touch("recursion")
    _note_numbers(evaluator, d)
    graph = evaluator.graph
    bound = tuple((i, p if isinstance(p, Atom) else graph.num(p)) for i, p in zip(d.indices, own, strict=True))
    return evaluator.value(d.definition, evaluator.scope(env) + bound)


def _note_numbers(evaluator, d):
    """Where a definition counts with its own index, a_k = k^2, the fixed indices of the claim are numbers of it."""
    if any(counts_with(d.definition, i) for i in d.indices):
        evaluator.touch(*(f"size {n}" for n in evaluator.plan.survey.subscripts if n in evaluator.plan))


def _entry_at_atom(evaluator, d, own, places, env):
    """In the measure mode a plain array whose sizes are index sets serves as a family."""
    plain = d.definition is None and d.kind in ("vector", "matrix") and d.structure <= {"arbitrary", "sums_to_one"}
    cut = any(isinstance(k, Cut) and k.name == d.name and k.subscripts in ((), own) for k, _ in env)
    if not plain or cut or len(places) != len(d.shape) or not same_set(evaluator, d, places):
        raise NeedsSizes(f"{d.name} is not a plain array of the index set")
    for k, p in enumerate(own):
        member_of(evaluator, d, k, p)
    return _free(evaluator, d, own + places)


def entry(evaluator, value, places):
    """An entry of an array, its row A_{i:} or column A_{:j}; positions count from 1."""
    if isinstance(value, int) and set(places) <= {1}:
        return value
    if not isinstance(value, Array) or value.free:
        raise CannotDecide(Reason.DECLARATION, "an entry is taken of what has no entries")
    if any(isinstance(p, Atom) for p in places):
        raise NeedsSizes("an entry of an array is taken at an index without a number")
    evaluator.touch("entry")
    evaluator.places.update(p for p in places if p is not None)
    if len(places) == 1:
        if 1 not in value.shape:
            raise CannotDecide(Reason.DECLARATION, "one subscript on a matrix may mean its row or its column")
        places = (places[0], 1) if value.columns == 1 else (1, places[0])
    if len(places) != 2:
        raise CannotDecide(Reason.DECLARATION, f"{len(places)} subscripts on an array of two")
    rows, columns = (range(1, n + 1) if p is None else (p,) for p, n in zip(places, value.shape, strict=True))
    if any(not 1 <= p <= n for p, n in zip(places, value.shape, strict=True) if p is not None):
        raise CannotDecide(Reason.DECLARATION, f"there is no entry {places} in an array {value.rows} x {value.columns}")
    picked = tuple(value[i - 1, j - 1] for i in rows for j in columns)
    return picked[0] if None not in places else Array(len(rows), len(columns), picked)


# -- functions ------------------------------------------------------------------------------------------------------
@means("call")
def _call(evaluator, term, env):
    function, *arguments = term.args
    subscripts = ()
    if function.head == "index":
        subscripts = tuple(position(evaluator, s, env) for s in function.args[1:])
        function = function.args[0]
    if function.head != "name":
        raise CannotDecide(Reason.DECLARATION, f"a {function.head} is called as a function")
    name, subscripts = canonical(evaluator, function.value, subscripts)
    d = read_through((evaluator.declared.families if subscripts else evaluator.table)[name])
    overloaded = [o for o in evaluator.claim.symbols if o.name == name]
    if len(overloaded) > 1 and any(o.kind in ("mass", "density") for o in overloaded):
        return CALL_VALUE["density"](evaluator, d, term, env)
    if d.definition is not None and d.formals:
        return _apply(evaluator, d, subscripts, arguments, env)
    if d.kind in CALL_VALUE:
        return CALL_VALUE[d.kind](evaluator, d, term, env)
    if d.kind != "function":
        raise CannotDecide(Reason.DECLARATION, f"{name} is no function")
    if "choice" in d.structure:
        return CALL_VALUE["choice"](evaluator, d, [evaluator.value(a, env) for a in arguments], env)
    from verifiers.instance.functions import unknown_value
    return unknown_value(evaluator, d, subscripts, [evaluator.value(a, env) for a in (*arguments, *d.parameters)])


def _apply(evaluator, d, subscripts, arguments, env):
    """The definition at the values of its arguments, which are looked up where the call stands."""
    if len(arguments) != len(d.formals) or len(subscripts) != len(d.indices):
        raise CannotDecide(Reason.DECLARATION, f"{d.name} takes {len(d.formals)} arguments, {len(arguments)} are given")
    if len(arguments) == 1 and arguments[0].head != "implied" and acts_on_numbers(evaluator.claim, d):
        value = evaluator.value(arguments[0], env)
        if isinstance(value, Array) and not value.free and (min(value.shape) == 1 or "elementwise" in d.structure):
            return _entry_by_entry(evaluator, d, subscripts, value, env)
    graph, bound = evaluator.graph, []
    _note_numbers(evaluator, d)
    for index, place in zip(d.indices, subscripts, strict=True):
        bound.append((index, place if isinstance(place, Atom) else graph.num(place)))
    if d.kind == "function" and not d.indices and d.name in free_names(d.definition):
        values = [_argument(evaluator, a, env) for a in arguments]
        return CALL_VALUE["recursion"](evaluator, d, tuple(
            (f.value, v) for f, v in zip(d.formals, values, strict=True)), env)
    for formal, argument in zip(d.formals, arguments, strict=True):
        if formal.head != "name":
            raise CannotDecide(Reason.DECLARATION, f"{d.name} has a formal argument that is no name")
        bound.append((formal.value, _argument(evaluator, argument, env)))
    return evaluator.value(d.definition, evaluator.scope(env) + tuple(bound))


def _entry_by_entry(evaluator, d, subscripts, value, env):
    """A function of a number, said to act on entries, at an array."""
    if subscripts or d.formals[0].head != "name":
        raise CannotDecide(Reason.DECLARATION, f"{d.name} with an index is applied to entries")
    scope, formal = evaluator.scope(env), d.formals[0].value
    return entrywise(evaluator, d, [value], lambda one: evaluator.value(d.definition, (*scope, (formal, one))))


def _argument(evaluator, argument, env):
    """The value of an argument; a bare index stays an Atom, f_1, ..., f_n a family."""
    if argument.head == "index" and [s.head for s in argument.args[1:]] == ["range"]:
        return _members(evaluator, argument, env)
    if argument.head == "name":
        bound = evaluator.bound(argument.value, env)
        if isinstance(bound, Atom):
            return bound
        law = evaluator.table.get(argument.value)
        if isinstance(bound, Law) or bound is None and law is not None and law.kind in ("mass", "density"):
            return bound or Law(argument.value)
        if bound is None and planned(evaluator, argument.value) is not None \
                and planned(evaluator, argument.value)[0] == "mark":
            return position(evaluator, argument, env)
    return evaluator.value(argument, env)


def _members(evaluator, argument, env):
    """x_1, ..., x_n where that is the whole declared family."""
    base, domain = argument.args
    bound = evaluator.bound(base.value, env) if base.head == "name" else None
    family = bound.family if isinstance(bound, Members) else base.value
    d = evaluator.declared.families.get(family)
    if d is None or d.ranges != (domain,) or bound is not None and not isinstance(bound, Members):
        raise CannotDecide(Reason.DECLARATION, "an argument is a part of a family")
    return Members(d.name)
