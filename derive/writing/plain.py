"""Sheets as plain text for a terminal, and as JSON."""

import json
import textwrap

from derive.checking.record import record_of
from derive.printing import latex
from derive.term import LATEX
from derive.writing.layout import declared, declared_prose, judged_words, needs_of, unmathed
from derive.writing.markdown import formula

WORDS = 100     # letters of prose in one line


def write_text(sheet):
    """The sheet as text: formulas as the LaTeX that was judged."""
    lines = [f"{sheet.ident}: {sheet.title}", "", *textwrap.wrap(sheet.statement.replace("$", ""), WORDS), ""]
    lines += ["  " + unmathed(declared_prose(d, sheet.symbols)) for d in sheet.symbols]
    lines += [f"  given {latex(given, sheet.symbols)}" for given in sheet.givens]
    for chain in sheet.chains:
        lines += ["", *_chain(chain)]
    for erratum in sheet.errata:
        at = ", ".join(f"{name} = {value}" for name, value in getattr(erratum.verdict, "witness", ()))
        lines += ["", f"erratum: printed {formula(erratum.printed)}", f"  counterexample {at}",
                  *([f"  {erratum.note}"] if erratum.note else [])]
    return "\n".join([*lines, "", f"source: {sheet.source}"]) + "\n"


def _chain(chain):
    first = chain.lines[0].claim
    lines = [f"  {latex(first.left, first.symbols)}"]
    for line in chain.lines:
        lines.append(f"    {LATEX[line.claim.relation]} {latex(line.claim.right, line.claim.symbols)}")
        needs = [need.replace("$", "") for need in needs_of(line)]
        lines.append(f"        [{line.rule}: {judged_words(line.verdict)}" +
                     (f"; needs {', '.join(needs)}" if needs else "") + "]")
    return lines


def write_json(sheet):
    """The sheet as one JSON object: every line with its full verdict."""
    return json.dumps({
        "v": 1, "id": sheet.ident, "title": sheet.title, "source": sheet.source, "statement": sheet.statement,
        "rows": list(sheet.rows), "symbols": dict(declared(d, sheet.symbols) for d in sheet.symbols),
        "given": [latex(given, sheet.symbols) for given in sheet.givens],
        "derivations": [{"goal": _sides(chain.goal), "lines": [_line(line) for line in chain.lines]}
                        for chain in sheet.chains],
        "errata": [{"printed": _sides(e.printed), "note": e.note, **_verdict(e.verdict)} for e in sheet.errata],
    }, ensure_ascii=False, indent=1) + "\n"


def _sides(claim):
    return {"from": latex(claim.left, claim.symbols), "rel": LATEX[claim.relation],
            "to": latex(claim.right, claim.symbols)}


def _verdict(verdict):
    record = record_of(verdict)
    return {key: record[key] for key in ("verdict", "by", "detail", "needs", "witness", "conditions", "mistake")}


def _line(line):
    return {**_sides(line.claim), "rule": line.rule, **_verdict(line.verdict), "uses": list(line.needs)}
