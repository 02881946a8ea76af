"""The formats of a sheet by name, and the files of an export."""

from derive.writing.markdown import write_markdown
from derive.writing.plain import write_json, write_text
from derive.writing.tex import write_tex

WRITERS = {"tex": write_tex, "md": write_markdown, "text": write_text, "json": write_json}
EXPORTED = ("md", "tex")


def filename(sheet, fmt):
    """The name of a sheet's file: its id, safe on every file system."""
    return f"{sheet.ident.replace('/', '-')}.{fmt}"


def index_of(sheets):
    """The page that lists an export: each problem with its title and the verdicts of its lines."""
    lines = ["# Sheets", "", "| problem | title | lines | proved | supported | errata |", "|---|---|---|---|---|---|"]
    for sheet in sheets:
        names = [line.verdict.name for line in sheet.lines]
        lines.append(f"| [{sheet.ident}]({filename(sheet, 'md')}) | {sheet.title} | {len(names)} | "
                     f"{names.count('proved')} | {names.count('supported')} | {len(sheet.errata) or ''} |")
    return "\n".join(lines) + "\n"
