"""Alerts of two rule sets over the same minutes: which report the same, which are borne out, how many are false."""

import numpy as np
import pytest

from models.detection.expected.expected import SteadyExpected
from models.detection.finding import Episode, FindingKind
from models.detection.minutes.observed import WorksMinutes
from models.rehearsal.alert import Verdict, joined
from models.rehearsal.comparison import Counts, compare
from models.rehearsal.labels import CaseRecord, Label
from models.rehearsal.rehearsal import Rehearsal, Yardstick, rehearsed
from tests.models.detection.expected.test_planned import PLANT
from tests.models.rehearsal.works import HOUR, START_S, alert, episode, minutes_of

DAY = 24 * 60


def _run(episodes: list[Episode], made_t_per_h: list[float], labels: list[Label] | None = None) -> Rehearsal:
    """The rehearsal of a day of mine1 with 100 t/h due and these tonnes in each hour."""
    minutes = minutes_of(DAY, counted=0.0)
    assert minutes.counted_t is not None
    minutes.counted_t[:] = np.repeat(np.array(made_t_per_h) / 60, 60)
    works = WorksMinutes(START_S, {"mine1": minutes})
    record = None if labels is None else CaseRecord("", "", labels)
    yardstick = Yardstick(plant=PLANT, expected=SteadyExpected({"mine1": 100.0}), case=record)
    return rehearsed(yardstick, works, (episodes, []))


def _verdict(found: Rehearsal) -> Verdict:
    (only,) = found.comparison.present
    return only.verdict


@pytest.mark.parametrize(
    ("made", "end_h", "verdict"),
    [
        ([100.0] * 10 + [50.0] * 4 + [100.0] * 10, 14.0, Verdict.BORNE_OUT),
        ([100.0] * 24, 14.0, Verdict.NOT_BORNE_OUT),
        ([100.0] * 10 + [86.0] * 14, 14.0, Verdict.NOT_BORNE_OUT),
        ([100.0] * 10 + [84.0] * 14, 14.0, Verdict.BORNE_OUT),
        ([100.0] * 10 + [50.0] * 14, None, Verdict.BORNE_OUT),
        ([100.0] * 10 + [50.0] * 2 + [100.0] * 12, None, Verdict.NOT_BORNE_OUT),
    ],
    ids=["low", "well", "above clear", "below clear", "low to the end of the span", "low for two hours of the rest"],
)
def test_an_alert_is_borne_out_where_less_than_clear_pct_was_made_while_it_stood(
    made: list[float], end_h: float | None, verdict: Verdict
) -> None:
    assert _verdict(_run([episode("mine1", 10.0, 11.0, end_h)], made)) is verdict


def test_hours_without_data_never_count_as_a_drop_and_are_told() -> None:
    minutes = minutes_of(DAY, counted=100 / 60)
    minutes.heard[600:780] = False
    assert minutes.counted_t is not None
    minutes.counted_t[600:780] = np.nan
    works = WorksMinutes(START_S, {"mine1": minutes})
    yardstick = Yardstick(plant=PLANT, expected=SteadyExpected({"mine1": 100.0}))
    whole = rehearsed(yardstick, works, ([episode("mine1", 10.0, 11.0, 13.0)], []))
    assert _verdict(whole) is Verdict.NOT_KNOWN
    part = rehearsed(yardstick, works, ([episode("mine1", 9.0, 11.0, 20.0)], []))
    assert _verdict(part) is Verdict.NOT_BORNE_OUT
    assert whole.unheard_h == {"mine1": 3.0}
    late = rehearsed(yardstick, works, ([], []), start_s=START_S + 12 * HOUR)
    assert late.unheard_h == {"mine1": 1.0}
    assert late.days == 0.5


def test_an_alert_of_a_unit_without_a_target_is_not_known() -> None:
    works = WorksMinutes(START_S, {"mine1": minutes_of(DAY, counted=0.0)})
    assert (
        _verdict(
            rehearsed(Yardstick(plant=PLANT, expected=SteadyExpected({})), works, ([episode("mine1", 1, 2, 3)], []))
        )
        is Verdict.NOT_KNOWN
    )


def test_what_was_found_before_the_span_and_faults_of_data_are_no_alerts_of_output() -> None:
    works = WorksMinutes(START_S, {"mine1": minutes_of(DAY, counted=1.0)})
    told = [
        episode("mine1", 1.0, 2.0, 10.0),
        episode("mine1", 3.0, 13.0, 14.0),
        episode("mine1", 15.0, 15.5, 16.0, FindingKind.STALE, 4),
    ]
    found = rehearsed(
        Yardstick(plant=PLANT, expected=SteadyExpected({"mine1": 100.0})),
        works,
        (told, told[2:]),
        start_s=START_S + 12 * HOUR,
    )
    assert [alert.found_s for alert in found.comparison.present] == [START_S + 13 * HOUR]
    assert found.data == (1, 1)


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        (Label(units=("mine1", "mine2"), start_s=START_S, end_s=START_S + 12 * HOUR), Verdict.BORNE_OUT),
        (Label(units=("mine2",), start_s=START_S, end_s=START_S + 12 * HOUR), Verdict.NOT_BORNE_OUT),
        (Label(units=("mine1",), start_s=START_S, end_s=START_S + 10 * HOUR), Verdict.NOT_BORNE_OUT),
        (Label(units=("mine1",), start_s=START_S, end_s=START_S + 10 * HOUR, late_s=HOUR), Verdict.BORNE_OUT),
        (Label(units=("mine1",), start_s=START_S + 14 * HOUR, end_s=START_S + 20 * HOUR), Verdict.NOT_BORNE_OUT),
        (Label(units=("mine1",), start_s=START_S, end_s=START_S + 12 * HOUR, data=True), Verdict.NOT_BORNE_OUT),
    ],
)
def test_in_a_recorded_case_the_labels_decide(label: Label, verdict: Verdict) -> None:
    assert _verdict(_run([episode("mine1", 10.0, 11.0, 14.0)], [100.0] * 24, [label])) is verdict


def test_a_label_is_found_when_its_first_alert_is_and_at_once_where_one_stands_already() -> None:
    labels = [
        Label(units=("mine1",), start_s=START_S + 10 * HOUR, end_s=START_S + 15 * HOUR, what="stands"),
        Label(units=("mine1",), start_s=START_S + 12 * HOUR, end_s=START_S + 13 * HOUR, what="stands again"),
        Label(units=("mine1",), start_s=START_S + 20 * HOUR, end_s=START_S + 22 * HOUR, what="is not told"),
        Label(units=("mine1",), start_s=START_S, end_s=START_S + 1, required=False, what="need not be told"),
    ]
    found = _run([episode("mine1", 10.0, 11.0, 14.0)], [100.0] * 24, labels).happened or ()
    assert [(outcome.label.what, outcome.present_s, outcome.proposed_s) for outcome in found] == [
        ("stands", START_S + 11 * HOUR, None),
        ("stands again", START_S + 12 * HOUR, None),
        ("is not told", None, None),
    ]


def test_alerts_of_one_unit_that_share_time_tell_the_same() -> None:
    present = [alert("bf3", 1, 3, 5), alert("bf3", 10, 11, 12), alert("bf3", 20, 21, None)]
    proposed = [alert("bf3", 1, 2, 4), alert("bf3", 22, 23, None), alert("bf2", 10, 11, 12)]
    found = compare(present, proposed)
    assert (found.kept, found.lost, found.gained) == (2, [present[1]], [proposed[2]])
    assert found.minutes_earlier() == pytest.approx((60 - 120) / 2)
    assert found.of_unit("bf2").minutes_earlier() is None
    assert found.units == ["bf2", "bf3"]


def test_one_long_alert_and_several_short_ones_tell_the_same_once() -> None:
    long, short = [alert("bf3", 0, 1, 24)], [alert("bf3", hour, hour + 1, hour + 2) for hour in (0, 6, 12)]
    assert compare(long, short).lost == compare(long, short).gained == []
    assert compare(long, short).minutes_earlier() == 0.0
    assert compare(short, long).kept == 3
    assert len(compare(short, long).pairs) == 1


def test_the_same_alerts_are_neither_earlier_nor_later() -> None:
    many = [alert("bof1", 0, hour, hour + 1) for hour in range(1, 20, 2)]
    same = compare(many, list(many))
    assert same.minutes_earlier() == 0.0
    assert same.lost == same.gained == []


def test_a_consequence_has_no_message_of_its_own_and_what_the_other_rules_tell_as_one_is_kept() -> None:
    own, consequence = alert("hsm", 2, 3, 9), alert("hsm", 2, 4, 9, cause="bf3")
    found = compare([own], [consequence, alert("bf3", 1, 2, 9)])
    assert (found.kept, found.lost) == (1, [])
    assert [alert.unit for alert in found.gained] == ["bf3"]
    assert [len(told) for told in found.follow] == [0, 1]
    assert found.minutes_earlier() == -60.0
    assert compare([consequence], []).lost == []


def test_what_comes_back_within_half_an_hour_is_the_same_alert_and_its_gravest_severity_holds() -> None:
    first, again, late = alert("bf3", 1, 2, 3), alert("bf3", 3.2, 3.5, 4, severity=1), alert("bf3", 5, 6, None)
    (one, other) = joined([late, first, again], 1800)
    assert (one.since_s, one.found_s, one.end_s, one.severity) == (first.since_s, first.found_s, again.end_s, 1)
    assert other == late
    assert len(joined([first, alert("bf3", 3.2, 3.4, 4, cause="coke1")], 1800)) == 2
    assert len(joined([first, alert("bf3", 3.2, 3.4, 4, kind=FindingKind.BAD)], 1800)) == 2


def test_a_short_shift_is_no_stop_and_is_borne_out_by_what_was_counted() -> None:
    short = alert("mine1", 8, 8.1, 16, kind=FindingKind.SHIFT_SHORT)
    assert len(joined([alert("mine1", 7, 7.5, 9), short], 1800)) == 2
    assert compare([alert("mine1", 7, 7.5, 9)], [short]).gained == [short]
    assert _verdict(_run([episode("mine1", 8, 8.1, 16, FindingKind.SHIFT_SHORT)], [100.0] * 24)) is Verdict.BORNE_OUT
    assert _verdict(_run([episode("mine1", 8, 8.1, 16, FindingKind.DRIFT)], [100.0] * 24)) is Verdict.NOT_KNOWN


def test_false_ones_are_counted_a_month_and_by_severity() -> None:
    false = Verdict.NOT_BORNE_OUT
    counts = Counts.of(
        [
            alert("bf3", 1, 2, 3, verdict=false, severity=1),
            alert("bf3", 4, 5, 6, verdict=false),
            alert("bf3", 7, 8, 9),
            alert("bf3", 10, 11, 12, verdict=Verdict.NOT_KNOWN),
        ]
    )
    assert (counts.alerts, counts.borne_out, counts.not_borne_out, counts.not_known) == (4, 1, 2, 1)
    assert counts.false_a_month(365.25 / 4) == pytest.approx(2 / 3)
    assert counts.false_p1_a_month(365.25 / 12) == pytest.approx(1.0)
