"""Room for the objects of one judgement: the collector of cycles waits until there are many of them."""

import gc
from contextlib import contextmanager

OBJECTS = 50_000        # made and not yet freed, before cycles among them are looked for


@contextmanager
def room():
    """Collect less often for a while; a judgement makes some thousand objects, nearly all of them live to its end."""
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(max(before[0], OBJECTS), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
