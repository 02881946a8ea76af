"""Expectations, variances, divergences, the normal law, indicators."""

from derive.notation import MOMENTS, RELATION, readings
from derive.reading.cursor import CLOSES
from derive.term import IMPLIED, PI, name, subterms, term

_MOMENT = readings(MOMENTS)


class Moments:
    """Reading of probability; part of the Parser."""

    def moment(self):
        """\\mathbb{E}_{x \\sim p}[f | c], \\operatorname{Var}[f], \\operatorname{Cov}[f, g]."""
        start, text = self.k, self.take()
        if text in (r"\mathbf{E}", "E") and self.peek() != "[":
            return self.scripted_name(text, start)
        head = _MOMENT[text]
        laws = ()
        if self.peek() == "_":
            self.take()
            laws = self.laws(self.script())
        if self.peek() not in ("[", "(", r"\{"):
            raise self.fail(f"{head} of what?", "[")
        before = self.binding(*(law.args[0] for law in laws))
        bodies = self.conditioned()
        self.bound = before
        laws = tuple(self.of_variable(law, bodies, start) for law in laws)
        if head == "Cov" and len(bodies) == 1:
            bodies *= 2
        if len(bodies) != (2 if head == "Cov" else 1):
            raise self.fail(f"{head} of {len(bodies)} arguments", "", start)
        return self.scripted(term(head, *bodies, *laws))

    def of_variable(self, law, bodies, start):
        """E_p[f(x)]: the variable of p is the one undeclared argument of what is averaged."""
        if law.args[0] is not IMPLIED:
            return law
        d = self.names.first(law.args[1].value)
        own = {f for f in d.formals[:d.bar]}
        inner = {a for b in bodies for n in subterms(b) if n.head == "call" for a in n.args[1:] if a.head == "name"
                 and (a in own or not own and not self.names.declared(a.value) and a.value not in self.bound)}
        if len(inner) != 1:
            raise self.fail(f"{law.args[1].value} is a law: of which variable?", "x \\sim " + law.args[1].value, start)
        return term("dist", inner.pop(), law.args[1])

    def conditioned(self):
        """The arguments in the bracket here; a bar conditions each of them."""
        marks = self.commas_and_bars()
        opening = self.take()
        saved = self.enter()
        self.bar = "part" if "|" in marks else None
        bodies = [self.plain(self.expression())]
        while self.peek() == ",":
            self.take()
            bodies.append(self.plain(self.expression()))
        if self.peek() in ("|", r"\mid"):
            self.take()
            conditions = [self.happening(self.expression())]
            while self.peek() == ",":
                self.take()
                conditions.append(self.happening(self.expression()))
            together = "and" if all(c.head == "rel" for c in conditions) else "set"
            condition = conditions[0] if len(conditions) == 1 else term(together, *conditions)
            bodies = [term("given", b, condition) for b in bodies]
        self.expect(CLOSES[opening])
        self.leave(saved)
        return bodies

    def laws(self, span):
        """The dist Terms of a lower script: x \\sim q, q(z|x), x, or several with commas."""
        def items():
            found = [self.law()]
            while self.peek() == ",":
                self.take()
                found.append(self.law())
            return found
        return tuple(self.within(*span, items))

    def law(self):
        at = self.k
        variable = self.expression(RELATION)
        if self.peek() == r"\sim":
            self.take()
            law = self.expression(RELATION)
            law = name(r"\pi") if law is PI else law
        elif variable.head == "call" and len(variable.args) > 1:
            variable, law = variable.args[1], variable
        else:
            law = IMPLIED
        if variable.head not in ("name", "index"):
            raise self.fail("the law of what?", "x \\sim p", at)
        d = self.names.first(variable.value) if variable.head == "name" else None
        if law is IMPLIED and d is not None and d.kind in ("mass", "density"):
            return term("dist", IMPLIED, variable)
        if law is IMPLIED and d is not None and d.kind == "function":
            raise self.fail(f"{variable.value} is a law: of which variable?", "x \\sim " + variable.value, at)
        return term("dist", variable, law)

    def divergence_word(self):
        """\\operatorname{KL}, which without a bracket is a name."""
        start, text = self.k, self.take()
        return self.divergence() if self.peek() in ("(", "[") else self.scripted_name(text, start)

    def divergence(self):
        """D_{KL}(p \\| q)."""
        args, given = self.call_arguments()
        if given is not None and len(args) == len(given) == 1:
            args = (*args, *given)
        elif given is not None or len(args) != 2:
            raise self.fail("a divergence has two laws", r"(p\|q)")
        return self.scripted(term("KL", *args))

    def normal(self):
        """\\mathcal{N}(m, C) is the law; \\mathcal{N}(x | m, C) and \\operatorname{Norm}_x[m, C] the density at x."""
        start, base, point = self.k, self.peek(), None
        self.take()
        if base == r"\mathcal{N}" and self.peek() not in ("(", "[") and self.peek() != "_":
            return self.scripted_name(base, start)
        if self.peek() == "_":
            self.take()
            point = self.within(*self.script(), self.expression)
        if self.peek() not in ("(", "["):
            raise self.fail(self.found(), "[ and mean, covariance")
        args, given = self.call_arguments()
        if point is None and given is not None and len(args) == 1 and len(given) == 2:
            point, args = args[0], given
        elif given is not None or len(args) != 2:
            raise self.fail("a normal law has a mean and a covariance", "(m, C)", start)
        return self.scripted(term("normal", *args) if point is None else term("normal_density", point, *args))

    def indicator(self):
        """\\mathbb{1}[c]; \\mathbf{1} without a bracket is a name."""
        start, base = self.k, self.peek()
        self.take()
        if self.peek() == "_" and base == r"\mathbb{1}":
            self.take()
            condition = self.within(*self.script(), self.expression)
        elif self.peek() in ("[", r"\{") or self.peek() == "(" and base == r"\mathbb{1}":
            args, given = self.call_arguments()
            condition = args[0] if len(args) == 1 and given is None else None
        else:
            return self.scripted_name(base, start)
        if condition is None or condition.head not in ("rel", "and", "or"):
            raise self.fail("an indicator of no relation", "a relation", start)
        return self.scripted(term("indicator", condition))

