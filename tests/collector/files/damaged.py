"""Files as they are damaged on their way: cut, locked, packed by another method, or no file of the kind at all."""

import io
import struct
import zipfile

from openpyxl import Workbook


def workbook() -> bytes:
    """A small sound one."""
    book, content = Workbook(), io.BytesIO()
    assert book.active is not None
    for number in range(50):
        book.active.append(["2025-10-01", "2025-10-02", "mine1", "coal_raw", number])
    book.save(content)
    return content.getvalue()


def patched(offset: int, value: int) -> bytes:
    """A workbook whose headers of all parts say something else at `offset` of the central directory."""
    content = bytearray(workbook())
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<H", content, at + offset, value)
        at += 4
    return bytes(content)


def with_part(name: str, text: str) -> bytes:
    """A workbook with one part replaced."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(content, "w") as new:
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DAMAGED = {
    "cut.xlsx": workbook()[:3000],
    "hole.xlsx": workbook()[:2000] + bytes(500) + workbook()[2500:],
    "locked.xlsx": patched(8, 1),
    "packed.xlsx": patched(10, 99),
    "password.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "empty.xlsx": b"",
    "text.xlsx": b"start;end\n",
    "entities.xlsx": with_part(SHEET, f"<?xml version='1.0'?>{ENTITIES}<worksheet>&b;</worksheet>"),
    "entities_in_styles.xlsx": with_part(
        "xl/styles.xml", f"<?xml version='1.0'?>{ENTITIES}<styleSheet>&b;</styleSheet>"
    ),
    "nested.xlsx": with_part("xl/styles.xml", "<a>" * 100_000 + "</a>" * 100_000),
    "merged.xlsx": with_part(SHEET, '<worksheet><sheetData/><mergeCell ref="ZZZZ1:A2"/></worksheet>'),
    "password.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "page.xls": b"<html><table><tr><td>1</td></tr></table></html>",
    "cut.ods": workbook()[:3000],
    "other.ods": workbook(),
    "quote.csv": b'start;end\n2025-10-01;"2025-10-02\n',
    "long.csv": b'start;end\n"' + b"x" * 200_000 + b'";1\n',
    "half_utf16.csv": "начало;конец\n01.10.2025;02.10.2025\n".encode("utf-16")[:-1],
    "half_utf16_without_mark.csv": "начало;конец\n01.10.2025;02.10.2025\n".encode("utf-16-le")[:-1],
    "binary.csv": bytes(range(256)) * 20,
    "undefined.csv": "начало;конец\n".encode("cp1251") + b"\x98",
}
