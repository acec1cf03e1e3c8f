"""What a message says, in each language, and its document for programs."""

import json
from dataclasses import replace

import pytest

from models.alerts.document import message_document
from models.alerts.incident import MessageKind, Recipient, Role
from models.alerts.messages import Draft
from models.alerts.texts import TEXTS, WHAT
from models.alerts.wording import Words, words
from models.detection.finding import FindingKind
from models.works.localize import Language
from models.works.plant import BalanceNode, Flow
from tests.models.alerts.days import (
    DRIFT,
    FURNACE_STOPS,
    METER,
    MILL_SLOW,
    MINUTE,
    NOON_S,
    STALE,
    Log,
    finding,
    plant,
    policy,
)

NBSP = "\u00a0"


def said(draft: Draft, language: Language, *, simulated: bool = False) -> Words:
    return words(draft, plant(simulated=simulated), policy(language=language), NOON_S)


def raised(*findings: object, language: Language = "en", simulated: bool = False) -> Words:
    (draft,) = Log().step(NOON_S, *findings)  # type: ignore[arg-type]
    return said(draft, language, simulated=simulated)


def test_the_message_of_a_stop_says_what_since_when_how_much_and_how_to_acknowledge() -> None:
    message = raised(FURNACE_STOPS, replace(MILL_SLOW, cause_unit="bf3"), language="ru")
    assert message.subject == "ТРЕВОГА P1: Доменная печь 3: остановка (Комбинат)"
    assert message.body.splitlines() == [
        "Доменная печь 3: остановка",
        "bf3 основание",
        "Начало: 30.09.2026 11:55 (UTC+5)",
        f"Недодано к этому времени: 250{NBSP}т (Чугун)",
        f"Недовыпуск следующих переделов за каждые такие сутки: Сталь 1{NBSP}240{NBSP}т",
        "Последствия:",
        "- Стан горячей прокатки: снижение выпуска",
        "Квитировать: tundish alert ack 1 --by NAME",
        "",
        "Комбинат, 30.09.2026 12:00",
    ]


def test_the_same_in_kazakh_and_english() -> None:
    assert raised(FURNACE_STOPS, language="kk").subject == "ДАБЫЛ P1: 3-домна пеші: тоқтап тұр (Комбинат)"
    english = raised(FURNACE_STOPS)
    assert english.subject == "ALERT P1: BF 3: stopped (Works)"
    assert "Since: 30 Sep 2026 11:55 (UTC+5)" in english.body
    assert f"Will be short downstream for each day of it: Steel 1,240{NBSP}t" in english.body


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "DATA P4: no connection to source plc, output is not known (Works)"),
        ("ru", "ДАННЫЕ P4: нет связи с источником plc, выпуск неизвестен (Комбинат)"),
        ("kk", "ДЕРЕК P4: plc дереккөзімен байланыс жоқ, өндіріс белгісіз (Комбинат)"),
    ],
)
def test_a_lost_source_is_told_as_data_and_never_as_a_drop(language: Language, subject: str) -> None:
    lost = [finding(STALE, unit, 4, source="plc", lost_t=90.0) for unit in ("bf3", "hsm")]
    message = raised(*lost, language=language)
    assert message.subject == subject
    assert TEXTS["about_data"][language] in message.body
    (units,) = [line for line in message.body.splitlines() if line.startswith(f"{TEXTS['units'][language][:5]}")]
    assert units.count(", ") == 1, "both units in one line"
    assert "bf3" not in message.body, "no unit's own evidence"
    for key in ("lost", "ahead", "consequences", "alert"):
        assert TEXTS[key][language] not in message.body + message.subject


def test_words_about_data_name_no_drop_in_any_language() -> None:
    for kind in FindingKind:
        for language, sentence in WHAT[kind].items():
            about_unknown = {"en": "output is not known", "ru": "выпуск неизвестен", "kk": "өндіріс белгісіз"}[language]
            # A scale that is a percent off leaves the output known, to a percent.
            assert (about_unknown in sentence) == (kind.is_data and kind is not METER)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "DATA P3: BF 3: the mass balance does not close, a meter may err (Works)"),
        ("ru", "ДАННЫЕ P3: Доменная печь 3: материальный баланс не сходится, возможна ошибка прибора (Комбинат)"),
        ("kk", "ДЕРЕК P3: 3-домна пеші: материалдық баланс сәйкес келмейді, аспап қателесуі мүмкін (Комбинат)"),
    ],
)
def test_a_meter_that_errs_is_told_as_data_with_its_evidence_and_no_loss(language: Language, subject: str) -> None:
    message = raised(finding(METER, "bf3", 3), language=language)
    assert message.subject == subject
    assert TEXTS["about_data"][language] in message.body
    assert {"en": "bf3 evidence", "ru": "bf3 основание", "kk": "bf3 негіздеме"}[language] in message.body
    for key in ("lost", "ahead", "alert"):
        assert TEXTS[key][language] not in message.body + message.subject


def test_a_simulated_works_says_so_in_the_subject_and_in_the_text() -> None:
    for language in ("en", "ru", "kk"):
        message = raised(FURNACE_STOPS, language=language, simulated=True)
        assert message.subject.startswith(TEXTS["simulated"][language])
        assert "SIMULATED" in message.subject
        assert message.body.startswith(TEXTS["simulated_why"][language])


def test_escalation_and_end_say_who_waited_for_what_and_what_it_cost() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    (escalated,) = log.step(NOON_S + 15 * MINUTE, FURNACE_STOPS)
    assert said(escalated, "ru").subject.startswith("НЕ КВИТИРОВАНО 15 мин, ТРЕВОГА P1: Доменная печь 3")
    log.acknowledge(1)
    cleared = log.step(NOON_S + 20 * MINUTE)[0]
    message = said(cleared, "en")
    assert message.subject == "CLEARED P1: BF 3: stopped (Works)"
    for line in ("Over since: 30 Sep 2026 12:20", f"Short in all: 250{NBSP}t", "Acknowledged: Aigul"):
        assert line in message.body
    assert "alert ack" not in message.body


def test_the_end_of_a_stop_says_what_it_costs_downstream_and_no_more_what_a_day_of_it_would() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    (cleared,) = log.step(NOON_S + 20 * MINUTE)
    steel = BalanceNode(
        name="shop",
        inputs=(Flow(product="pig_iron", at=("bf3",), yield_t_per_t=1.1),),
        outputs=(Flow(product="steel", at=("cast1",)),),
    )
    body = words(cleared, replace(plant(), balance=(steel,)), policy(), NOON_S).body
    assert body.splitlines()[:2] == ["BF 3: stopped (over)", "Until then: bf3 evidence"]
    assert f"Short in all: 250{NBSP}t (Pig iron)\nShort downstream by that: Steel 275{NBSP}t" in body
    assert "each day" not in body


def test_a_summary_and_a_digest_have_words_of_their_own() -> None:
    shop = Recipient(Role.SHOP)
    summary = said(Draft(kind=MessageKind.SUMMARY, recipient=shop, count=5), "en")
    assert summary.subject == "5 more alerts (Works)"
    assert "tundish alert list" in summary.body
    log = Log()
    log.step(NOON_S, finding(DRIFT, "bf3", 3))
    digest = said(Draft(kind=MessageKind.DIGEST, recipient=shop, trends=tuple(log.open())), "ru")
    assert digest.subject == "Тенденции: 1 (Комбинат)"
    assert "- Доменная печь 3: выпуск день за днём отстаёт от задания\n  bf3 основание" in digest.body


def test_the_document_is_json_with_the_evidence_in_three_languages() -> None:
    (draft,) = Log().step(NOON_S, FURNACE_STOPS, replace(MILL_SLOW, cause_unit="bf3"))
    document = json.loads(json.dumps(message_document(draft, said(draft, "ru"), plant(simulated=True), NOON_S)))
    incident = document["incident"]
    assert (document["version"], document["kind"], document["simulated"]) == (1, "raised", True)
    assert document["queued"] == "2026-09-30T07:00:00Z"
    assert (incident["id"], incident["key"], incident["severity"]) == (1, FURNACE_STOPS.key, "P1")
    assert incident["evidence"] == {"en": "bf3 evidence", "ru": "bf3 основание", "kk": "bf3 негіздеме"}
    assert incident["unit_names"]["kk"] == "3-домна пеші"
    assert [consequence["unit"] for consequence in incident["consequences"]] == ["hsm"]


def test_tonnes_that_are_no_number_keep_no_alert_from_being_told() -> None:
    odd = replace(FURNACE_STOPS, lost_t=float("nan"), ahead_t={"steel": float("inf"), "slab": 5.0})
    (draft,) = Log().step(NOON_S, odd)
    message = said(draft, "en")
    assert "Short so far" not in message.body
    assert f"slab 5.0{NBSP}t" in message.body
    json.dumps(message_document(draft, message, plant(), NOON_S), allow_nan=False)


def test_every_text_is_there_in_every_language() -> None:
    for texts in (*TEXTS.values(), *WHAT.values()):
        assert set(texts) == {"en", "ru", "kk"}
        assert all(texts.values())
    assert set(WHAT) == set(FindingKind)
