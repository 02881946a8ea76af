"""The import contracts of setup.cfg hold, and each breaks under a deliberate breach."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINT = Path(sys.executable).parent/"lint-imports"
# (file, code put into it, what import-linter must say of it)
BREACHES = [
    ("verifiers/verdict.py", "import sympy", "verifiers.verdict -> sympy"),
    ("verifiers/graph.py", "def f():\n    import derive.rules\n    return derive", "verifiers.graph -> derive.rules"),
    ("verifiers/mistakes.py", "import derive.reading", "verifiers.mistakes -> derive.reading"),
    ("derive/reading/errors.py", "import problems", "derive.reading.errors -> problems"),
    ("derive/reading/lexer.py", "import verifiers.verdict", "derive.reading.lexer -> verifiers.verdict"),
    ("derive/term/core.py", "import derive.notation", "derive.term.core -> derive.notation"),
    ("derive/checking/step.py", "import click", "derive.checking.step -> click"),
    ("derive/derivation.py", "import verifiers.judge", "derive.derivation -> verifiers.judge"),
    ("problems/__init__.py", "import derive.checking.step", "problems -> derive.checking.step"),
    ("derive/writing/sheet.py", "import derive\nprint(derive.check_step)", "derive.writing.sheet -> derive"),
]


def lint(tree):
    """Exit status and output of import-linter over a tree."""
    run = subprocess.run([LINT, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def copy_of_the_tree(target):
    for package in ("derive", "problems", "verifiers"):
        shutil.copytree(ROOT/package, target/package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT/"setup.cfg", target)
    return target


def test_contracts_hold(tmp_path):
    status, output = lint(copy_of_the_tree(tmp_path))
    assert status == 0 and " 0 broken" in output, output


def test_every_contract_breaks_under_a_breach(tmp_path):
    tree = copy_of_the_tree(tmp_path)
    for path, code, _ in BREACHES:
        broken = tree/path
        broken.write_text(broken.read_text(encoding="utf-8") + f"\n\n{code}\n", encoding="utf-8")
    status, output = lint(tree)
    assert status == 1 and " 0 kept" in output, output
    plain = " ".join(output.split())
    assert [said for _, _, said in BREACHES if said not in plain] == []
