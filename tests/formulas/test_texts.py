"""Texts of the product are whole: none is glued from pieces, so that each can be said in another language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

import kam_xl
from kam_xl.formulas import messages

ROOT = Path(kam_xl.__file__).parent
MODULES = sorted(path for path in ROOT.rglob("*.py"))
KEYWORDS = {"_": None, "_later": None, "say": None}  # what `pybabel extract --keyword` is told
JOINS = {"cat", "joined", "added"}
CHOOSES = {"if_", "iferror", "lit"}
CONTINUES = tuple(",;:.!)]}%")


@cache
def module(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> str:
    """The name of the function that a call calls; `say` is that of messages only."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def says(path: Path) -> list[ast.Call]:
    """The messages of a module."""
    own = [n for n in ast.walk(module(path)) if isinstance(n, ast.ImportFrom) and n.module == messages.__name__]
    if path.name == "messages.py" or any(name.name == "say" for n in own for name in n.names):
        return [node for node in ast.walk(module(path)) if called(node) == "say"]
    return []


def text_of(node: ast.AST) -> str | None:
    """The text of the catalogue that a call looks up, if it is one."""
    if called(node) in KEYWORDS and node.args and isinstance(node.args[0], ast.Constant):
        return node.args[0].value
    return None


def values(node: ast.AST, names: dict[str, list[ast.AST]], depth: int = 6) -> Iterator[str]:
    """Texts of `_` that an expression may be, as it stands: through choices and names of the same function."""
    if called(node) == "_" and text_of(node) is not None:
        yield text_of(node)
    elif called(node) in CHOOSES:
        for argument in node.args:
            yield from values(argument, names, depth)
    elif isinstance(node, ast.IfExp):
        yield from values(node.body, names, depth)
        yield from values(node.orelse, names, depth)
    elif isinstance(node, ast.Name) and depth:
        for value in names.get(node.id, []):
            yield from values(value, names, depth - 1)


def glued(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts that are pieces of a longer one: line and text. Whole sentences may follow each other."""
    for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
        names: dict[str, list[ast.AST]] = {}
        for node in ast.walk(function):
            for target in node.targets if isinstance(node, ast.Assign) else []:
                if isinstance(target, ast.Name):
                    names.setdefault(target.id, []).append(node.value)
        for node in ast.walk(function):
            joins = isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.Add))
            parts = [node.left, node.right] if joins else node.args if called(node) in JOINS else []
            if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
                parts = [node.target, node.value]
            parts = [p for p in parts if not (isinstance(p, ast.Constant) and str(p.value).strip() == "")]
            if len(parts) > 1:
                for part in parts:
                    for text in values(part, names):
                        if text[:1].islower():
                            yield node.lineno, text


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_text_is_a_piece_of_another(path):
    tree = module(path)
    texts = [(node.lineno, text_of(node)) for node in ast.walk(tree) if text_of(node) is not None]
    cut = [(line, text) for line, text in texts if text != text.strip() or text.startswith(CONTINUES)]
    assert not cut
    assert not list(glued(tree))


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('cat(_("grew by"), x)', ["grew by"]),
        ('cat(x, if_(x > 1, _("tasks"), _("task")))', ["tasks", "task"]),
        ('x & iferror(_("of all"), "")', ["of all"]),
        ('more = _("less")\n    cat(x, more)', ["less"]),
        ('text += _("or so")', ["or so"]),
        ('cat(x, " ", _("Two sentences."))', []),
        ('say("{x} tasks", x=x)', []),
        ('_("accounts") & ""', []),
    ],
)
def test_pieces_are_found(code, found):
    assert [text for _line, text in glued(ast.parse(f"def f(x):\n    {code}"))] == found


def test_every_message_can_be_read_and_has_the_places_that_it_is_given():
    wrong, number = [], 0
    for path in MODULES:
        for node in says(path):
            number += 1
            if text_of(node) is None:
                wrong.append((path.name, node.lineno, "not a text that extraction sees"))
                continue
            places = set(messages._named(messages.parse(text_of(node))))
            given = {keyword.arg for keyword in node.keywords}
            if not (given - {None} <= places if None in given else given == places):
                wrong.append((path.name, node.lineno, sorted(places ^ given)))
    assert not wrong
    assert number > 250


def test_every_text_is_found_by_extraction():
    for path in MODULES:
        extracted = {message for _line, message, _comments, _context in extract_from_file("python", path, KEYWORDS)}
        looked_up = [*says(path), *(n for n in ast.walk(module(path)) if called(n) in ("_", "_later"))]
        assert {text_of(node) for node in looked_up} - {None} <= extracted, path
