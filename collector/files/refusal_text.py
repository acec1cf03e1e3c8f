"""The sentence of a refusal: what is wrong, and the next step. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from collector.files.refusal import FileRefusal
from collector.files.refusal import RefusalCode as Code

_ENGLISH: Mapping[Code, str] = {
    Code.NUMBER_NOT_FINITE: "{value} is not a finite number: give the tonnes",
    Code.NUMBER_NEGATIVE: "{value} is negative: output and plans are 0 or more; post a correction instead",
    Code.NUMBER_TOO_LARGE: "{value} is too large for a works: check the number and its unit of measure",
    Code.NUMBER_AMBIGUOUS: '"{value}" may mean {whole}.{decimals} or {whole}{decimals}: declare how numbers are '
    "written, --number-format with one of {formats}",
    Code.NUMBER_NOT_AS_DECLARED: '"{value}" is not written like {format}, as --number-format declares: correct it',
    Code.NOT_A_NUMBER: "{value} is not a number: give the tonnes",
    Code.NUMBER_UNREADABLE: '"{value}" cannot be read as a number: write it like 1234.5, or declare --number-format',
    Code.NOT_A_DATE: '"{value}" is not a date: write it like 2025-08-31',
    Code.NOT_A_MONTH: '"{value}" is not a month: write it like 2025-08',
    Code.NOT_A_MOMENT: '"{value}" is not a date: write it like 2025-08-01 or 2025-08-01 08:00',
    Code.NOT_A_PERIOD: '"{value}" is not a period: write it like 2025-08, or 01.08.2025-31.08.2025',
    Code.NO_TIME_AFTER_DATE: '"{value}" has no time after its date: write it like 2025-08-01 08:00',
    Code.NOT_A_TIME_OF_DAY: '"{value}" has no valid time of day: write it like 2025-08-01 08:00',
    Code.UNKNOWN_OFFSET: '"{value}" ends with an unknown offset: write it like 2025-08-01T03:00:00Z',
    Code.UNLIKELY_YEAR: '"{value}" is not between {first} and {last}: check the year',
    Code.NOT_IN_CALENDAR: '"{value}" is not in the calendar: check the day and the month',
    Code.DATE_BESIDE_TIME: '"{value}" is a date alone, and the other end of the span has a time: give both a time',
    Code.LAST_DAY_LEFT_OUT: "its end {end} is the last day of a month and would be left out, for the column "
    '"{heading}" is the day after: write {after}, or name the column through (по); if it is right, import it with '
    "--confirm",
    Code.UNKNOWN_SHIFT: '"{value}" is no shift of {shop}: its shifts start at {starts}; write the number of the shift, '
    "or its start",
    Code.SHIFT_WITHOUT_SHOP: "shift {value} needs a shop or a unit: name one, for each shop has its own shifts",
    Code.END_NOT_AFTER_START: "its end {end} is not after its start {start}: fix one of them",
    Code.IN_FUTURE: "it ends in the future ({end}; it is {now} now): import it later",
    Code.UNKNOWN_NAME: '{what} "{value}" is not in the configuration; known: {known}',
    Code.MISSPELT_NAME: '{what} "{value}" is not in the configuration; did you mean {near}?',
    Code.UNIT_OF_OTHER_SHOP: "unit {unit} belongs to shop {home}, not to {shop}: correct the shop or the unit",
    Code.NO_PRODUCT: "no product is given: name it by its code or its name",
    Code.UNIT_EMPTY: "unit is empty, and other rows of the file name theirs: fill it in, or write all (все, барлығы) "
    "for a total",
    Code.SHOP_EMPTY: "shop is empty, and other rows of the file name theirs: fill it in, or write all (все, барлығы) "
    "for the whole works",
    Code.TOTAL_BESIDE_UNREAD: 'no column names the unit, and column {column} "{heading}" holds "{value}", which was '
    "not read: name that column unit if it is one; for a total, add a column unit with all",
    Code.CELL_EMPTY: "{field} is empty: fill it in",
    Code.NO_STORED_VALUE: "cell {cell} is a formula whose value the file does not hold: open it in a spreadsheet "
    "program and save it again",
    Code.AMOUNT_MERGED: "its tonnes are in the merged cells {cells}: give each row its own amount",
    Code.MORE_CELLS: "it has {cells} cells and the header {columns}: a number may be cut at its comma; put it in "
    "quotes, or separate cells by semicolons",
    Code.FEWER_CELLS: "it has {cells} cells and the header {columns}: add the missing cells",
    Code.ROW_SWALLOWED: "a quote that opens in line {line} runs over several lines with separators: it swallows rows; "
    "close the quote, or remove it",
    Code.UNKNOWN_UNIT_OF_MEASURE: 'unit of measure "{value}" is unknown: write t or kt (тыс. т, мың т)',
    Code.UNITS_OF_MEASURE_DIFFER: "its column is in {column} and --unit-of-measure says {option}: fix one of them",
    Code.NO_UNIT_OF_MEASURE: "no unit of measure is declared: name the column like 'тонны' or 'plan, kt', or give "
    "--unit-of-measure",
    Code.UNKNOWN_STATUS: 'status "{value}" is unknown: write operational or refined',
    Code.STATUS_CLOSED: "only closing a month closes its figures (tundish close): import it as refined",
    Code.OVER_TARGET: "{tonnes} t is over {times} times the daily target of {target} t: check it; if it is right, "
    "import it with --confirm",
    Code.PLAN_OVER_TARGETS: "{tonnes} t in {month} is over {times} times the {target} t of the daily targets: check "
    "it; if it is right, import it with --confirm",
    Code.SAME_FIGURE: "rows {rows} are figures for the same thing: keep one",
    Code.SAME_PLAN: "rows {rows} are plans for the same month, place and product: keep one",
    Code.OVERLAPS_ROW: "its span overlaps that of row {row} in part: make one contain the other, or separate them",
    Code.OVERLAPS_STORED: "its span overlaps a figure from {origin} in part: let one hold the other, or withdraw that "
    "one",
    Code.MONTH_CLOSED: "the books of {month} are closed: post a correction (tundish correct)",
    Code.PLAN_OF_CLOSED_MONTH: "the books of {month} are closed: its plan stands",
    Code.LONGER_THAN_DAY: "it is longer than a production day and does not start and end with one: give whole days, "
    "by the calendar of its shop",
    Code.OVER_DAY_START: "it runs over {day_start}, when the production day of its shop begins, so that nobody knows "
    "which day has what: give the part of each day, or set the calendar of the shop to its shifts",
    Code.KEY_MOVES: "its key {key} names another figure, {old}, which it would take away: give it a key of its own; if "
    "that one is to be replaced, import it with --replace",
    Code.NO_HEADER: "no header row names the columns {columns}: add one above the rows",
    Code.SHEET_NOT_READ: "the sheet was not read, for its header in row {row} does not name {columns}: correct the "
    "header; --keep-good leaves the sheet out",
    Code.TWO_COLUMNS: "columns {columns} are both {field}: rename the one that is not, so that one is left",
    Code.ONLY_PLANS: 'its only amounts are plans (column "{heading}"): import them with tundish plan import, or name '
    "the column of the output fact (факт)",
    Code.ONLY_FACTS: 'its only amounts are output (column "{heading}"): import them with tundish import, or name the '
    "column of the plans plan (план)",
    Code.NO_ROWS: "it holds no rows: check that it is the right file",
    Code.MOSTLY_REFUSED: "over {most} rows are refused: check that it is the right file; the first: {first}",
    Code.FAR_OVER_USUAL: "its day or span is over {times} times the usual output of the place: check the number and "
    "its unit of measure; if it is right, import it with --confirm",
    Code.CANNOT_BE_READ: "{file} cannot be read: {reason}; check its name and permissions",
    Code.FILE_TOO_LARGE: "{file} has {bytes} bytes, more than {most}: split it",
    Code.UNKNOWN_KIND: "{file} is neither CSV nor {kinds}: save it as one of these",
    Code.NOT_A_WORKBOOK: "{file} is not a valid {kind} file ({reason}): open it in a spreadsheet program and save it "
    "again, without a password",
    Code.WITH_PASSWORD: "{file} is not a valid {kind} file but one with a password, or of an older kind: open it in a "
    "spreadsheet program and save it again, without a password",
    Code.OVER_BOUND: "{file} has more than {most} {what}: split it, or save only what is to be read",
    Code.WRONG_ENCODING: "{file} cannot be read as {encoding}, which its bytes suggest ({reason}): save it as UTF-8",
    Code.OPEN_QUOTE: "{file}: the quote that opens in the row of line {line} is never closed: close it, or remove it",
    Code.BAD_QUOTE: "{file}: a quote in the row of line {line} is closed within its cell: double it, or remove it",
    Code.CELL_TOO_LONG: "{file}: a cell in the row of line {line} has over {most} characters: look for a quote that is "
    "not closed",
}


def refusal_text(refusal: FileRefusal) -> str:
    """What is wrong and what to do, in English, as the second half of a sentence that names the place."""
    shown = {name: _shown(value) for name, value in refusal.parameters.items()}
    return _ENGLISH[refusal.code].format(**shown)


def _shown(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
