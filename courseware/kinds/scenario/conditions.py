"""Conditions: `told and trust >= 5` read once, in Python, into a tree of plain lists that any engine can walk.

Allowed are `and`, `or`, `not`, parentheses, a flag's name, and a comparison of an indicator or flag with a literal.
"""

import ast
import operator
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Tree = list[Any]
MOST = 10**15  # JavaScript counts no further in whole numbers, near enough
Literal = bool | int | str
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_NAMES: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


class Condition(str):  # noqa: SLOT000  # it carries its tree
    """A condition as its author wrote it; `tree` is what the engines walk."""

    tree: Tree

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read it from text, with an error that says what is allowed."""
        return core_schema.no_info_after_validator_function(cls._read, core_schema.str_schema(max_length=300))

    @classmethod
    def _read(cls, text: str) -> "Condition":
        condition = cls(text)
        try:
            with warnings.catch_warnings(action="ignore"):  # Python's advice to Python's authors
                condition.tree = _tree(ast.parse(text.strip(), mode="eval").body)
        except (SyntaxError, RecursionError, MemoryError):
            mend = "write for instance `told and trust >= 5`"
            if re.search(r"[^=<>!]=[^=]", text):
                mend = f"two equals signs ask whether two are equal: {mend}"
            if any(mark in text for mark in "“”‘’"):
                mend = f"type straight quotation marks, not curly ones, and {mend}"
            raise ValueError(f"cannot read the condition `{text}`; {mend}") from None
        return condition

    def compiled(self, _exercise: Any) -> Tree:
        """Return the tree."""
        return self.tree


def _tree(node: ast.expr) -> Tree:
    if isinstance(node, ast.BoolOp):
        return ["and" if isinstance(node.op, ast.And) else "or", *map(_tree, node.values)]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ["not", _tree(node.operand)]
    if isinstance(node, ast.Name):
        if node.id in {"true", "false"}:
            raise ValueError("`true` and `false` do not stand alone in a condition; name a flag")
        return ["cmp", "==", node.id, True]
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.left, ast.Name):
        compare = _NAMES.get(type(node.ops[0]))
        if compare:
            return ["cmp", compare, node.left.id, _literal(node.comparators[0])]
    raise ValueError(
        "a condition holds `and`, `or`, `not`, flags, and comparisons of one name with one value, and nothing else; "
        "write for instance `told and trust >= 5`"
    )


def _literal(node: ast.expr) -> Literal:
    if isinstance(node, ast.Name) and node.id in {"true", "false"}:
        return node.id == "true"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        inner = node.operand.value
        if type(inner) is int:
            return -inner
    if isinstance(node, ast.Constant) and type(node.value) in {int, str}:
        value: int | str = node.value  # type: ignore[assignment]  # narrowed by the line above
        if isinstance(value, str) or value <= MOST:
            return value
    raise ValueError("this cannot be compared with; give a whole number, a word in quotation marks, true or false")


def names(tree: Tree) -> Iterator[tuple[str, str, Literal]]:
    """Yield each comparison in a tree: name, operator, literal."""
    if tree[0] == "cmp":
        yield tree[2], tree[1], tree[3]
    else:
        for branch in tree[1:]:
            yield from names(branch)


def holds(tree: Tree | None, values: Mapping[str, Literal]) -> bool:
    """Say whether a condition is true of these indicators and flags; no condition always is."""
    if tree is None:
        return True
    head, *rest = tree
    if head == "cmp":
        compare, name, literal = rest
        return COMPARE[compare](values[name], literal)
    if head == "not":
        return not holds(rest[0], values)
    return all(holds(branch, values) for branch in rest) if head == "and" else any(holds(b, values) for b in rest)


def test(tree: Tree | None, slots: Mapping[str, int]) -> Callable[[tuple[Literal, ...]], bool] | None:
    """Return the same condition as a function of a tuple of values: what `paths` asks of a hundred thousand states."""
    if tree is None:
        return None
    head, *rest = tree
    if head == "cmp":
        compare, slot, literal = COMPARE[rest[0]], slots[rest[1]], rest[2]
        return lambda values: compare(values[slot], literal)
    branches = [branch for branch in (test(each, slots) for each in rest) if branch]
    if head == "not":
        inner = branches[0]
        return lambda values: not inner(values)
    if len(branches) == 2:
        one, two = branches
        if head == "and":
            return lambda values: one(values) and two(values)
        return lambda values: one(values) or two(values)
    join = all if head == "and" else any
    return lambda values: join(branch(values) for branch in branches)
