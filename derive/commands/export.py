"""``derive export``: derive, judge and write sheets."""

import sys
from collections import Counter
from pathlib import Path

import click

from derive.commands.codes import BUG, FINE, WRONG, contradicts
from derive.commands.registry import chosen, progress

SEED = 1        # sheets are the same on every machine and in every run


@click.command(short_help="Derive, judge and write sheets.")
@click.argument("pattern", default="*")
@click.option("--to", "formats", default="md,tex", show_default=True, metavar="FORMATS", help="md, tex.")
@click.option("-o", "output", default="output", show_default=True, type=click.Path(file_okay=False, path_type=Path),
              help="Folder to write to.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a file would change.")
def export(pattern, formats, output, check):
    """Derive and judge the problems that match PATTERN, and write their sheets.

    Exit: 0, 1 where a line is refuted or, with --check, where a file would change.
    """
    from derive.writing.build import sheet_of
    from derive.writing.formats import EXPORTED, WRITERS, filename, index_of

    wanted = tuple(dict.fromkeys(formats.split(",")))
    strange = [fmt for fmt in wanted if fmt not in EXPORTED]
    if strange:
        raise click.UsageError(f"no format {strange[0]!r}; there are {', '.join(EXPORTED)}")
    files, sheets = {}, []
    with progress(chosen(pattern), "export") as problems:
        for problem in problems:
            sheet = sheet_of(problem, SEED)
            sheets.append(sheet)
            files |= {output/filename(sheet, fmt): WRITERS[fmt](sheet) for fmt in wanted}
    if pattern == "*" and "md" in wanted:
        files[output/"README.md"] = index_of(sheets)
    stale = check_files(files) if check else write_files(files)
    for path in stale:
        click.echo(f"{'stale' if check else 'wrote'} {path}")
    if pattern == "*":
        left = [path for path in left_over(output, wanted) if path not in files]
        for path in left:
            click.echo(f"left over {path}: no problem writes it")
        stale += left
    click.echo(summary(sheets, len(files)), err=True)
    sys.exit(exit_code(sheets, bool(stale) and check))


def check_files(files):
    """The paths whose text would change."""
    return [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def left_over(output, formats):
    """Every file of the folder in one of the formats."""
    return sorted(path for fmt in formats for path in output.glob(f"*.{fmt}"))


def write_files(files):
    """Write every text whole; the paths that changed."""
    from derive.writing.files import write_whole

    try:
        return [path for path, text in files.items() if write_whole(path, text)]
    except OSError as error:
        raise click.UsageError(f"cannot write {error.filename}: {error.strerror}") from error


def summary(sheets, files):
    """"44 problems, 240 steps: 230 proved, 10 supported; 88 files"."""
    tally = Counter(line.verdict.name for sheet in sheets for line in sheet.lines)
    verdicts = ", ".join(f"{n} {name}" for name, n in sorted(tally.items()))
    errata = sum(len(sheet.errata) for sheet in sheets)
    return f"{len(sheets)} problems, {tally.total()} steps: {verdicts}; {errata} errata; {files} files"


def exit_code(sheets, stale):
    """Of the export."""
    verdicts = [line.verdict for sheet in sheets for line in sheet.lines]
    if any(map(contradicts, verdicts)):
        return BUG
    return WRONG if stale or any(v.name in ("refuted", "conditional") for v in verdicts) else FINE
