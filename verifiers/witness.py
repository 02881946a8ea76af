"""A point in the reader's words: sizes, names and arrays as declared, laws by their outcomes, functions written out.

Variables of the graph are parameters (a triangle L of L L^T, weights before they are normalised, values at atoms); what
is shown is what they stand for, evaluated at the point.
"""

import re
from fractions import Fraction

from verifiers.graph import FUN, VAR
from verifiers.instance.atoms import names_of
from verifiers.instance.counting import shared
from verifiers.instance.value import Array, Atom
from verifiers.proofs import pointwise
from verifiers.readable import number, spelled

LAW = re.compile(r"(?P<law>.+?)(?:#[^()]*)?\((?P<places>-?\d[-\d,]*)\|(?P<condition>.*)\)")
PLACE = re.compile(r"(?P<space>.*?)(?P<at>-?\d+)")
COMPONENT = re.compile(r"(?P<name>.+)#(?P<row>\d+),(?P<column>\d+)")
MOMENT = re.compile(r"(?P<what>mean|var)\[(?P<name>.+)\]")
MOMENTS = {"mean": r"\mathbb{E}", "var": r"\operatorname{Var}"}
PLACES = re.compile(r"[\[\],]+")
HIDDEN = "*"                # an entry on which nothing depends


def witness(view, point, entry=0):
    """The point as (name, value) pairs of text: sizes and fixed indices first, then what is declared.

    entry  the pair of the view that the point is about: what belongs to other cases of the plan is left out
    """
    return _Witness(view, point, entry).rows()


def position(view, entry):
    """(number of the case of the plan, (row, column), shape) of a pair of the view, counted from 0."""
    shapes, first = view.instance.coverage.shapes, 0
    for case in range(len(shapes)):
        rows, columns = shapes[first]
        many = max(rows * columns, 1)
        if entry < first + many:
            return case, divmod(entry - first, columns or 1), (rows, columns)
        first += many
    raise ValueError(f"no pair {entry}")


def entry_words(view, entry):
    """"entry (1, 2)" of a matrix, "entry 2" of a vector, "" of a number."""
    _, (row, column), (rows, columns) = position(view, entry)
    if min(rows, columns) > 1:
        return f"entry ({row + 1}, {column + 1})"
    return f"entry {max(row, column) + 1}" if max(rows, columns) > 1 else ""


class _Witness:
    """One point being put into words; ``shown`` are the variables whose values have been told."""

    def __init__(self, view, point, entry):
        self.view, self.graph, self.shown = view, view.graph, set()
        case = position(view, entry)[0]
        evaluators = view.instance.coverage.evaluators
        owners = [(e, k) for e in evaluators for k in range(max(len(e.chance.told), 1) if e.chance is not None else 1)]
        self.evaluator, self.at = owners[min(case, len(owners) - 1)]
        self.point = view.completed(point)
        self.pair = view.instance.pairs[entry] if entry < len(view.instance.pairs) else ()
        roots = self.pair + tuple(view.pairs[entry] if view.pairs else ()) + tuple(n for _, n in view.also)
        self.alive = set(self.graph.variables(roots))
        self.values = {}

    def rows(self):
        """All (name, value) pairs."""
        rows = [*self.sizes(), *self.declared(), *self.outcomes(), *self.outcome(), *self.laws(), *self.points(),
                *self.functions()]
        return tuple(rows + self.others())

    # -- values -------------------------------------------------------------------------------------------------------
    def value(self, node):
        """The number a node is at the point: a Fraction or float; None where it is not determined."""
        if node not in self.values and node in self.point:
            self.values[node] = self.point[node]
        elif node not in self.values:
            root, = self.view.unknown.explicit(self.graph, (node,))
            try:
                self.values[node] = pointwise.evaluate(self.graph, (root,), self.point)[root]
            except (pointwise.Beyond, KeyError):
                self.values[node] = None
        self.shown.update(self.graph.variables((node,)))
        return self.values[node]

    def text(self, value):
        """A number, vector (1, 2) or matrix [[1, 0], [1, 1]] as text."""
        if not isinstance(value, Array):
            found = self.value(value)
            return HIDDEN if found is None else number(found)
        entries = [self.text(e) for e in value.entries]
        if value.columns == 1:
            return f"({', '.join(entries)})" if value.rows > 1 else entries[0]
        rows = [entries[k:k + value.columns] for k in range(0, len(entries), value.columns)]
        return f"[{', '.join('[' + ', '.join(row) + ']' for row in rows)}]"

    def matters(self, value):
        """Whether the entry in question depends on a value."""
        nodes = value.entries if isinstance(value, Array) else (value,)
        return isinstance(value, Array) and value.free is False and not self.graph.variables(nodes) or \
            not self.alive.isdisjoint(self.graph.variables(nodes))

    # -- what is declared ---------------------------------------------------------------------------------------------
    def sizes(self):
        """Sizes and fixed indices that are whole numbers."""
        entries = sorted(self.evaluator.plan.items())
        return [(k, str(n)) for k, (mode, n) in entries if mode == "concrete" and not k.startswith("#")]

    def declared(self):
        """Names, arrays, and families with all the members that take part."""
        groups = {}
        for (name, subscripts), value in self.evaluator.names.items():
            if isinstance(value, (int, Array)) and self.matters(value):
                groups.setdefault(name, []).append((subscripts, value))
        rows = []
        for name, members in groups.items():
            members.sort(key=lambda m: [s.q if isinstance(s, Atom) else s for s in m[0]])
            letters = self._letters(name)
            rows.append((", ".join(spelled(name, _said(s, letters)) for s, _ in members),
                         ", ".join(self.text(v) for _, v in members)))
        return rows

    def _letters(self, name):
        declaration = self.evaluator.declared.families.get(name)
        return declaration.indices if declaration is not None else ()

    # -- random names -------------------------------------------------------------------------------------------------
    def outcomes(self):
        """Each space of outcomes: its random names together, every outcome with its probability."""
        chance, rows = self.evaluator.chance, {}
        for key, space in chance.spaces.items() if chance is not None else ():
            slots = sorted((s for s in space.values if s in chance.slots), key=lambda s: self._rank(key, s))
            groups = {}
            for s in slots:
                slot = chance.slots[s]
                groups.setdefault((slot.name, slot.member), []).append(space.values[s])
            names = [self._random_name(key, *g) for g in groups]
            told = list(groups.values())
            for label, axis in space.axes.items():      # a name that is only conditioned on: which class it is in
                if label not in {g[0] for g in groups}:
                    names.append(label)
                    told.append([[self.graph.num(o[axis]) for o in space.outcomes]])
            if groups:
                name = names[0] if len(names) == 1 else f"({', '.join(names)})"
                rows.setdefault(name, self._law(space.weights, told))
        return list(rows.items())

    def outcome(self):
        """The outcome at which random variables are compared."""
        chance = self.evaluator.chance
        told = chance.told[self.at] if chance is not None and chance.told else {}
        found = {}
        for node, value in told.items():
            if node in chance.slots:
                slot = chance.slots[node]
                name = spelled(slot.name, _said(slot.member, self._letters(slot.name)))
                found.setdefault(name, []).append(self.value(value))
        return [(rf"\text{{outcome }}{name}", _joined(values)) for name, values in found.items()]

    def _rank(self, key, node):
        slot = self.evaluator.chance.slots[node]
        names = names_of(key)
        return names.index(slot.name) if slot.name in names else 0, str(slot.member), slot.entry

    def _random_name(self, key, name, member):
        letters = self._letters(name)
        return spelled(name, letters if shared(self.evaluator, key) else _said(member, letters))

    def _law(self, weights, groups):
        """The outcomes as text, equal ones put together."""
        found = {}
        for k, weight in enumerate(weights):
            parts = [_joined([self.value(entries[k]) for entries in group]) for group in groups]
            outcome = parts[0] if len(parts) == 1 else f"({', '.join(parts)})"
            chance = self.value(weight)
            found[outcome] = found.get(outcome, 0) + (chance if chance is not None else 0)
        return ", ".join(f"{outcome} with probability {number(p)}" for outcome, p in found.items())

    # -- masses and densities -----------------------------------------------------------------------------------------
    def laws(self):
        """Values of declared masses and densities at the points of their spaces."""
        chance = self.evaluator.chance
        if chance is None or chance.reference is None:
            return []
        record, raw = chance.reference, self._raw()
        groups = {}
        for (tag, condition, spaces), total in record.totals.items():
            mass = self.value(total)
            for places, node in raw.get((tag, condition), ()):
                value = self.value(node)
                said = ", ".join(spelled(s, (abs(p),)) if p > 0 else f"-{spelled(s, (-p,))}"
                                 for s, p in zip(spaces, places, strict=False))
                name = f"{tag.partition('#')[0]}({said}{self._condition(condition)})"
                known = None not in (mass, value) and mass
                groups.setdefault(tag, {})[name] = number(value / mass) if known else HIDDEN
        return [(", ".join(group), ", ".join(group.values())) for group in groups.values()]

    def _raw(self):
        """(tag, condition) -> [(places, node), ...] of the values before they are normalised."""
        found, graph = {}, self.graph
        roots = tuple(self.evaluator.chance.reference.totals.values())
        for node in graph.reachable(roots):
            label = graph.operands[node] if graph.operation[node] == VAR else None
            if graph.operation[node] == FUN and graph.operands[node][0] == "exp":
                inner = graph.operands[graph.operands[node][1]]
                label = inner[0][1].removeprefix("log ") if inner and isinstance(inner[0], tuple) else None
            match = LAW.fullmatch(label) if isinstance(label, str) else None
            if match:
                tag = label[:label.index(f"({match['places']}|")]
                places = tuple(map(int, match["places"].split(",")))
                found.setdefault((tag, match["condition"]), []).append((places, node))
        return found

    def _condition(self, text):
        """"|y_2" of the text that tells conditional laws apart: places of points, else nodes."""
        if not text:
            return ""
        return "|" + ", ".join(map(self._given, text.split(",")))

    def _given(self, part):
        if all(p.isdigit() for p in part.split("/")):
            nodes = [int(p) for p in part.split("/")]
            return self.view.labels.get(nodes[0], str(self.graph.operands[nodes[0]])).partition("[")[0]
        match = PLACE.fullmatch(part)
        return spelled(match["space"], (int(match["at"]),)) if match else part

    def points(self):
        """Values of the points of the spaces where they matter, and how many or how large they are."""
        chance = self.evaluator.chance
        if chance is None or chance.reference is None:
            return []
        rows = []
        for space, members in chance.reference.spaces.items():
            names = ", ".join(spelled(space, (q + 1,)) for q in range(len(members)))
            if any(self.matters(v) for _, v in members):
                rows.append((names, ", ".join(self.text(v) for _, v in members)))
            weights = [self.value(w) for w, _ in members]
            if any(w is not None and w != 1 for w in weights):
                what = "number of points like" if space in chance.reference.finite else "length of the cell of"
                rows.append((rf"\text{{{what} }}{names}", ", ".join(HIDDEN if w is None else number(w)
                                                                  for w in weights)))
        return rows

    # -- functions ----------------------------------------------------------------------------------------------------
    def functions(self):
        """The polynomial taken for each unknown function that the entry depends on."""
        graph, rows = self.graph, {}
        for node in graph.reachable(self.pair):
            if graph.operation[node] == FUN and isinstance(graph.operands[node][0], tuple):
                (_, label, orders), arity = graph.operands[node][0], len(graph.children(node))
                if label.startswith("log ") and LAW.fullmatch(label[4:]):
                    continue
                letters = ["u"] if len(orders) == 1 else [f"u_{k + 1}" for k in range(arity)]
                match = COMPONENT.fullmatch(label)
                name = spelled(match["name"], (int(match["row"]),)) if match else _label(label)
                declared = self.evaluator.table.get(label.partition("[")[0].partition("#")[0])
                body = polynomial_text(self.view.unknown.terms(label, arity), letters)
                rows[f"{name}({', '.join(letters)})"] = _within(declared, body)
        return list(rows.items())

    # -- the rest -----------------------------------------------------------------------------------------------------
    def others(self):
        """Variables that nothing above tells, by their labels."""
        rest = [v for v in self.point if v in self.alive and v not in self.shown
                and not str(self.graph.operands[v]).startswith(("extra[", "volume[")) and self.graph.domain[v] != "pi"]
        groups = {}
        for v in rest:
            label = self.view.labels.get(v, str(self.graph.operands[v]))
            match = MOMENT.fullmatch(label)
            said = f"{MOMENTS[match['what']]}[{_label(match['name'])}]" if match else self._member(label)
            groups.setdefault(label.partition("[")[0] if not match else label, {})[said] = number(self.point[v])
        return [(", ".join(group), ", ".join(group.values())) for group in groups.values()]

    def _member(self, label):
        """x[2] as x_2, or as x(2) where x is declared a function on a finite set."""
        base, _, rest = label.partition("[")
        declared = self.evaluator.table.get(base)
        if rest and declared is not None and declared.kind == "function":
            return f"{base}({', '.join(p for p in re.split(PLACES, rest) if p)})"
        return _label(label)


def _said(subscripts, letters):
    """Subscripts as numbers; an atom of an index set as its letter with a number."""
    return tuple(f"{letters[k] if k < len(letters) else 'i'}_{s.q + 1}" if isinstance(s, Atom) else s
                 for k, s in enumerate(subscripts))


def _label(label):
    """x[2] as x_2."""
    base, _, rest = label.partition("[")
    return spelled(base, tuple(p for p in re.split(PLACES, rest) if p)) if rest else label


def _joined(values):
    parts = [HIDDEN if v is None else number(v) for v in values]
    return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"


def _within(declaration, body):
    """The function that keeps to its declared range, built from a polynomial."""
    domain = declaration.domain if declaration is not None else "real"
    forms = {"positive": r"\exp({})", "unit": r"1/(1+\exp(-({})))", "nonnegative": "({})^2"}
    return forms.get(domain, "{}").format(body)


def polynomial_text(terms, letters):
    """{positions of the arguments: coefficient} as text: 1/4 - u + 3/2 u^2."""
    parts = []
    for places, c in sorted(terms.items(), key=lambda t: (len(t[0]), t[0])):
        powers = [(letters[k], places.count(k)) for k in dict.fromkeys(places)]
        monomial = " ".join(u if n == 1 else f"{u}^{n}" for u, n in powers)
        size = number(abs(Fraction(c)))
        word = size if not monomial else monomial if size == "1" else f"{size} {monomial}"
        parts.append((" - " if c < 0 else " + ") + word)
    text = "".join(parts)
    return (text.removeprefix(" + ") if not text.startswith(" - ") else "-" + text.removeprefix(" - ")) or "0"
