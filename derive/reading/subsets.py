r"""The number of subsets of a size: |\{S \subseteq \{1, \ldots, n\} : |S| = k\}| is n over k."""

from derive.term import ONE, add, name, neg, num, term

SUBSETS = (r"\subseteq", r"\subset")


class Subsets:
    """Reading of counted subsets; part of the Parser."""

    def subset_count(self):
        """The binomial coefficient the count is; anything else between the bars is not read."""
        opening = self.take()
        self.expect(r"\{")
        subset = self.take()
        self.expect(r"\subseteq")
        whole = self.prefix()
        self.expect(":", "|", r"\mid")
        bars = {"|": "|", "L|": "R|"}
        bar = self.expect(*bars)
        if self.take() != subset:
            raise self.fail("the size of another set", subset)
        self.expect(bars[bar])
        self.expect("=")
        size = self.plain(self.expression())
        self.expect(r"\}")
        self.expect("|" if opening == "|" else "R|")
        return term("binom", self.members_of(whole), size)

    def members_of(self, whole):
        """The number of elements of 1..n, of a set written out, or of a declared finite set."""
        if whole.head == "range":
            low, high = whole.args
            return high if low is ONE else add(high, neg(low), ONE)
        declared = self.names.first(whole.value) if whole.head == "name" else None
        if declared is not None and declared.kind == "set":
            return term("sum", num(1), name("j"), whole)
        raise self.fail("subsets of what?", r"\{1, \ldots, n\} or a declared finite set")
