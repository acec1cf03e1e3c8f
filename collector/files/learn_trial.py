"""Tries a proposed entry of `imports:` on its file, which tells the product and the words of footers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from collector.errors import UnreadableFile
from collector.files.figure_file import read_figures
from collector.files.heading import heading_of, plain
from collector.files.import_rule import FileLayout, ImportRule
from collector.files.learn_texts import learn_text
from collector.files.plan_file import read_plans
from collector.files.refusal import RefusalCode
from collector.files.result import FileOptions, FileResult, RowRejection
from collector.files.sheet import SheetFile
from collector.files.words import Word
from collector.sentence import Sentence
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.works.plant import Plant

MOST_ROUNDS = 5
"""Words of footers are found one after another: a form has a signature, a date and a note."""
LATEST_NS = 7_258_118_400 * 10**9
"""The year 2200: a proposal may be for a form of a month to come."""
LAST_RANK = 1_000_000


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule with what it makes of the file: rows refused, and entries read. `product`: "" if nobody knows it, None if
    the rows name theirs. `unit_is_guessed`: it is read only because tonnes were taken as the unit of measure.
    """

    rule: ImportRule
    product: str | None
    result: FileResult[Figure] | FileResult[PlanEntry] | None = None
    unit_is_guessed: bool = False

    @property
    def read(self) -> int:
        """How many entries there are."""
        return 0 if self.result is None else len(self.result.entries)

    @property
    def refused(self) -> Sequence[RowRejection]:
        """What was refused."""
        return () if self.result is None else self.result.rejections

    @property
    def rank(self) -> int:
        """The least is the best: most is read, and least refused."""
        if self.result is None or not self.read:
            # Nothing is read: columns that are named for units or months tell more than rows.
            return LAST_RANK - (self.rule.layout is not FileLayout.ROWS)
        return len(self.refused) - self.read


def tried_rule(rule: ImportRule, file: SheetFile, plant: Plant, said: Sequence[str]) -> Tried:
    """The rule with its product and with the words of lines that are no amounts, as trying it shows them."""
    named, others = _products(rule, plant, said)
    found = [_read(rule, product, file, plant) for product in (*named, *others)]
    best = min(found, key=lambda tried: tried.rank)
    # A product that nothing speaks of is sure where the units make no other.
    sure = best.product in named or sum(tried.rank == best.rank for tried in found) == 1
    for _ in range(MOST_ROUNDS):
        refusals = [item.refusal for item in best.refused]
        words = [refusal.parameters["word"] for refusal in refusals if refusal.code is RefusalCode.TOTAL_LINE]
        skip = tuple(dict.fromkeys([*best.rule.skip, *map(str, words)]))
        if skip == tuple(best.rule.skip):
            break
        longer = _read(replace(best.rule, skip=skip), best.product, file, plant)
        # A word that rows of figures begin with too would lose them.
        if longer.rank >= best.rank or longer.read < best.read:
            break
        best = longer
    return best if sure else replace(best, product="")


def _products(rule: ImportRule, plant: Plant, said: Sequence[str]) -> tuple[Sequence[str | None], Sequence[str | None]]:
    """What the product may be: of each row its own (None), or those that the file speaks of, and all others."""
    headings = [heading.field for text in said if (heading := heading_of(text)) is not None]
    if "product" in headings or "product" in rule.columns.values():
        return [None], []
    words = plain(" ".join(said))
    named: list[str | None] = [
        code
        for code, product in plant.products.items()
        if any(plain(word) in words for word in (code, *product.names.values()))
    ]
    return named, [code for code in plant.products if code not in named]


def _read(rule: ImportRule, product: str | None, file: SheetFile, plant: Plant) -> Tried:
    rule = rule if product is None else replace(rule, fixed={**rule.fixed, "product": product})
    # An amount without a unit of measure is asked about, and is no reason to read the form in another way.
    for unit in (rule.unit_of_measure, "t"):
        options = FileOptions("", unit_of_measure=unit, rule=rule)
        result: FileResult[Figure] | FileResult[PlanEntry]
        try:
            result = read_plans(file, plant, options) if rule.plans else read_figures(file, plant, options, LATEST_NS)
        except UnreadableFile:
            return Tried(rule, product)
        if all(item.refusal.code is not RefusalCode.NO_UNIT_OF_MEASURE for item in result.rejections):
            break
    return Tried(rule, product, result, unit_is_guessed=unit != rule.unit_of_measure)


def unknown_units(tried: Tried) -> list[Sentence]:
    """Words for units that the plant does not know."""
    codes = (RefusalCode.UNKNOWN_NAME, RefusalCode.MISSPELT_NAME)
    named = [item.refusal.parameters for item in tried.refused if item.refusal.code in codes]
    names = dict.fromkeys(str(said["value"]) for said in named if said["what"] == Word("unit"))
    return [learn_text("unknown_units", names=tuple(names))] if names else []
