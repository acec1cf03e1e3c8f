"""The split in three sentences of each language, word for word."""

import re
from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from models.why.change_part import ChangePart
from models.why.explained import Explained, PlaceChange
from models.why.sentences import why_sentences
from models.why.why_texts import WHY_TEXTS
from models.why.why_words import period_named, tonnes_text
from models.works.localize import LANGUAGES, Language
from models.works.place import Place
from tests.models.tables.test_hour_rows import PLANT

T = 1_000_000
OCTOBER = date(2026, 10, 1).toordinal(), date(2026, 11, 1).toordinal()
BEFORE = date(2025, 10, 1).toordinal(), date(2025, 11, 1).toordinal()
BF2, BF3 = Place("unit", "iron", "bf2", "pig_iron"), Place("unit", "iron", "bf3", "pig_iron")
NAMES = {
    "bf2": {"en": "BF 2", "ru": "ДП 2", "kk": "2-домна пеші"},
    "bf3": {"en": "BF 3", "ru": "ДП 3", "kk": "3-домна пеші"},
}
WORKS = replace(
    PLANT,
    units={code: replace(PLANT.units[code], names=NAMES[code]) for code in NAMES},
    products={"pig_iron": replace(PLANT.products["pig_iron"], names={"en": "Pig iron", "ru": "Чугун", "kk": "Шойын"})},
)


def change(place: Place, **grams: int) -> PlaceChange:
    parts = {ChangePart(part): tonnes * T for part, tonnes in grams.items()}
    return PlaceChange(place=place, days=OCTOBER, base=BEFORE, grams=parts)


def october(base_t: int | None, *changes: PlaceChange, whole: bool = True) -> Explained:
    base_g = None if base_t is None else base_t * T
    now_g = (base_g or 0) + sum(sum(each.grams.values()) for each in changes)
    return Explained(
        product="pig_iron", days=OCTOBER, base=BEFORE, now_g=now_g, base_g=base_g, whole=whole, changes=changes
    )


DIVIDED = october(
    244_000,
    change(BF2, repairs=-3_700, faster=4_800, stops_upstream=-155),
    change(BF3, faster=14_600, stops_own=-1_222, calendar=4),
)
LEFT = october(244_000, change(BF2, not_known=-900), change(BF3, rest=-208, repairs=-1_000), whole=False)


def test_what_is_divided_is_told_with_its_units_and_nothing_is_left() -> None:
    assert [each.replace("\xa0", " ") for each in why_sentences(WORKS, DIVIDED, "en")] == [
        "Pig iron, Oct 2026: 258,327 t, 14,327 t more than in Oct 2025 (+5.9 %).",
        "Raised by: faster running +19,400 t (BF 3 +14,600, BF 2 +4,800); calendar days +4.000 t (BF 3 +4.000). "
        "Lowered by: approved repairs -3,700 t (BF 2 -3,700); own stops -1,222 t (BF 3 -1,222); "
        "stops by what comes before -155 t (BF 2 -155).",
        "All of it has a reason.",
    ]
    assert [each.replace("\xa0", " ") for each in why_sentences(WORKS, DIVIDED, "ru")] == [
        "Чугун, 10.2026: 258 327 т, на 14 327 т больше, чем за 10.2025 (+5,9 %).",
        "Увеличили выпуск: повышение темпа +19 400 т (ДП 3 +14 600, ДП 2 +4 800); календарные сутки +4,000 т "
        "(ДП 3 +4,000). Уменьшили: утверждённые ремонты -3 700 т (ДП 2 -3 700); собственные простои -1 222 т "
        "(ДП 3 -1 222); простои из-за предыдущего передела -155 т (ДП 2 -155).",
        "Изменение объяснено полностью.",
    ]
    assert [each.replace("\xa0", " ") for each in why_sentences(WORKS, DIVIDED, "kk")] == [
        "Шойын, 10.2026: 258 327 т, 10.2025 кезеңіндегіден 14 327 т артық (+5,9 %).",
        "Өндірісті арттырған: қарқынның артуы +19 400 т (3-домна пеші +14 600, 2-домна пеші +4 800); күнтізбелік "
        "тәуліктер +4,000 т (3-домна пеші +4,000). Кеміткен: бекітілген жөндеулер -3 700 т (2-домна пеші -3 700); "
        "агрегаттың өз тоқтаулары -1 222 т (3-домна пеші -1 222); алдыңғы бөлімге байланысты тоқтаулар -155 т "
        "(2-домна пеші -155).",
        "Өзгеріс толық түсіндірілді.",
    ]


def test_what_has_no_reason_is_told_and_no_growth_is_given() -> None:
    assert [each.replace("\xa0", " ") for each in why_sentences(WORKS, LEFT, "en")] == [
        "Pig iron: 241,892 t are known of Oct 2026 and 244,000 t of Oct 2025; days are missing, so the two are not "
        "compared.",
        "As far as it is known. Lowered by: approved repairs -1,000 t (BF 3 -1,000); nothing raised it.",
        "Not known: -900 t (BF 2 -900), days have no data; not divided: -208 t (BF 3 -208), hours were not watched all "
        "the time, or do not agree with the output. Nothing was estimated.",
    ]
    assert [each.replace("\xa0", " ") for each in why_sentences(WORKS, LEFT, "ru")] == [
        "Чугун: известно 241 892 т за 10.2026 и 244 000 т за 10.2025; есть сутки без данных, поэтому они не "
        "сравниваются.",
        "По известным данным. Уменьшили выпуск: утверждённые ремонты -1 000 т (ДП 3 -1 000); увеличений нет.",
        "Неизвестно: -900 т (ДП 2 -900), есть сутки без данных; не разделено: -208 т (ДП 3 -208), часы наблюдались не "
        "полностью или не согласуются с выпуском. Ничего не оценивалось.",
    ]
    assert [each.replace("\xa0", " ") for each in why_sentences(WORKS, LEFT, "kk")] == [
        "Шойын: 10.2026 бойынша 241 892 т, 10.2025 бойынша 244 000 т белгілі; дерексіз тәуліктер бар, сондықтан олар "
        "салыстырылмайды.",
        "Белгілі дерек бойынша. Өндірісті кеміткен: бекітілген жөндеулер -1 000 т (3-домна пеші -1 000); "
        "арттырған ештеңе жоқ.",
        "Белгісіз: -900 т (2-домна пеші -900), дерексіз тәуліктер бар; бөлінбеген: -208 т (3-домна пеші -208), "
        "сағаттары толық бақыланбаған немесе өнім көлемімен сәйкес келмейді. Ештеңе бағаланған жоқ.",
    ]


@pytest.mark.parametrize("base_t", [244_000, 238_000, 241_892 - 1_108])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_in_part_is_never_called_more_or_less(language: Language, base_t: int) -> None:
    known = why_sentences(WORKS, october(base_t, change(BF2, not_known=1_108), whole=False), language)[0]
    assert re.search("more|less|as much|больше|меньше|столько же|артық|кем|бірдей", known) is None


def test_fewer_repairs_and_stops_raise_output_and_repairs_and_stops_do_not() -> None:
    fewer = october(244_000, change(BF2, repairs=3_000, stops_own=200, stops_upstream=30, stops_downstream=-40))
    said = {language: why_sentences(WORKS, fewer, language)[1].replace("\xa0", " ") for language in LANGUAGES}
    assert said["en"] == (
        "Raised by: fewer approved repairs +3,000 t (BF 2 +3,000); fewer own stops +200 t (BF 2 +200); fewer stops by "
        "what comes before +30 t (BF 2 +30). Lowered by: stops by what comes after -40 t (BF 2 -40)."
    )
    assert said["ru"] == (
        "Увеличили выпуск: сокращение утверждённых ремонтов +3 000 т (ДП 2 +3 000); сокращение собственных простоев "
        "+200 т (ДП 2 +200); сокращение простоев из-за предыдущего передела +30 т (ДП 2 +30). Уменьшили: простои из-за "
        "следующего передела -40 т (ДП 2 -40)."
    )
    assert said["kk"] == (
        "Өндірісті арттырған: бекітілген жөндеулердің азаюы +3 000 т (2-домна пеші +3 000); агрегаттың өз "
        "тоқтауларының азаюы +200 т (2-домна пеші +200); алдыңғы бөлімге байланысты тоқтаулардың азаюы +30 т "
        "(2-домна пеші +30). Кеміткен: келесі бөлімге байланысты тоқтаулар -40 т (2-домна пеші -40)."
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The periods are not of as many days: 28 and 31."),
        ("ru", "Число суток в периодах разное: 28 и 31."),
        ("kk", "Кезеңдердегі тәулік саны әртүрлі: 28 және 31."),
    ],
)
def test_periods_of_unequal_days_are_told(language: Language, said: str) -> None:
    february = replace(DIVIDED, days=(date(2026, 2, 1).toordinal(), date(2026, 3, 1).toordinal()))
    assert why_sentences(WORKS, february, language)[0].endswith(said)
    assert said not in why_sentences(WORKS, DIVIDED, language)[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Pig iron: nothing is known of Oct 2025, so nothing can be compared."),
        ("ru", "Чугун: данных за 10.2025 нет, сравнивать нечего."),
        ("kk", "Шойын: 10.2025 кезеңі бойынша дерек жоқ, салыстыратын ештеңе жоқ."),
    ],
)
def test_a_base_of_which_nothing_is_known_is_no_zero(language: Language, said: str) -> None:
    sentences = why_sentences(WORKS, october(None, change(BF2, not_known=900), whole=False), language)
    assert sentences[0] == said
    assert "900" in sentences[2]
    nothing = why_sentences(WORKS, october(None, whole=False), language)
    assert WHY_TEXTS["left_days"][language][1:] in nothing[2]
    assert WHY_TEXTS["all_explained"][language] not in nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_definition_is_named_in_both_forms_and_nothing_is_explained(language: Language) -> None:
    other = replace(october(1000, change(BF2, not_known=100)), redefined=("wet", "dry"))
    said = why_sentences(WORKS, other, language)
    assert "wet" in said[2]
    assert "dry" in said[2]
    assert "%" not in said[0]
    assert said[1] == WHY_TEXTS["no_reason"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_did_not_change_says_so(language: Language) -> None:
    said = why_sentences(WORKS, october(1000), language)
    assert said[1:] == (WHY_TEXTS["nothing_changed"][language], WHY_TEXTS["all_explained"][language])
    assert "%" not in said[0]


def test_spans_are_named_by_months_where_they_are_whole() -> None:
    january = date(2026, 1, 1).toordinal()
    assert period_named((january, date(2026, 9, 1).toordinal()), "en") == "Jan 2026–Aug 2026"
    assert period_named((january + 4, january + 11), "ru") == "05.01.2026–11.01.2026"
    assert period_named((january, january + 1), "kk") == "01.01.2026"


def test_grams_are_told_as_tonnes_with_decimals_only_where_there_are_few() -> None:
    assert [tonnes_text(grams, "en", signed=True) for grams in (9_876_543, -10_600_000, 0)] == ["+9.877", "-11", "0"]


def test_every_text_is_there_in_each_language_with_the_same_parameters() -> None:
    for key, texts in WHY_TEXTS.items():
        fields = [{name for _, name, _, _ in Formatter().parse(texts[language]) if name} for language in LANGUAGES]
        assert fields[0] == fields[1] == fields[2], key
        for language in ("ru", "kk"):
            assert re.findall("[A-Za-z]+", re.sub(r"\{\w+\}", "", texts[language])) == [], key
    assert {part.value for part in ChangePart} <= WHY_TEXTS.keys()
