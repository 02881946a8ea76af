"""What one judgement may build: terms evaluated and nodes made, counted over all the instances made for it."""

from contextlib import contextmanager
from contextvars import ContextVar

_LEFT = ContextVar("what is left to the judgement under way", default=None)


@contextmanager
def metered(limit):
    """Count what is built inside; a judgement inside another one draws on the outer count."""
    if _LEFT.get() is not None:
        yield
        return
    token = _LEFT.set(limit)
    try:
        yield
    finally:
        _LEFT.reset(token)


def left():
    """What may still be built; None where nothing is counted."""
    return _LEFT.get()


def charge(work):
    """Count an instance, also one that came to nothing."""
    if _LEFT.get() is not None:
        _LEFT.set(_LEFT.get() - work)
