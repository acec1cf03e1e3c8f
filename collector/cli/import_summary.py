"""What an import came to, on one screen: what was read, which rows, and the sums beside target and last month. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from collector.cli.import_lines import reading_lines, replaced_lines
from collector.entries.figures import Imported
from collector.entries.file_sums import FileSum
from collector.files.result import FileReading, SheetState
from dashboards.web.numbers import number
from models.counting.increment import GRAMS_PER_TONNE
from models.works.localize import Language, localize_day
from models.works.plant import Plant

MOST_NAMES = 8
_TEXTS: dict[str, dict[Language, str]] = {
    "import": {"en": "import {number}", "ru": "импорт {number}", "kk": "импорт {number}"},
    "nothing": {"en": "nothing new", "ru": "нового нет", "kk": "жаңасы жоқ"},
    "dry": {
        "en": "dry run, nothing was recorded",
        "ru": "пробный прогон, ничего не записано",
        "kk": "сынама, ештеңе жазылған жоқ",
    },
    "rows": {
        "en": "new {new}, the same {known}, replaced {replaced}, refused {refused}",
        "ru": "новых {new}, без изменений {known}, заменено {replaced}, отклонено {refused}",
        "kk": "жаңа {new}, өзгеріссіз {known}, ауыстырылды {replaced}, қабылданбады {refused}",
    },
    "columns": {"en": "columns read", "ru": "прочитаны столбцы", "kk": "оқылған бағандар"},
    "sheet": {"en": "sheet {name}", "ru": "лист {name}", "kk": "{name} парағы"},
    "places": {"en": "places", "ru": "места", "kk": "орындар"},
    "more": {"en": "and {count} more", "ru": "и ещё {count}", "kk": "және тағы {count}"},
    "span": {"en": "from {first} through {last}", "ru": "с {first} по {last}", "kk": "{first} бастап {last} дейін"},
    "refused": {"en": "refused", "ru": "отклонено", "kk": "қабылданбады"},
    "sums": {"en": "sum of the file, t", "ru": "итого по файлу, т", "kk": "файл бойынша барлығы, т"},
    "target": {"en": "target", "ru": "план", "kk": "жоспар"},
    "before": {
        "en": "last month, as many days",
        "ru": "прошлый месяц, столько же суток",
        "kk": "өткен ай, сонша тәулік",
    },
    "unit": {"en": "units", "ru": "агрегаты", "kk": "агрегаттар"},
    "shop": {"en": "shops", "ru": "цеха", "kk": "цехтар"},
    "site": {"en": "works", "ru": "комбинат", "kk": "комбинат"},
}


def summary_lines(
    plant: Plant, reading: FileReading, imported: Imported, language: Language, *, dry_run: bool
) -> list[str]:
    """The screen: first the number and the rows, then what was read, then the sums."""
    what = _text("nothing", language)
    if imported.number is not None:
        what = _text("import", language, number=imported.number)
    counts = _text(
        "rows",
        language,
        new=imported.new,
        known=imported.known,
        replaced=len(imported.replaced),
        refused=len(imported.rejections),
    )
    head = _text("dry", language) if dry_run else what
    lines = [f"{reading.file}: {head}; {counts}"]
    lines += [f"  {line}" for line in _read_lines(plant, reading, language)]
    lines += reading_lines(reading)
    lines += replaced_lines(plant, imported.replaced)
    lines += [f"  {_text('refused', language)}: {rejection}" for rejection in imported.rejections]
    return [*lines, *_sum_lines(plant, imported.sums, language)]


def _read_lines(plant: Plant, reading: FileReading, language: Language) -> list[str]:
    lines = []
    for sheet in reading.sheets:
        if sheet.state is SheetState.READ:
            where = f"{_text('sheet', language, name=sheet.name)}, " if sheet.name else ""
            columns = ", ".join(column.heading for column in sheet.columns if column.field)
            lines.append(f"{where}{_text('columns', language)}: {columns}")
    names = list(dict.fromkeys(_place_name(plant, place.shop, place.unit, language) for place in reading.places))
    if names:
        rest = f", {_text('more', language, count=len(names) - MOST_NAMES)}" if len(names) > MOST_NAMES else ""
        lines.append(f"{_text('places', language)}: {', '.join(names[:MOST_NAMES])}{rest}")
    if reading.span is not None:
        first, last = (localize_day(day, language) for day in reading.span)
        lines.append(_text("span", language, first=first, last=last))
    return lines


def _sum_lines(plant: Plant, sums: Sequence[FileSum], language: Language) -> list[str]:
    return [
        f"  {_text('sums', language)}: {_product(plant, item, language)}: {_tonnes(item.grams, language)}"
        f" | {_text('target', language)}: {_tonnes(item.target_grams, language)}"
        f" | {_text('before', language)}: {_tonnes(item.before_grams, language)}"
        for item in sums
    ]


def _product(plant: Plant, item: FileSum, language: Language) -> str:
    product = plant.products.get(item.product)
    name = product.name(language) if product is not None else item.product
    return f"{name}, {_text(item.level, language)}"


def _place_name(plant: Plant, shop: str, unit: str, language: Language) -> str:
    entry = plant.units.get(unit) or plant.shops.get(shop)
    names = plant.site_names if entry is None else entry.names
    return names.get(language) or names["en"]


def _tonnes(grams: int | None, language: Language) -> str:
    return "-" if grams is None else number(Decimal(grams) / GRAMS_PER_TONNE, language, 1)


def _text(key: str, language: Language, **values: object) -> str:
    return _TEXTS[key][language].format(**values)
