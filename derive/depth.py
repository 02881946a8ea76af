"""Room for the recursion of readers and printers on deep formulas."""

import sys
from contextlib import contextmanager

FRAMES = 12_000     # calls from Python to Python take no C stack since Python 3.11


@contextmanager
def deep():
    """Raise the recursion limit for a while; it is never lowered below what it was."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
