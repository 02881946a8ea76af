"""Numbers for the sizes and fixed indices of a claim, within what is declared and given of them."""

from fractions import Fraction
from itertools import combinations, islice, product

from derive.term import Relation, free_names
from verifiers.instance.conditions import DECIDED

CANDIDATES = (2, 3, 4, 5, 1, 6)
LEAST = 6               # sizes for which the least allowed numbers are looked for
ENUMERATED = 5          # values of an index that are all looked at, where its range is written in numbers
WINDOW = 4              # values of an index that are looked at


def number(term, known):
    """The rational value of a Term of integers, or None where it depends on something else."""
    if term.head == "num":
        return Fraction(term.value)
    if term.head == "name":
        return None if term.value not in known else Fraction(known[term.value])
    parts = [number(t, known) for t in term.args]
    if None in parts or term.head not in ("add", "mul", "pow"):
        return None
    if term.head == "add":
        return sum(parts, Fraction(0))
    if term.head == "pow":
        base, k = parts
        usable = k.denominator == 1 and abs(k) < 64 and (base != 0 or k > 0)
        return base ** int(k) if usable else None
    result = Fraction(1)
    for p in parts:
        result *= p
    return result


def assignments(claim, found):
    """({size: n}, names with one possible value), different sizes for different names first.

    Sizes 2, 3, 4 ... come first, 1 last.  Only what the declarations and givens allow.
    """
    if found.numbers is None:
        found.numbers = list(_assignments(claim, found))
    return found.numbers


def _assignments(claim, found):
    names = list(found.sizes)
    tests = _tests(claim, found, set(names))
    pinned = _pinned(claim, found, names)
    pools = [(pinned[n],) if n in pinned else _pool(found, n, len(names)) for n in names]
    allowed = []
    for values in product(*pools):
        known = dict(zip(names, values, strict=True))
        if all(test(known) for test in tests):
            allowed.append(known)
    allowed.sort(key=lambda k: _cost(k.values()))
    for known in _varied(allowed):
        yield known, pinned


def permitted(claim, found, numbers):
    """Whether {size: n} keeps to what the declarations and givens allow."""
    pinned = _pinned(claim, found, list(found.sizes))
    return all(numbers[n] == k for n, k in pinned.items() if n in numbers) \
        and all(test(numbers) for test in _tests(claim, found, set(found.sizes)))


def least(claim, found):
    """{size: n} with every size as small as the declarations and givens allow, or None where that is not found."""
    names, tests = list(found.sizes), _tests(claim, found, set(found.sizes))
    pinned = _pinned(claim, found, names)
    pools = [(pinned[n],) if n in pinned else tuple(sorted(_pool(found, n, 1)))[:2] for n in names]
    for values in islice(sorted(product(*pools[:LEAST]), key=sum), 2 ** LEAST):
        known = dict(zip(names, values, strict=False))
        if len(names) <= LEAST and all(test(known) for test in tests):
            return known
    return None


def _pool(found, n, count):
    low, high = found.limits.get(n, (None, None))
    least = number(low, {}) if low is not None else None
    most = number(high, {}) if high is not None and high.head != "infinity" else None
    values = sorted({*CANDIDATES, *(range(int(least), int(least) + 4) if least is not None else ())})
    values = [v for v in values if (least is None or v >= least) and (most is None or v <= most)]
    if not values and most is not None:
        values = [int(most)]
    values.sort(key=lambda v: (v < 2, v))
    return tuple(values[:6 if count <= 3 else 4 if count <= 6 else 2])


def _cost(values):
    values = list(values)
    return len(values) - len(set(values)), sum(v < 2 for v in values), sum(values), values


def _varied(allowed):
    """The cheapest, then ones that differ from those before in as many sizes, then differences of sizes, as can be."""
    chosen = []
    for known in allowed[:1]:
        chosen.append(known)
    rest = allowed[1:200]
    while rest and len(chosen) < 6:
        rest.sort(key=lambda k: (-min(sum(k[n] != c[n] for n in k) for c in chosen),
                                 -min(_moved(k, c) for c in chosen), _cost(k.values())))
        chosen.append(rest.pop(0))
    return chosen


def _moved(known, other):
    """How many differences of two sizes are others: sums from t to T should not always have one term."""
    return sum(known[a] - known[b] != other[a] - other[b] for a, b in combinations(known, 2))


def _tests(claim, found, names):
    """Predicates on an assignment."""
    tests = [lambda known, g=g: _holds(g, known) for g in _size_relations(claim, found) if free_names(g) <= names]
    for n, (low, high) in found.limits.items():
        for bound, sign in ((low, 1), (high, -1)):
            if bound is not None and n in names and free_names(bound) <= names and bound.head != "infinity":
                tests.append(lambda known, n=n, b=bound, s=sign: s * (known[n] - (number(b, known) or 0)) >= 0)
    for d in found.reached:
        if "full_column_rank" in d.structure or "orthogonal" in d.structure:
            tests.append(lambda known, d=d: _ordered(d.shape, known))
        if d.rank is not None:
            tests.append(lambda known, d=d: all(_ordered((side, d.rank), known) for side in d.shape))
        if "full_row_rank" in d.structure:
            tests.append(lambda known, d=d: _ordered(d.shape[::-1], known))
        if "orthogonal_family" in d.structure and d.ranges and d.ranges[0].head == "range":
            tests.append(lambda known, d=d: _ordered((d.shape[0], d.ranges[0].args[1]), known, _rivals(found, d)))
    return tests


def _rivals(found, d):
    """A dimension to spare where other vectors are orthogonal to the family, and the family is no whole basis."""
    if d.ranges[0].args[1] is d.shape[0]:
        return 0
    vectors = [e for e in found.reached if e.kind == "vector" and e.definition is None and e.shape == d.shape]
    return 1 if len(vectors) > 1 else 0


def _ordered(shape, known, spare=0):
    sides = [number(t, known) for t in shape]
    return None in sides or len(sides) < 2 or sides[0] >= sides[1] + spare


def _size_relations(claim, found):
    for g in (*claim.givens, *(c for d in found.reached for c in d.constraints)):
        for part in g.args if g.head == "and" else (g,):
            if part.head == "rel" and part.value in DECIDED and free_names(part):
                yield part


def _holds(relation, known):
    sides = [number(t, known) for t in relation.args]
    return None in sides or DECIDED[Relation(relation.value)](*sides)


def _pinned(claim, found, names):
    """Sizes a given or the declaration fixes: n = 5."""
    fixed = {}
    for g in _size_relations(claim, found):
        for left, right in (g.args, g.args[::-1]):
            if g.value is Relation.EQ and left.head == "name" and left.value in names:
                value = number(right, {})
                if value is not None and value.denominator == 1:
                    fixed[left.value] = int(value)
    for n in names:
        low, high = found.limits.get(n, (None, None))
        if low is not None and high is not None and low is high and low.head == "num":
            fixed[n] = int(low.value)
    return fixed


# -- fixed indices --------------------------------------------------------------------------------------------------
def letter_cases(claim, found, numbers, most, marked=()):
    """(entries for each pattern of equal letters, whether those are all patterns).

    Letters in ``marked`` become marks of their measure; where order or arithmetic matters, patterns of order are tried.
    """
    groups = {}
    for n in found.letters:
        groups.setdefault(found.groups.get(n, n), []).append(n)
    parts, complete = [], True
    for letters in groups.values():
        if set(letters) <= set(marked):
            parts.append([{n: ("mark", q) for n, q in zip(letters, p, strict=True)} for p in _partitions(len(letters))])
        elif set(letters) & set(marked):
            return [], False
        else:
            found_all, options = _placed(found, letters, numbers)
            complete &= found_all
            parts.append(options)
    tests = [g for g in _size_relations(claim, found) if g.value in DECIDED]
    cases = []
    for chosen in product(*parts):
        case = {n: e for option in chosen for n, e in option.items()}
        if _case_allowed(found, case, numbers, tests):
            cases.append(case)
    return cases[:most], complete and len(cases) <= most


def placed_within(claim, found, entries):
    """Whether every fixed index among {name: (mode, number)} keeps to its range and to what is given of it."""
    case = {n: e for n, e in entries.items() if n in found.letters}
    numbers = {n: k for n, (mode, k) in entries.items() if mode == "concrete" and n not in case}
    return _case_allowed(found, case, numbers, list(_size_relations(claim, found)))


def _case_allowed(found, case, numbers, tests):
    for pair in found.unequal:
        if pair <= set(case):
            a, b = (case[n] for n in sorted(pair))
            if a == b:
                return False
    known = numbers | {n: k for n, (mode, k) in case.items() if mode == "concrete"}
    if any(free_names(g) <= set(known) and not _holds(g, known) for g in tests):
        return False
    return all(_within(found, n, known) for n, (mode, _) in case.items() if mode == "concrete")


def _within(found, n, known):
    low, high = found.limits.get(n, (None, None))
    lowest = number(low, known) if low is not None else None
    highest = number(high, known) if high is not None and high.head != "infinity" else None
    return (lowest is None or known[n] >= lowest) and (highest is None or known[n] <= highest)


def _partitions(count):
    """Patterns of equal and different letters, as class numbers in order of appearance: all different first."""
    patterns = [()]
    for _ in range(count):
        patterns = [p + (q,) for p in patterns for q in range(max(p, default=-1) + 2)]
    return sorted(patterns, key=lambda p: -max(p, default=0))


def written_out(domain, limits):
    """The values of an index whose range is of numbers, or None."""
    low, high = domain.args if domain is not None and domain.head == "range" else limits
    ends = [number(b, {}) if b is not None else None for b in (low, high)]
    if None in ends or ends[1] - ends[0] >= ENUMERATED:
        return None
    return range(int(ends[0]), int(ends[1]) + 1)


def _placed(found, letters, numbers):
    """(whether every pattern occurs, numbers for the letters in each pattern): near the second member of the range."""
    written = [written_out(found.letters[n], found.limits.get(n, (None, None))) for n in letters]
    if found.groups.get(letters[0]) in found.literal and None not in written:
        options = list(product(*written))
        if len(options) <= ENUMERATED ** 2:
            return True, [{n: ("concrete", v) for n, v in zip(letters, o, strict=True)} for o in options]
    pools = [positions(found, n, numbers) for n in letters]
    moving = any(n in found.shifted for n in letters)
    special = found.groups.get(letters[0]) in found.literal
    best = {}
    for values in islice(product(*pools), 4000):
        ranks = sorted(set(values))
        first = list(dict.fromkeys(values))
        # where one position differs from another (a literal subscript, the end of a shorter range) each is a pattern
        pattern = values if special else tuple((ranks if moving else first).index(v) for v in values)
        cost = sum(abs(v - pool[0]) for v, pool in zip(values, pools, strict=True))
        if pattern not in best or cost < best[pattern][0]:
            best[pattern] = cost, values
    options = [{n: ("concrete", v) for n, v in zip(letters, values, strict=True)}
               for _, values in sorted(best.values(), key=lambda b: (-len(set(b[1])), b[0], b[1]))]
    enough = all(len(pool) >= len(letters) for pool in pools)
    return enough, options


def positions(found, n, numbers):
    """The values of a fixed index that are tried, the second of its range first."""
    domain, (low, high) = found.letters[n], found.limits.get(n, (None, None))
    if domain is not None and domain.head == "range":
        low, high = domain.args
    least = number(low, numbers) if low is not None else None
    least = 1 if least is None else int(least)
    most = number(high, numbers) if high is not None and high.head != "infinity" else None
    last = least + WINDOW - 1 if most is None else min(int(most), least + WINDOW - 1)
    values = list(range(least, last + 1))
    return values[1:2] + values[:1] + values[2:] if len(values) > 1 else values or [least]
