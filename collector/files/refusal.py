"""Why something of a file was refused: a code with parameters, from which each language has its sentence. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collector.files.texts_of_files import TEXTS_OF_FILES
from collector.files.texts_of_rows import TEXTS_OF_ROWS
from collector.files.texts_of_values import TEXTS_OF_VALUES
from collector.sentence import filled

if TYPE_CHECKING:
    from collector.sentence import Texts
    from models.works.localize import Language

REFUSAL_TEXTS: "Mapping[str, Texts]" = {**TEXTS_OF_VALUES, **TEXTS_OF_ROWS, **TEXTS_OF_FILES}


class RefusalCode(StrEnum):
    """Every reason there is; `REFUSAL_TEXTS` has its sentences."""

    # A number.
    NUMBER_NOT_FINITE = "number_not_finite"
    NUMBER_NEGATIVE = "number_negative"
    NUMBER_TOO_LARGE = "number_too_large"
    NUMBER_AMBIGUOUS = "number_ambiguous"
    NUMBER_NOT_AS_DECLARED = "number_not_as_declared"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_UNREADABLE = "number_unreadable"
    NO_AMOUNT = "no_amount"
    # A month, a date, a time.
    NOT_A_DATE = "not_a_date"
    NOT_A_MONTH = "not_a_month"
    NOT_A_MOMENT = "not_a_moment"
    NOT_A_PERIOD = "not_a_period"
    NO_TIME_AFTER_DATE = "no_time_after_date"
    NOT_A_TIME_OF_DAY = "not_a_time_of_day"
    UNKNOWN_OFFSET = "unknown_offset"
    UNLIKELY_YEAR = "unlikely_year"
    NOT_IN_CALENDAR = "not_in_calendar"
    DATE_BESIDE_TIME = "date_beside_time"
    LAST_DAY_LEFT_OUT = "last_day_left_out"
    UNKNOWN_SHIFT = "unknown_shift"
    MISSPELT_SHIFT = "misspelt_shift"
    SHIFT_WITHOUT_SHOP = "shift_without_shop"
    END_NOT_AFTER_START = "end_not_after_start"
    IN_FUTURE = "in_future"
    # A place.
    UNKNOWN_NAME = "unknown_name"
    MISSPELT_NAME = "misspelt_name"
    UNIT_OF_OTHER_SHOP = "unit_of_other_shop"
    NO_PRODUCT = "no_product"
    NOT_MADE_THERE = "not_made_there"
    MAKES_NOTHING = "makes_nothing"
    UNIT_EMPTY = "unit_empty"
    SHOP_EMPTY = "shop_empty"
    TOTAL_BESIDE_UNREAD = "total_beside_unread"
    # A cell or a row.
    CELL_EMPTY = "cell_empty"
    NO_STORED_VALUE = "no_stored_value"
    AMOUNT_MERGED = "amount_merged"
    MORE_CELLS = "more_cells"
    FEWER_CELLS = "fewer_cells"
    ROW_SWALLOWED = "row_swallowed"
    WRONG_BYTES = "wrong_bytes"
    KEY_TOO_LONG = "key_too_long"
    NOT_IN_FORMAT = "not_in_format"
    AHEAD_OF_CLOCK = "ahead_of_clock"
    UNKNOWN_UNIT_OF_MEASURE = "unknown_unit_of_measure"
    UNITS_OF_MEASURE_DIFFER = "units_of_measure_differ"
    NO_UNIT_OF_MEASURE = "no_unit_of_measure"
    TITLE_DIFFERS = "title_differs"
    TOTAL_LINE = "total_line"
    MISSPELT_BASIS = "misspelt_basis"
    UNKNOWN_STATUS = "unknown_status"
    STATUS_CLOSED = "status_closed"
    # What it states.
    OVER_TARGET = "over_target"
    PLAN_OVER_TARGETS = "plan_over_targets"
    SAME_FIGURE = "same_figure"
    SAME_PLAN = "same_plan"
    OVERLAPS_ROW = "overlaps_row"
    OVERLAPS_STORED = "overlaps_stored"
    MONTH_CLOSED = "month_closed"
    PLAN_OF_CLOSED_MONTH = "plan_of_closed_month"
    LONGER_THAN_DAY = "longer_than_day"
    OVER_DAY_START = "over_day_start"
    KEY_MOVES = "key_moves"
    # A sheet.
    NO_HEADER = "no_header"
    SHEET_NOT_READ = "sheet_not_read"
    SHEET_WITH_SLIPS = "sheet_with_slips"
    NEAR_HEADING = "near_heading"
    NEAR_WORD = "near_word"
    TWO_COLUMNS = "two_columns"
    ONLY_PLANS = "only_plans"
    ONLY_FACTS = "only_facts"
    NO_ROWS = "no_rows"
    MOSTLY_REFUSED = "mostly_refused"
    FAR_OVER_USUAL = "far_over_usual"
    FAR_UNDER_USUAL = "far_under_usual"
    OVER_NOMINAL = "over_nominal"
    PLAN_UNUSUAL = "plan_unusual"
    REPLACES_BESIDE_UNREAD = "replaces_beside_unread"
    # A whole file.
    CANNOT_BE_READ = "cannot_be_read"
    FILE_TOO_LARGE = "file_too_large"
    UNKNOWN_KIND = "unknown_kind"
    NOT_A_WORKBOOK = "not_a_workbook"
    WITH_PASSWORD = "with_password"  # noqa: S105 - the name of a reason
    OVER_BOUND = "over_bound"
    WRONG_ENCODING = "wrong_encoding"
    OPEN_QUOTE = "open_quote"
    BAD_QUOTE = "bad_quote"
    CELL_TOO_LONG = "cell_too_long"
    IS_WEB_PAGE = "is_web_page"
    NAME_OF_NO_KIND = "name_of_no_kind"
    # What makes a workbook no valid one.
    DECLARES_ENTITIES = "declares_entities"
    UNKNOWN_COMPRESSION = "unknown_compression"
    TOO_MANY_COLUMNS = "too_many_columns"
    ROW_OUT_OF_ORDER = "row_out_of_order"
    DAMAGED_MERGE = "damaged_merge"
    DAMAGED_CELL = "damaged_cell"
    DAMAGED_NUMBER = "damaged_number"
    DAMAGED_ATTRIBUTE = "damaged_attribute"


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """A reason. Parameters are texts, numbers, dates, or what can be told itself: each language writes its own."""

    code: RefusalCode
    parameters: Mapping[str, object]

    def told(self, language: "Language") -> str:
        """What is wrong and what to do, as the second half of a sentence that names the place."""
        return filled(REFUSAL_TEXTS[self.code], self.parameters, language)
