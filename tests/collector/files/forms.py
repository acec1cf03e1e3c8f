"""A small works without any PLC, and files as people hand them in."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from openpyxl import Workbook

from collector.config.load import load
from models.works.plant import Plant


def paper_works(folder: Path, **sections: object) -> Path:
    """plant.yaml of two mines and a furnace whose output is reported by hand."""
    unit = {"kind": "mine", "by_hand": ["coal_raw"]}
    document = {
        "version": 1,
        "site": {
            "code": "works",
            "names": {"en": "Works", "ru": "Комбинат", "kk": "Комбинат"},
            "zone": "Asia/Almaty",
        },
        "products": [
            {
                "code": "coal_raw",
                "names": {"en": "Coal", "ru": "Уголь", "kk": "Көмір"},
                "definition": "as mined",
                "basis": "wet",
            },
            {
                "code": "pig_iron",
                "names": {"en": "Pig iron", "ru": "Чугун", "kk": "Шойын"},
                "definition": "hot metal",
                "basis": "liquid",
            },
        ],
        "reported": {"coal": {"product": "coal_raw", "counted_at": ["mine1", "mine2"]}},
        "shops": [
            {
                "code": "mines",
                "names": {"en": "Mines", "ru": "Шахты"},
                "calendar": {"day_start": "08:00", "shift_starts": ["08:00", "20:00"]},
                "units": [
                    {
                        **unit,
                        "code": "mine1",
                        "names": {"en": "Mine 1", "ru": "Шахта 1"},
                        "daily_target_t": {"coal_raw": 1000.0},
                    },
                    {**unit, "code": "mine2", "names": {"en": "Mine 2", "ru": "Шахта 2"}},
                ],
            },
            {
                "code": "iron",
                "names": {"en": "Blast furnaces", "ru": "Доменный цех"},
                "units": [
                    {
                        "code": "bf3",
                        "kind": "blast_furnace",
                        "names": {"en": "BF 3", "ru": "ДП 3"},
                        "by_hand": ["pig_iron"],
                        "useful_volume_m3": 3200.0,
                    }
                ],
            },
        ],
        **sections,
    }
    file = folder / "plant.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return file


def paper_plant(folder: Path) -> Plant:
    """The same works, loaded."""
    return load(paper_works(folder)).plant


def csv_file(folder: Path, text: str, name: str = "figures.csv", encoding: str = "utf-8") -> Path:
    """A CSV file with these lines."""
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def xlsx_file(folder: Path, rows: Sequence[Sequence[object]], merged: str = "", name: str = "figures.xlsx") -> Path:
    """A spreadsheet with these rows on a sheet with a Russian name; `merged` are the cells of its title."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Отчёт"
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    book.save(folder / name)
    return folder / name
