"""The sentence of a product says its growth, or why there is none, in three languages."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.briefing.document import Briefing, BriefingLine
from models.briefing.growth import growth_line, growth_section
from models.tables.compared_periods import ComparedPlace, PeriodFigure
from models.tables.receipt_record import AskedReceipt
from models.works.localize import LANGUAGES, Language
from models.works.place import Place
from tests.models.tables import test_hour_rows

_NAMES = {"en": "Pig iron", "ru": "Чугун", "kk": "Шойын"}
_PRODUCTS = test_hour_rows.PLANT.products
PLANT = replace(test_hour_rows.PLANT, products={**_PRODUCTS, "pig_iron": replace(_PRODUCTS["pig_iron"], names=_NAMES)})
SITE = Place("site", "all", "all", "pig_iron")
NOW = date(2025, 1, 1).toordinal(), date(2025, 9, 1).toordinal()
BASE = date(2024, 1, 1).toordinal(), date(2024, 9, 1).toordinal()
AS_OF = "2025-10-03 09:00:00"


def compared(made_t: str | None, base_t: str | None, *, restating_t: str = "0") -> ComparedPlace:
    def period(days: tuple[int, int], tonnes: str | None, restating: str = "0") -> PeriodFigure:
        grams = None if tonnes is None else int(Decimal(tonnes) * 10**6)
        return PeriodFigure(days=days, grams=grams, whole=grams is not None, restating=int(Decimal(restating) * 10**6))

    return ComparedPlace(place=SITE, now=period(NOW, made_t, restating_t), base=period(BASE, base_t))


def line(item: ComparedPlace, language: Language) -> BriefingLine:
    return growth_line(PLANT, item, (NOW, BASE), AS_OF, language)


def plain(words: str) -> str:
    return words.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("made", "percent", "russian", "kazakh"),
    [
        ("101", "1", "рост на 1 процент, с 100 до 101 т.", "100-ден 101 тоннаға дейін, яғни 1 пайызға өсті."),
        ("102", "2", "рост на 2 процента, с 100 до 102 т.", "100-ден 102 тоннаға дейін, яғни 2 пайызға өсті."),
        ("105", "5", "рост на 5 процентов, с 100 до 105 т.", "100-ден 105 тоннаға дейін, яғни 5 пайызға өсті."),
        ("111", "11", "рост на 11 процентов, с 100 до 111 т.", "100-ден 111 тоннаға дейін, яғни 11 пайызға өсті."),
        ("121", "21", "рост на 21 процент, с 100 до 121 т.", "100-ден 121 тоннаға дейін, яғни 21 пайызға өсті."),
        (
            "101.5",
            "1.5",
            "рост на 1,5 процента, с 100 до 101,5 т.",
            "100-ден 101,5 тоннаға дейін, яғни 1,5 пайызға өсті.",
        ),
    ],
)
def test_growth_agrees_with_its_number(made: str, percent: str, russian: str, kazakh: str) -> None:
    item = compared(made, "100")
    assert plain(line(item, "en").words) == f"Pig iron: up {percent} %, from 100 to {made} t."
    assert plain(line(item, "ru").words) == f"Чугун: {russian}"
    assert plain(line(item, "kk").words) == f"Шойын: {kazakh}"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (
            compared("2676500", "2525000.04"),
            ("Pig iron: up 6 %, from 2,525 to 2,676.5 kt.", "Чугун: рост на 6 процентов, с 2 525 до 2 676,5 тыс. т.",
             "Шойын: 2 525-тен 2 676,5 мың тоннаға дейін, яғни 6 пайызға өсті."),
        ),
        (
            compared("9452", "9740"),
            ("Pig iron: down 3 %, from 9,740 to 9,452 t.", "Чугун: снижение на 3 процента, с 9 740 до 9 452 т.",
             "Шойын: 9 740-тан 9 452 тоннаға дейін, яғни 3 пайызға төмендеді."),
        ),
        (
            compared("100", "100"),
            ("Pig iron: unchanged, 100 t.", "Чугун: без изменений, 100 т.", "Шойын: өзгеріссіз, 100 тонна."),
        ),
    ],
)  # fmt: skip
def test_a_rise_a_fall_and_no_change(item: ComparedPlace, words: tuple[str, str, str]) -> None:
    assert tuple(plain(line(item, language).words) for language in ("en", "ru", "kk")) == words
    assert not any(line(item, language).missing for language in LANGUAGES)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (
            replace(compared("100", "5"), base=PeriodFigure(days=BASE, grams=5, whole=False, restating=0)),
            ("Pig iron: 100 t; there is no growth, for not all days of January–August 2024 are known.",
             "Чугун: 100 т; рост не определён: за январь–август 2024 года известны не все сутки.",
             "Шойын: 100 тонна; өсім анықталмады: 2024 жылғы қаңтар–тамыз бойынша барлық тәулік белгілі емес."),
        ),
        (
            compared("100", None),
            ("Pig iron: 100 t; there is no growth, for no day of January–August 2024 is known.",
             "Чугун: 100 т; рост не определён: за январь–август 2024 года не известны ни одни сутки.",
             "Шойын: 100 тонна; өсім анықталмады: 2024 жылғы қаңтар–тамыз бойынша бірде-бір тәулік белгілі емес."),
        ),
        (
            compared("100", "0"),
            ("Pig iron: 100 t; there is no growth, for nothing was made in January–August 2024.",
             "Чугун: 100 т; рост не определён: за январь–август 2024 года выпуска не было.",
             "Шойын: 100 тонна; өсім анықталмады: 2024 жылғы қаңтар–тамыз өнім шығарылған жоқ."),
        ),
        (
            compared(None, "100"),
            ("Pig iron: no day of January–August 2025 is known, so nothing is said of its growth.",
             "Чугун: за январь–август 2025 года не известны ни одни сутки, поэтому о росте ничего не сказано.",
             "Шойын: 2025 жылғы қаңтар–тамыз бойынша бірде-бір тәулік белгілі емес, сондықтан өсімі айтылмайды."),
        ),
        (
            replace(compared("5", "100"), now=PeriodFigure(days=NOW, grams=5, whole=False, restating=0)),
            ("Pig iron: not all days of January–August 2025 are known, so nothing is said of its growth.",
             "Чугун: за январь–август 2025 года известны не все сутки, поэтому о росте ничего не сказано.",
             "Шойын: 2025 жылғы қаңтар–тамыз бойынша барлық тәулік белгілі емес, сондықтан өсімі айтылмайды."),
        ),
    ],
)  # fmt: skip
def test_what_is_not_known_is_said_and_is_missing(item: ComparedPlace, words: tuple[str, str, str]) -> None:
    assert tuple(plain(line(item, language).words) for language in ("en", "ru", "kk")) == words
    assert all(line(item, language).missing for language in LANGUAGES)


def test_a_note_says_definition_days_growth_a_day_source_and_the_receipts() -> None:
    note = line(compared("2525000", "2316500"), "ru").note
    assert note is not None
    assert plain(note.words).endswith(
        "243 суток (01.01.2025 - 31.08.2025) к 244 (01.01.2024 - 31.08.2024); в среднем за сутки +9,4 %. "
        f"Источник: книга учёта, {PLANT.site_names.get('ru') or PLANT.site_names['en']}, по состоянию на {AS_OF}."
    )
    assert PLANT.products["pig_iron"].definition in note.words
    assert note.receipts == [AskedReceipt(SITE, *NOW), AskedReceipt(SITE, *BASE)]


def test_a_correction_booked_elsewhere_stands_in_the_note_and_not_in_the_sentence() -> None:
    corrected = line(compared("106", "100", restating_t="-1"), "en")
    assert plain(corrected.words) == "Pig iron: up 6 %, from 100 to 106 t."
    assert corrected.note is not None
    assert "With every correction in the days that it concerns: +5 %." in plain(corrected.note.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_works_without_output_says_so(language: Language) -> None:
    section = growth_section(PLANT, [], (NOW, BASE), AS_OF, language)
    assert [each.missing for each in section.lines] == [True]
    whole = Briefing(title="t", site="s", language=language, simulated="", sections=[section])
    assert (len(whole.missing), whole.notes) == (1, [])
