"""Reading and judging composed: one step, batches of steps, coverage of goals.  No SymPy, no click."""

from derive.checking.record import record_of
from derive.checking.step import check_step, judged

__all__ = ["check_step", "judged", "record_of"]
