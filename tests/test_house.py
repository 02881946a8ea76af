"""House rules that a machine can see: sizes, bans, no float literal, no formula typed as LaTeX in a problem."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("derive", "problems", "verifiers")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT/package).rglob("*.py"))
TESTS = sorted((ROOT/"tests").rglob("*.py"))
FILE_LINES, FUNCTION_LINES, PROBLEM_LINES, LINE_WIDTH = 400, 40, 40, 120
BANNED_CALLS = {"eval", "exec", "simplify", "nsimplify", "trigsimp", "compile", "__import__"}
BANNED_IMPORTS = {"pickle", "dill", "cloudpickle", "shelve", "marshal"}
# A backslash command with an operator around it: a formula typed by hand.  Names alone (r"\theta_{10}") are allowed.
FORMULA = re.compile(r"\\(frac|sum|prod|int|partial|nabla|left|right|cdot|exp|log|sqrt|mathbb)(?![a-z])")

named = pytest.mark.parametrize("path", SOURCES + TESTS, ids=lambda p: str(p.relative_to(ROOT)))
sources = pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path):
    return [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def called(node):
    """The last name of what is called: simplify for sp.simplify(...)."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@named
def test_file_is_small(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= FILE_LINES
    assert [n for n, line in enumerate(lines, 1) if len(line) > LINE_WIDTH] == []


@named
def test_functions_are_small(path):
    limit = PROBLEM_LINES if path.is_relative_to(ROOT/"problems") else FUNCTION_LINES
    # A nested function counts with the one around it; a method by itself.
    assert [f"{f.name}: {f.end_lineno - f.lineno + 1}" for f in functions(path)
            if f.end_lineno - f.lineno + 1 > limit] == []


@named
def test_no_banned_handler_or_import(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: bare except"
            caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
            assert not caught & {"Exception", "BaseException"}, f"line {node.lineno}: catches everything"
        if isinstance(node, ast.ImportFrom):
            assert not any(a.name == "*" for a in node.names), f"line {node.lineno}: import *"
            assert (node.module or "").split(".")[0] not in BANNED_IMPORTS
        if isinstance(node, ast.Import):
            assert not {a.name.split(".")[0] for a in node.names} & BANNED_IMPORTS


@sources
def test_no_banned_call(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and not (called(node) == "compile" and "re" in ast.dump(node.func)):
            assert called(node) not in BANNED_CALLS, f"line {node.lineno}: {called(node)}("
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("alarm", "setitimer"), f"line {node.lineno}: signal.{node.attr}"


@pytest.mark.parametrize("path", [p for p in SOURCES if not p.is_relative_to(ROOT/"verifiers")],
                         ids=lambda p: str(p.relative_to(ROOT)))
def test_no_float_literal(path):
    floats = [n.lineno for n in ast.walk(tree_of(path)) if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    assert floats == []


@pytest.mark.parametrize("path", [p for p in SOURCES if p.is_relative_to(ROOT/"problems")],
                         ids=lambda p: str(p.relative_to(ROOT)))
def test_no_formula_typed_as_latex(path):
    typed = [(n.lineno, n.value) for n in ast.walk(tree_of(path)) if isinstance(n, ast.Constant)
             and isinstance(n.value, str) and FORMULA.search(n.value)]
    assert typed == []


@named
def test_has_docstring_and_no_leftovers(path):
    text = path.read_text(encoding="utf-8")
    if text.strip() and path.parent.name != "data":
        assert ast.get_docstring(tree_of(path)), "a module says what it holds"
    for word in ("TO" + "DO", "FIX" + "ME", "X" * 3):
        assert word not in text
    assert "/" + "work/" not in text, "no path of a machine"


def test_rule_names_are_noun_phrases():
    names = [f.name for path in SOURCES if path.is_relative_to(ROOT/"derive"/"rules") for f in functions(path)]
    assert [n for n in names if re.match(r"(apply|do|use|avoid)_|.*_rule\d|TR\d", n)] == []
