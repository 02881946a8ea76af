"""Batches of steps: one JSON object a line in, one JSON verdict a line out, in order.

A bad line gives the verdict "unreadable" with a sentence; nothing stops the batch.
"""

from time import perf_counter_ns

from derive.checking.record import record_of
from derive.checking.step import judged
from verifiers.verdict import Reason, SoundnessError, Undecided, Unreadable

LINE_LIMIT = 200_000        # characters of one JSON line; the longest step of a textbook has a few thousand
TEXT_FIELDS = ("from", "to")
# What an error of ours can be; a bug costs one step its verdict, never the batch, and the run ends with exit 70.
BUGS = (ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, MemoryError, NameError,
        NotImplementedError, RecursionError, TypeError, ValueError)


class BadLine(ValueError):
    """A line of a batch that is no step: the sentence says why."""


def check_steps(lines, seed=None, trouble=None):
    """Yield one record for each line that is not blank.

    lines    text lines, each one JSON object {"id", "from", "to", "rel", "symbols", "given", "about"}
    trouble  a list that collects (id, exception) for bugs and contradictions of the engine itself
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        start = perf_counter_ns()
        trouble = [] if trouble is None else trouble
        ident, verdict, symbols = _verdict_of_line(line, number, seed, trouble)
        if getattr(verdict, "reason", None) is Reason.CONTRADICTION:
            trouble.append((ident, SoundnessError(verdict.detail)))
        yield record_of(verdict, ident, (perf_counter_ns() - start)//1000/1000, symbols)


def _verdict_of_line(line, number, seed, trouble):
    """(id, verdict, the declarations it was read under)."""
    ident = number
    try:
        step = step_of(line)
        ident = step.get("id", number)
        claim, verdict = judged(step["from"], step["to"], step.get("rel") or "=", step.get("symbols") or {},
                                step.get("given") or [], step.get("about"), seed)
        return ident, verdict, claim.symbols if claim is not None else ()
    except BadLine as error:
        return ident, Unreadable("line", f"line {number}: {error}", column=getattr(error, "column", 1)), ()
    except SoundnessError as error:
        return ident, Undecided("contradiction", str(error), reason=Reason.CONTRADICTION), ()
    except BUGS as error:
        trouble.append((ident, error))
        return ident, Undecided("internal error", f"{type(error).__name__}: {error}", reason=Reason.BUDGET), ()


def step_of(line):
    """The step of one line; raises BadLine."""
    import json

    if len(line) > LINE_LIMIT:
        raise BadLine(f"{len(line)} characters; a step has at most {LINE_LIMIT}")
    try:
        step = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLine(f"no JSON object: {error.msg} at column {error.colno}") from error
    except ValueError:
        raise BadLine("no JSON object: a number of thousands of digits") from None
    except RecursionError:
        raise BadLine("no JSON object: nested too deeply") from None
    if not isinstance(step, dict):
        raise BadLine('not an object {"from", "to", ...}')
    for field in TEXT_FIELDS:
        if not isinstance(step.get(field), str):
            raise BadLine(f'"{field}" is missing or no text')
    _check_types(step)
    return step


def _check_types(step):
    symbols, given = ({} if step.get("symbols") is None else step["symbols"],
                      [] if step.get("given") is None else step["given"])
    if not isinstance(symbols, dict) or not all(isinstance(words, str) for words in symbols.values()):
        raise BadLine('"symbols" is no object of texts')
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise BadLine('"given" is no list of texts')
    for field in ("rel", "about"):
        if not isinstance(step.get(field), str | None):
            raise BadLine(f'"{field}" is no text')
    if not isinstance(step.get("id", 0), str | int):
        raise BadLine('"id" is neither text nor number')
