"""A tag that is worked out from others of its unit: sums, differences, products and ratios of their values. Pure.

The text is read by Python's own parser, and only arithmetic is let through: nothing in it is ever run as Python.
"""

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from models.works.exact_number import Number, as_written, held

LONGEST = 500
"""Letters. A sum of twenty belts has three hundred."""
_MOST_NAMES = 50
_OPERATORS: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right if right else math.nan,
}


class FormulaError(ValueError):
    """The text is no formula; it says why."""


@dataclass(frozen=True, slots=True)
class Formula:
    """`tree`: checked to hold nothing but arithmetic on numbers and `signals`."""

    tree: ast.expr
    signals: tuple[str, ...]

    def value(self, values: Mapping[str, Number]) -> Number:
        """By the values of its signals; NaN where it divides by 0 or leaves the numbers. Exact if one of them is."""
        try:
            if all(isinstance(value, float) for value in values.values()):
                return _value(self.tree, values, float)
            made = _value(self.tree, {name: Fraction(value) for name, value in values.items()}, as_written)
            return held(made)
        except (OverflowError, ValueError):
            return math.nan


@cache
def formula(text: str) -> Formula:
    """The formula in a text such as "belt1 + belt2 - returned".

    Raises:
        FormulaError: it is none, or holds something else than + - * / ( ), numbers and signals.
    """
    if len(text) > LONGEST:
        raise FormulaError(f"it has {len(text)} letters, over {LONGEST}")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError("it cannot be read; write signals of the unit with + - * / and ( )") from error
    names: dict[str, None] = {}
    for node in _checked(tree):
        names.setdefault(node)
    if not 0 < len(names) <= _MOST_NAMES:
        raise FormulaError(f"it needs 1 to {_MOST_NAMES} signals of the unit")
    return Formula(tree, tuple(names))


def _checked(node: ast.expr) -> list[str]:
    """The names in it. Raises FormulaError."""
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return []
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
            names = [*_checked(left), *_checked(right)]
            if isinstance(operator, ast.Div) and _is_zero(right):
                raise FormulaError("it divides by 0, and has no value ever; divide by something else")
            if names and isinstance(operator, ast.Mult) and (_is_zero(left) or _is_zero(right)):
                raise FormulaError("a part of it is multiplied by 0, and says nothing; leave it out")
            return names
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _checked(operand)
    raise FormulaError(f"'{ast.unparse(node)[:40]}' is not allowed; write signals and numbers with + - * / and ( )")


def _is_zero(node: ast.expr) -> bool:
    """Whether it is 0 whatever its signals show."""
    try:
        if any(isinstance(part, ast.Name) for part in ast.walk(node)):
            # The same text on both sides of a minus.
            same = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)
            return same and ast.dump(node.left) == ast.dump(node.right)  # type: ignore[attr-defined]
        return _value(node, {}, float) == 0
    except OverflowError:
        return False


def _value(node: ast.expr, values: Mapping[str, Number], constant: Callable[[float], Number]) -> Number:
    match node:
        case ast.Name(id=name):
            return values[name]
        case ast.Constant(value=int() | float() as number):
            return constant(float(number))
        case ast.BinOp(left=left, op=operator, right=right):
            return _OPERATORS[type(operator)](_value(left, values, constant), _value(right, values, constant))
        case ast.UnaryOp(op=operator, operand=operand):
            value = _value(operand, values, constant)
            return -value if isinstance(operator, ast.USub) else value
    raise AssertionError(node)
