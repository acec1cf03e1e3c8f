"""How a figure comes about, in sentences, by what its lines are. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from dashboards.web.numbers import number
from dashboards.web.texts import text
from models.books.receipt import LineKind, ReceiptLine
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.receipt_record import ReceiptRecord
from models.works.localize import Language

_SAID = (
    ("words_counted", (LineKind.COUNTED, LineKind.OVER_DAYS)),
    ("words_stated", (LineKind.STATED,)),
    ("words_signed", (LineKind.SIGNED,)),
    ("words_corrected", (LineKind.CORRECTED,)),
    ("words_unknown", (LineKind.UNKNOWN,)),
)


def formula_words(record: ReceiptRecord, language: Language) -> Iterator[str]:
    """A sentence for each rule that made the figure, and for what stands beside it."""
    receipt = record.receipt
    if len(receipt.lines) > 1:
        yield text("words_sum", language).format(count=len(receipt.lines))
    for key, kinds in _SAID:
        lines = [line for line in receipt.lines if line.kind in kinds]
        if lines:
            total = sum(line.grams or 0 for line in lines)
            yield text(key, language).format(tonnes=_tonnes(total, language), count=len(lines))
    if receipt.target_g is not None:
        yield text("words_target", language).format(tonnes=_tonnes(receipt.target_g, language))
    restating = sum(item.grams for item in receipt.elsewhere)
    if restating and receipt.grams is not None:
        yield text("words_restated", language).format(tonnes=_tonnes(receipt.grams + restating, language))


def kind_words(line: ReceiptLine, language: Language) -> str:
    """What a line is, and in whose place it stands."""
    said = text(f"kind_{line.kind.value}", language).format(name=line.correction)
    if line.counted_g is None or line.counted_g == line.grams:
        return said
    instead = text("instead_of", language).format(tonnes=_tonnes(line.counted_g, language))
    return f"{said}, {instead}"


def _tonnes(grams: int, language: Language) -> str:
    return number(Decimal(grams) / GRAMS_PER_TONNE, language, 6)
