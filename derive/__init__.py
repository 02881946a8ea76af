"""derive: mathematics you can trust line by line.

``check_step`` judges a step; ``list_problems`` and ``load_problem`` open the collection.  Everything is imported when
first asked for; nothing of ours imports this module.
"""

import importlib

_EXPORTS = {"check_step": ("derive.checking", "check_step"), "list_problems": ("problems", "find_problems"),
            "load_problem": ("problems", "find_problem")}
__all__ = list(_EXPORTS)


def __getattr__(name):
    if name in _EXPORTS:
        module, attribute = _EXPORTS[name]
        return getattr(importlib.import_module(module), attribute)
    raise AttributeError(f"module 'derive' has no attribute {name!r}")


def __dir__():
    return __all__
