"""What an import came to, on one screen: what was read, which rows, and the sums beside target and last month. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from collector.cli.import_lines import reading_lines, refused_lines, remark_lines, replaced_lines
from collector.cli.import_texts import import_text
from collector.entries.figures import Imported
from collector.entries.file_sums import FileSum
from collector.files.result import FileReading, SheetState
from collector.files.words import Word
from collector.sentence import FilledText
from dashboards.web.numbers import number
from models.counting.increment import GRAMS_PER_TONNE
from models.works.localize import Language, localize_day
from models.works.plant import Plant

MOST_NAMES = 8
"""Of places on one line; a works has tens of units."""
_LEVELS = {
    "unit": import_text("level_unit"),
    "shop": import_text("level_shop"),
    "site": import_text("level_site"),
}


def summary_lines(
    plant: Plant, reading: FileReading, imported: Imported, language: Language, *, dry_run: bool, plans: bool = False
) -> list[str]:
    """The screen: first the number and the rows, then what was read, then the sums."""
    what = import_text("nothing_new")
    if dry_run:
        what = import_text("dry_run")
    elif imported.number is not None:
        what = import_text("import_number", number=str(imported.number))
    first = import_text(
        "row_counts",
        file=reading.file,
        what=what,
        new=imported.new,
        known=imported.known,
        replaced=len(imported.replaced),
        refused=len(imported.rejections),
    )
    said = [first, *_read(plant, reading, language)]
    return [
        *(sentence.told(language) for sentence in said),
        *reading_lines(reading, language),
        *replaced_lines(plant, imported.replaced, language),
        *refused_lines(imported, language),
        *(sentence.told(language) for sentence in _sums(plant, imported.sums, language, plans=plans)),
        *remark_lines(reading, imported, language),
    ]


def _read(plant: Plant, reading: FileReading, language: Language) -> list[FilledText]:
    said = []
    for sheet in reading.sheets:
        if sheet.state is SheetState.READ:
            columns = tuple(column.heading or Word(column.field) for column in sheet.columns if column.field)
            if sheet.name:
                said.append(import_text("sheet_columns_read", sheet=sheet.name, columns=columns))
            else:
                said.append(import_text("columns_read", columns=columns))
    names = tuple(dict.fromkeys(_place_name(plant, place.shop, place.unit, language) for place in reading.places))
    if len(names) > MOST_NAMES:
        said.append(import_text("places_and_more", places=names[:MOST_NAMES], count=len(names) - MOST_NAMES))
    elif names:
        said.append(import_text("places", places=names))
    if reading.span is not None:
        first, last = (localize_day(day, language) for day in reading.span)
        said.append(import_text("span", first=first, last=last))
    return said


def _sums(plant: Plant, sums: Sequence[FileSum], language: Language, *, plans: bool) -> list[FilledText]:
    said = []
    for item in sums:
        product = plant.products.get(item.product)
        said.append(
            import_text(
                "plan_sum" if plans else "file_sum",
                product=product.name(language) if product is not None else item.product,
                level=_LEVELS[item.level],
                made=_tonnes(item.grams, language),
                target=_tonnes(item.target_grams, language),
                before=_tonnes(item.before_grams, language),
            )
        )
    return said


def _place_name(plant: Plant, shop: str, unit: str, language: Language) -> str:
    entry = plant.units.get(unit) or plant.shops.get(shop)
    names = plant.site_names if entry is None else entry.names
    return names.get(language) or names["en"]


def _tonnes(grams: int | None, language: Language) -> str:
    return "-" if grams is None else number(Decimal(grams) / GRAMS_PER_TONNE, language, 1)
