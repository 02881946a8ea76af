"""Matrices written out, and definitions by cases."""

from derive.term import matrix, term

MATRICES = ("bmatrix", "pmatrix", "matrix", "Bmatrix", "smallmatrix")


class Arrays:
    """Reading of environments; part of the Parser."""

    def environment(self):
        self.take()
        start, kind = self.k, self.braced_text()
        if kind not in (*MATRICES, "vmatrix", "cases"):
            raise self.fail(f"the environment {kind}", "bmatrix, pmatrix, vmatrix or cases", start)
        saved = self.enter()
        rows = self.rows(self.branch if kind == "cases" else lambda: self.plain(self.expression()))
        self.leave(saved)
        self.expect(r"\end")
        if self.braced_text() != kind:
            raise self.fail("another environment ends here", kind)
        if kind == "cases":
            return self.cases(rows, start)
        if len({len(r) for r in rows}) != 1:
            raise self.fail("rows of different lengths", "", start)
        return self.scripted(term("det", matrix(rows)) if kind == "vmatrix" else matrix(rows))

    def rows(self, cell):
        """The cells of an environment, row by row; an empty last row is dropped."""
        rows = [[]]
        while True:
            rows[-1].append(cell())
            text = self.peek()
            if text == "&":
                self.take()
            elif text == r"\\":
                self.take()
                if self.peek() == r"\end":
                    return rows
                rows.append([])
            elif text == r"\end":
                return rows
            else:
                raise self.fail(self.found(), "& or \\\\ or \\end")

    def branch(self):
        """A value or a condition of cases; "otherwise" is None."""
        if self.peek() == ",":
            self.take()
        if self.peek() in (r"\text{if}", r"\text{for}", r"\text{when}", r"\text{where}"):
            self.take()
        if self.peek() in (r"\text{otherwise}", r"\text{else}"):
            self.take()
            return None
        found = self.expression()
        if self.peek() == "," and self.peek(1) == "&":
            self.take()
        return found

    def cases(self, rows, start):
        parts = []
        for k, row in enumerate(rows):
            last = k == len(rows) - 1
            if len(row) != 2 or row[0] is None or row[1] is None and not last:
                raise self.fail("a case is a value and a condition", "v & c", start)
            parts.append(self.plain(row[0], start))
            if row[1] is not None:
                if row[1].head not in ("rel", "and", "or"):
                    raise self.fail("a case without a condition", "a relation", start)
                parts.append(row[1])
        return self.scripted(term("cases", *parts))
