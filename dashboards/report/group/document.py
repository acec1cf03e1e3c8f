"""Reports of a group: a line of each product, and below it those of the works that it is the sum of. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboards.report.cells import period_shown
from dashboards.report.columns import ALWAYS, MONTH, ON_PAPER, PLAN, REST, YEAR
from dashboards.report.document import CellValue, Column, Line, ReportDocument, ReportRow, number_of
from dashboards.report.group.texts import group_text
from dashboards.report.texts import report_text
from models.group.group_figures import GroupFigures
from models.works.localize import Language

_ROWS = "site"
_PARTS = "unit"
"""Levels of lines as other reports know them: a sum stands out, and its parts do not."""
_GROWTH: Sequence[tuple[str, str, int, bool]] = (
    ("month_actual", "actual_t", ALWAYS, False),
    ("compared_days", "compared_days", PLAN, False),
    ("pct", "attainment_pct", MONTH, False),
    ("mom", "mom_pct", PLAN, True),
    ("mom_per_day", "mom_per_day_pct", ON_PAPER, True),
    ("yoy", "yoy_pct", PLAN, True),
    ("yoy_per_day", "yoy_per_day_pct", ON_PAPER, True),
    ("ytd", "ytd_t", YEAR, False),
    ("ytd_before", "ytd_prev_year_t", ON_PAPER, False),
    ("ytd_growth", "ytd_pct", PLAN, True),
    ("completeness", "completeness_pct", REST, False),
)
_DAY: Sequence[tuple[str, str, int, bool]] = (
    ("plan", "target_t", PLAN, False),
    ("actual", "actual_t", ALWAYS, False),
    ("deviation", "deviation_t", REST, True),
    ("pct", "attainment_pct", MONTH, False),
    ("group_mtd", "month_to_date_t", MONTH, False),
    ("group_ytd", "year_to_date_t", YEAR, False),
    ("completeness", "completeness_pct", REST, False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupHeader:
    """Whose report it is, and what stands above it. `site_names`: by code. `remarks`: which works are late or stand."""

    code: str
    name: str
    period: str
    as_of: str
    simulated: bool
    site_names: Mapping[str, str]
    remarks: Sequence[str] = field(default_factory=tuple)


def group_growth(found: Sequence[GroupFigures], header: GroupHeader, language: Language) -> ReportDocument:
    """Growth of a month."""
    return _document("growth", _GROWTH, found, header, language)


def group_day(found: Sequence[GroupFigures], header: GroupHeader, language: Language) -> ReportDocument:
    """The figures of a day."""
    return _document("day", _DAY, found, header, language)


def group_rows(found: Sequence[GroupFigures], header: GroupHeader) -> Iterator[ReportRow]:
    """The same for programs: fields are named as in the output tables, and what is not known is left out."""
    for each in found:
        code = each.product.code
        row = {"level": "group", "group": header.code, "product": code, "definition": each.product.definition}
        refused = {"not_added": "; ".join(_definitions(each))} if each.definitions else {}
        lacking = {"lacking": ", ".join(each.lacking)} if each.lacking else {}
        yield {**row, **each.fields, **refused, **lacking}
        for part in each.parts:
            yield {
                "level": "site",
                "group": header.code,
                "product": code,
                "site": part.site,
                "site_product": part.product,
                **part.fields,
            }


def _document(
    kind: str,
    columns: Sequence[tuple[str, str, int, bool]],
    found: Sequence[GroupFigures],
    header: GroupHeader,
    language: Language,
) -> ReportDocument:
    above = [(report_text(f"period_{kind}", language), period_shown(header.period, language))]
    above.append((report_text("as_of", language), header.as_of))
    return ReportDocument(
        f"{header.name}: {report_text(f'{kind}_title', language)}",
        header.name,
        language,
        report_text("simulated", language) if header.simulated else "",
        above,
        [
            Column(report_text("product", language)),
            Column(group_text("works", language)),
            Column(report_text("unit_of_measure", language), rank=REST),
            *(_column(key, rank, language, signed=signed) for key, _, rank, signed in columns),
            Column(report_text("status", language), rank=REST),
        ],
        [line for each in found for line in _lines(columns, each, header, language)],
        [*header.remarks, *(note for each in found for note in _notes(each, header, language))],
        report_text("no_rows", language),
        forms=("json",),
    )


def _column(key: str, rank: int, language: Language, *, signed: bool) -> Column:
    if key == "compared_days":
        return Column(group_text(key, language), 0, rank=rank)
    return Column(report_text(key, language), 1, signed=signed, rank=rank)


def _lines(
    columns: Sequence[tuple[str, str, int, bool]], found: GroupFigures, header: GroupHeader, language: Language
) -> Iterator[Line]:
    product = found.product.name(language)

    def cells(place: str, row: ReportRow) -> list[CellValue]:
        known = report_text(f"status_{int(row.get('status', 0))}", language)
        numbers = [number_of(row, name) for _, name, _, _ in columns]
        return [product, place, report_text("t", language), *numbers, known]

    yield Line(_ROWS, cells(group_text("all_works", language), found.fields))
    for part in found.parts:
        yield Line(_PARTS, cells(header.site_names.get(part.site, part.site), part.fields))


def _notes(found: GroupFigures, header: GroupHeader, language: Language) -> Iterator[str]:
    product = found.product.name(language)
    sites = ", ".join(header.site_names.get(site, site) for site in found.lacking)
    if found.definitions:
        yield group_text("differs", language, product=product, definitions="; ".join(_definitions(found)))
    elif "actual_t" not in found.fields:
        yield group_text("not_known_at", language, product=product, sites=sites)
    elif found.lacking and "compared_days" in found.fields:
        yield group_text("compared", language, product=product, days=found.fields["compared_days"], sites=sites)


def _definitions(found: GroupFigures) -> list[str]:
    return [f"{place}: {definition}" for place, definition in found.definitions.items()]
