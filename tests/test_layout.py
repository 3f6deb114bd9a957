"""The order of the parts: who may import whom, what stands in files of its own, how long code is.

Each test walks the syntax trees of all tracked Python files, so a new file is held to the same.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from tests.tracked import tracked_files

LONGEST_FUNCTION = 60
LONGEST_MODULE = 350
LONGEST_TEST_MODULE = 400
NAMES_THAT_SAY_NOTHING = frozenset(("utils", "helpers", "common", "manager", "service", "base"))

SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|DESCRIBE|ASK|INSERT|DELETE)\b[^{]*\{.*[?$]\w", re.DOTALL)
TURTLE = re.compile(r"^\s*@?prefix\s+[\w-]*:\s*<", re.IGNORECASE | re.MULTILINE)
HTML = re.compile(r"</?(html|head|body|div|span|table|tr|td|p|a|ul|li|h[1-6]|script)(\s[^<]*)?/?>")


@dataclass(frozen=True)
class Module:
    """A Python file and its syntax tree."""

    path: Path
    name: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text("utf-8"))

    @property
    def imports(self) -> Iterator[str]:
        """The full names of what is imported, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    @property
    def texts(self) -> Iterator[tuple[int, str]]:
        """The strings in the code with their lines, docstrings left out."""
        docstrings = {
            id(node.value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
                yield node.lineno, "".join(map(str, parts))
            elif (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in docstrings
            ):
                yield node.lineno, node.value


MODULES = {name: Module(path, name) for name, path in tracked_files(".py").items()}
SHIPPED = {name: each for name, each in MODULES.items() if name.startswith(("graph/", "api/"))}


def below(folder: str) -> dict[str, Module]:
    found = {name: each for name, each in MODULES.items() if name.startswith(folder)}
    assert found, f"there is no Python file in {folder}"
    return found


def importing(modules: dict[str, Module], pattern: str) -> list[str]:
    """The modules that import a name of the pattern."""
    named = re.compile(pattern)
    return [name for name, each in modules.items() if any(map(named.fullmatch, each.imports))]


def test_graph_imports_nothing_of_api() -> None:
    assert importing(below("graph/"), r"api(\..*)?") == []


def test_exporters_see_nothing_of_the_store() -> None:
    assert importing(below("graph/export/"), r"graph\.(engine|networks|queries)(\..*)?") == []


def test_only_the_engine_knows_what_a_store_is_made_of() -> None:
    using = [
        name
        for name, each in SHIPPED.items()
        if not name.startswith("graph/engine/") and "Store" in attributes_of_pyoxigraph(each)
    ]

    assert using == []


def attributes_of_pyoxigraph(module: Module) -> set[str]:
    """The names of pyoxigraph that a module uses, under whichever name it imports it."""
    aliases = {"pyoxigraph"}
    used = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            aliases |= {
                each.asname or each.name for each in node.names if each.name == "pyoxigraph"
            }
        elif isinstance(node, ast.ImportFrom) and node.module == "pyoxigraph":
            used |= {each.name for each in node.names}
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in aliases:
                used.add(attribute)
    return used


def test_no_module_has_a_name_that_says_nothing() -> None:
    parts = {name: set(Path(name).with_suffix("").parts) for name in MODULES}

    assert [name for name in MODULES if parts[name] & NAMES_THAT_SAY_NOTHING] == []


@pytest.mark.parametrize(
    ("language", "pattern"), [("SPARQL", SPARQL), ("Turtle", TURTLE), ("HTML", HTML)]
)
def test_other_languages_stand_in_files_of_their_own(
    language: str, pattern: re.Pattern[str]
) -> None:
    found = [
        f"{name}:{line}: {language} in a string: move it to a file"
        for name, each in SHIPPED.items()
        for line, text in each.texts
        if pattern.search(text)
    ]

    assert found == []


def test_the_patterns_find_what_they_are_for() -> None:
    assert SPARQL.search("SELECT ?s WHERE { ?s ?p ?o }")
    assert TURTLE.search("PREFIX pol: <https://w3id.org/polemos/ontology#>")
    assert HTML.search('<a href="/sparql">')


def test_a_module_can_be_read_in_one_go() -> None:
    lengths = {
        name: len(each.path.read_text("utf-8").splitlines()) for name, each in MODULES.items()
    }
    long = [
        f"{name} has {length} lines: divide it"
        for name, length in lengths.items()
        if length > (LONGEST_MODULE if name in SHIPPED else LONGEST_TEST_MODULE)
    ]

    assert long == []


def test_a_function_fits_on_a_screen() -> None:
    long = [
        f"{name}:{each.lineno}: {each.name} is longer than {LONGEST_FUNCTION} lines: divide it"
        for name, module in MODULES.items()
        for each in module.functions
        if each.end_lineno is not None and each.end_lineno - each.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_what_is_public_has_a_docstring() -> None:
    without = [
        f"{name}:{getattr(each, 'lineno', 1)}: {getattr(each, 'name', name)} has no docstring"
        for name, module in SHIPPED.items()
        for each in (module.tree, *public(module.tree))
        if ast.get_docstring(each) is None
    ]

    assert without == []


def public(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The public functions and classes of a module; those with a leading underscore are not."""
    for child in module.body:
        match child:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                if not child.name.startswith("_"):
                    yield child
