"""The import contracts of setup.cfg hold, and each breaks under a deliberate breach."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT = Path(sys.executable).parent/"lint-imports"
BREACHES = {
    "judges import SymPy": ("verifiers/verdict.py", "import sympy"),
    "judges import SymPy inside a function": ("verifiers/verdict.py", "def f():\n    import sympy\n    return sympy"),
    "judges import the reader": ("verifiers/verdict.py", "import derive.reading"),
    "the reader imports a rule": ("derive/reading/__init__.py", "import derive.rules"),
    "terms import the notation": ("derive/term/core.py", "import derive.notation"),
    "checking imports click": ("derive/checking/step.py", "import click"),
    "the language judges": ("derive/derivation.py", "import verifiers.verdict"),
    "problems judge": ("problems/__init__.py", "import verifiers.verdict"),
    "somebody imports the root": ("derive/writing/__init__.py", "import derive\nderive.check_step"),
}


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
    assert status == 0, output


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_found(breach, tmp_path):
    path, code = BREACHES[breach]
    broken = copy_of_the_tree(tmp_path)/path
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n\n{code}\n", encoding="utf-8")
    status, output = lint(tmp_path)
    assert status == 1 and "BROKEN" in output, output
