"""Room for the recursion of readers and printers on deep formulas."""

import sys

FRAMES = 12_000     # calls from Python to Python take no C stack since Python 3.11


class deep:     # noqa: N801 - read as a verb: with deep()
    """Raise the recursion limit for a while; it is never lowered below what it was."""

    __slots__ = ("before",)

    def __enter__(self):
        self.before = sys.getrecursionlimit()
        if self.before < FRAMES:
            sys.setrecursionlimit(FRAMES)

    def __exit__(self, *_):
        if self.before < FRAMES:
            sys.setrecursionlimit(self.before)
