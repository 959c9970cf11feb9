"""Sums and conditions: `backlog + 20 - 2 * visits` read once, in Python, into a tree that any engine can walk.

A tree is a number, a name, or a list: an operator and what it works on. Allowed are numbers, names, + - * /, a minus
before something, parentheses, min() and max(); in a condition also comparisons, `and`, `or` and `not`.
"""

import ast
import operator
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Tree = Any
Interval = tuple[float, float]
Values = Mapping[str, float]
MOST = 1e9  # a number as large as this in a model of weeks and hours is a slip
DEEPEST = 24

_SUMS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_APPLY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "min": min, "max": max,  # the first of two that are equal, as the page's engine has it: a zero keeps its sign
}  # fmt: skip


class Expression(str):  # noqa: SLOT000  # it carries its tree
    """A sum as its author wrote it; `tree` is what the engines walk."""

    tree: Tree
    compares: ClassVar[bool] = False
    hint: ClassVar[str] = "a sum holds numbers, names, + - * /, parentheses, min() and max(), and nothing else"
    such: ClassVar[str] = "write for instance `12 - 0.5 * visits`"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read it from text or from a plain number, with an error that says what is allowed."""
        return core_schema.no_info_after_validator_function(cls._read, core_schema.str_schema(max_length=300))

    @classmethod
    def _read(cls, text: str) -> Self:
        found = cls(text)
        try:
            with warnings.catch_warnings(action="ignore"):  # Python's advice to Python's authors
                body = ast.parse(" ".join(text.split()), mode="eval").body
        except (SyntaxError, RecursionError, MemoryError, ValueError):
            raise ValueError(f"cannot read `{text}`; {cls.such}") from None
        found.tree = cls._condition(body, 0) if cls.compares else cls._sum(body, 0)
        return found

    @classmethod
    def _sum(cls, node: ast.expr, depth: int) -> Tree:
        if depth > DEEPEST:
            raise ValueError(f"nested more than {DEEPEST} deep; write it flatter")
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
            return cls._number(node.value)
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.BinOp) and type(node.op) in _SUMS:
            return [_SUMS[type(node.op)], cls._sum(node.left, depth + 1), cls._sum(node.right, depth + 1)]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return ["-", 0.0, cls._sum(node.operand, depth + 1)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"min", "max"}:
            parts = [cls._sum(each, depth + 1) for each in node.args]
            if len(parts) > 1 and not node.keywords:
                return [node.func.id, *parts]
        raise ValueError(f"{cls.hint}; {cls.such}")

    @classmethod
    def _number(cls, value: Any) -> float:
        if value > MOST:
            raise ValueError(f"{value} is too large a number; keep below {MOST:,.0f}")
        return float(value)

    @classmethod
    def _condition(cls, node: ast.expr, depth: int) -> Tree:
        if depth <= DEEPEST:
            if isinstance(node, ast.BoolOp):
                word = "and" if isinstance(node.op, ast.And) else "or"
                return [word, *(cls._condition(each, depth + 1) for each in node.values)]
            if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
                return ["not", cls._condition(node.operand, depth + 1)]
            if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
                sides = (cls._sum(each, depth + 1) for each in (node.left, node.comparators[0]))
                return [_COMPARED[type(node.ops[0])], *sides]
        raise ValueError(f"{cls.hint}; {cls.such}")

    def compiled(self, exercise: Any) -> Tree:
        """Return the tree as the page's engine walks it: eight operators, and each constant's value for its name."""
        return lowered(with_values(self.tree, exercise.model.constants))


class Condition(Expression):
    """A condition as its author wrote it."""

    compares: ClassVar[bool] = True
    hint: ClassVar[str] = "a condition compares sums with < <= > >= == !=, joined by `and`, `or` and `not`"
    such: ClassVar[str] = "write for instance `backlog >= 60 and visits < 10`"


def with_values(tree: Tree, constants: Mapping[str, Any]) -> Tree:
    """Return a tree with each constant's value in the place of its name."""
    if isinstance(tree, list):
        return [tree[0], *(with_values(each, constants) for each in tree[1:])]
    return float(constants[tree].value) if isinstance(tree, str) and tree in constants else tree


def lowered(tree: Tree) -> Tree:
    """Return a tree that says the same with + - * / min max < <= alone: `and` is the least of truths, `or` the most."""
    if not isinstance(tree, list):
        return tree
    word, *parts = [tree[0], *map(lowered, tree[1:])]
    first, last = parts[0], parts[-1]
    forms = {
        "and": ["min", *parts],
        "or": ["max", *parts],
        "not": ["<", first, 1.0],
        ">": ["<", last, first],
        ">=": ["<=", last, first],
        "==": ["min", ["<=", first, last], ["<=", last, first]],
        "!=": ["max", ["<", first, last], ["<", last, first]],
    }
    return forms.get(word, [word, *parts])


def names(tree: Tree) -> Iterator[str]:
    """Yield each name in a tree."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list):
        for branch in tree[1:]:
            yield from names(branch)


def size(tree: Tree) -> int:
    """Return how many numbers, names and operators a tree holds: what it costs to walk."""
    return 1 + sum(map(size, tree[1:])) if isinstance(tree, list) else 1


def reader(tree: Tree) -> Callable[[Values], Any]:
    """Return a tree as a function of the values of its names: a sum gives a number, a condition true or false."""
    if isinstance(tree, str):
        return lambda values: values[tree]
    if not isinstance(tree, list):
        return lambda _values: tree
    word, parts = tree[0], [reader(each) for each in tree[1:]]
    if word in {"and", "or"}:
        join = all if word == "and" else any
        return lambda values: join(part(values) for part in parts)
    if word == "not":
        return lambda values: not parts[0](values)
    apply = _APPLY[word]
    first, second, *others = parts
    if not others:
        return lambda values: apply(first(values), second(values))
    return lambda values: reduce(apply, (part(values) for part in parts))


def bounds(tree: Tree, ranges: Mapping[str, Interval]) -> Interval:
    """Return between which two numbers a sum must lie, given the range of each name.

    Raises ZeroDivisionError where a divisor might be 0. What it lets pass cannot be divided by 0, whatever happens.
    """
    if isinstance(tree, str):
        return ranges[tree]
    if not isinstance(tree, list):
        return tree, tree
    word, parts = tree[0], [bounds(each, ranges) for each in tree[1:]]
    if word in {"min", "max"}:
        choose = min if word == "min" else max
        return choose(low for low, _ in parts), choose(high for _, high in parts)
    (low, high), (least, most) = parts
    if word == "+":
        return low + least, high + most
    if word == "-":
        return low - most, high - least
    if word == "/" and least <= 0 <= most:
        raise ZeroDivisionError
    corners = [_APPLY[word](one, other) for one in (low, high) for other in (least, most)]
    return min(corners), max(corners)
