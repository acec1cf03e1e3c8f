"""What became of each number: it holds, was replaced, was taken back, or never held."""

from decimal import Decimal

from models.stated.measure import MeasureKind, StatedMeasure, newest, not_withdrawn
from models.stated.milestone_word import MilestoneWord, newest_words
from models.stated.stated_act import Effect, stated_acts


def paid(value: int, stated_on: int, at: int, *, withdrawn: bool = False) -> StatedMeasure:
    return StatedMeasure(
        subject="mill", kind=MeasureKind.PAID, start=10, end=41, value=Decimal(value), growth_pct=None, source="Act",
        stated_on=stated_on, author="P.", withdrawn=withdrawn, recorded_ns=at,
    )  # fmt: skip


def test_a_newer_document_replaces_an_older_one_never_holds_and_a_withdrawal_takes_back() -> None:
    words = [paid(5, 100, 1), paid(6, 101, 2), paid(4, 99, 3), paid(6, 101, 4, withdrawn=True), paid(3, 50, 5)]
    acts = stated_acts(words)
    assert [act.effect for act in acts] == [
        *(Effect.REPLACED, Effect.TAKEN_BACK, Effect.WITHOUT, Effect.WITHDRAWAL, Effect.HOLDS),
    ]
    assert [None if act.before is None else act.before.value for act in acts] == [None, 5, 6, 6, None]


def test_what_was_withdrawn_stands_no_more_and_did_before() -> None:
    words = [paid(5, 100, 1), paid(6, 101, 2), paid(6, 101, 3, withdrawn=True)]
    assert newest(words) == []
    assert not_withdrawn(words) == []
    assert [each.value for each in newest(words, known_ns=2)] == [6]
    again = [*words, paid(4, 90, 4)]
    assert [each.value for each in newest(again)] == [4], "an older document may stand anew"


def test_a_milestone_that_was_withdrawn_keeps_no_fact() -> None:
    def said(forecast: int | None, fact: int | None, at: int) -> MilestoneWord:
        return MilestoneWord(
            project="mill", milestone="furnace", forecast=forecast, fact=fact, source="M", stated_on=100, author="P.",
            recorded_ns=at,
        )  # fmt: skip

    words = [said(None, 90, 1), said(None, None, 2)]
    assert newest_words(words) == {}
    (later,) = newest_words([*words, said(120, None, 3)]).values()
    assert (later.forecast, later.fact) == (120, None)
