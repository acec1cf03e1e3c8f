"""The whole answer for one product: the split, and what makes up each of its parts."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.why.book_time import WhySide
from models.why.change_part import ChangePart
from models.why.explained import Explained
from models.why.part_receipt import PartReceipt, receipts
from models.works.place import Place


@dataclass(frozen=True, slots=True)
class ProductWhy:
    """`receipts`: by part and place."""

    found: Explained
    receipts: Mapping[tuple[ChangePart, Place], PartReceipt]


def product_why(now: WhySide, base: WhySide, found: Explained) -> ProductWhy:
    """With the receipts of a split that was made of these sides."""
    return ProductWhy(found, receipts(now, base, found))
