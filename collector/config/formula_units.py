"""The unit of measure in which a formula gives its value."""

import ast
from collections.abc import Mapping

from collector.config.conversion import UnitError, conversion


def formula_unit(tree: ast.expr, units: Mapping[str, str]) -> str:
    """The unit of a formula's value, by those of its signals; "1" for numbers.

    Raises:
        UnitError: a sum or a difference of what is measured in two units.
    """
    match tree:
        case ast.Name(id=name):
            return units[name]
        case ast.UnaryOp(operand=operand):
            return formula_unit(operand, units)
        case ast.BinOp(left=left, op=operator, right=right):
            one, other = formula_unit(left, units), formula_unit(right, units)
            if isinstance(operator, ast.Mult | ast.Div):
                return _product(one, other, "*" if isinstance(operator, ast.Mult) else "/")
            if one != other and conversion(one, other).factor != 1.0:
                raise UnitError(
                    f"{ast.unparse(left)} is in {one}, {ast.unparse(right)} in {other}; give both one unit_of_measure"
                )
            return one
    return "1"


def _product(one: str, other: str, sign: str) -> str:
    """Both, as units are written: left to right, so what is divided by "t/h" is divided by t and multiplied by h."""
    if other == "1":
        return one
    turned = other if sign == "*" else other.translate(str.maketrans("*·./", "///*"))
    return f"{one}{sign}{turned}"
