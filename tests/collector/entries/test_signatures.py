"""Signing the figures of a day: by who has the right, once it is over, and never valid after a figure changed."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import apsw
import pytest

from collector.entries import stop_reasons
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import detection as ledger_detection
from dashboards.web.sign_off import unusual_lines
from models.access.desk_actions import ActionRefused
from models.access.sign_desk import AskedSignature, UnusualOfScope
from models.access.user import User, UserRole
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.stated.signature import WORKS, SignatureState
from models.stated.stop_reason import StopPart, StopStatement
from models.works.localize import LANGUAGES
from tests.collector.entries.conftest import Command
from tests.collector.entries.signed_works import DAY, DIRECTOR, MINER, SMELTER, ZONE, SignedWorks, figures
from tests.collector.files.forms import csv_file

NONE, HOLDS, CHANGED, COUNTING, BROKEN = SignatureState
HOSTILE = '<img src=x onerror=alert(1)>\u202e\x1b[31m\n=cmd|"/c calc"'


@pytest.fixture
def signing(tmp_path: Path, works: Path, tundish: Command) -> SignedWorks:
    return SignedWorks(tmp_path, works, tundish)


def refused(signing: SignedWorks, user: User, scope: str, why: str) -> None:
    """In three languages, and nothing is stored."""
    before = signing.states()
    with pytest.raises(ActionRefused, match=why) as told:
        signing.sign(user, scope)
    assert len({told.value.told(language) for language in LANGUAGES}) == len(LANGUAGES)
    assert signing.states() == before


def test_shops_sign_and_then_the_works_in_the_name_of_who_does_it(signing: SignedWorks) -> None:
    assert signing.states() == [NONE, NONE, NONE]
    signed = signing.sign(MINER, "mines", "two hours of standstill are explained")
    assert (signed.id, signed.user, signed.full_name, signed.scope) == (1, "miner", "Marat S.", "mines")
    assert {line.unit: line.grams for line in signed.lines if line.level == "unit"} == {
        "mine1": 900 * 10**6,
        "mine2": 500 * 10**6,
    }
    signing.sign(SMELTER, "iron")
    works = signing.sign(DIRECTOR, WORKS)
    assert signing.states() == [HOLDS, HOLDS, HOLDS]
    assert dict(works.shops) == {
        "mines": signed.digest,
        "iron": signing.scope("iron").judged.signature.digest,  # type: ignore[union-attr]
    }


def test_the_works_needs_the_signature_of_every_shop_that_has_figures(signing: SignedWorks) -> None:
    signing.sign(MINER, "mines")
    refused(signing, DIRECTOR, WORKS, "these have not signed: Blast furnaces")
    signing.sign(SMELTER, "iron")
    signing.sign(DIRECTOR, WORKS)
    assert signing.states() == [HOLDS, HOLDS, HOLDS]


@pytest.mark.parametrize("role", [role for role in UserRole if role not in (UserRole.SHOP_CHIEF, UserRole.DIRECTOR)])
def test_no_other_role_signs_and_each_is_told_who_does(role: UserRole, signing: SignedWorks) -> None:
    user = User(name="x", full_name="", roles=(role,))
    refused(signing, user, "mines", "its chief does, a user with the role shop_chief")
    refused(signing, user, WORKS, "the director does, a user with the role director")


def test_a_chief_signs_for_no_other_shop_and_a_director_for_no_shop(signing: SignedWorks) -> None:
    refused(signing, MINER, "iron", "its chief does")
    refused(signing, MINER, WORKS, "the director does")
    refused(signing, DIRECTOR, "iron", "its chief does")
    part = User(name="part", full_name="", roles=(UserRole.DIRECTOR,), shops=("mines",))
    refused(signing, part, WORKS, "for all shops")
    everywhere = User(name="all", full_name="", roles=(UserRole.SHOP_CHIEF,))
    with pytest.raises(ActionRefused, match="its chief does"):
        signing.desk.sign(everywhere, AskedSignature(DAY.toordinal(), "no_such_shop", ""))


def test_a_day_that_is_not_over_in_every_shop_cannot_be_signed(signing: SignedWorks) -> None:
    over_ns = signing.desk.day(DAY.toordinal()).over_ns
    signing.now_ns = over_ns - 1
    assert not signing.desk.day(DAY.toordinal()).is_over
    # The furnaces' own day ended at midnight; the day of the works has the mines', which ends at eight.
    refused(signing, SMELTER, "iron", f"is not over: it can be signed from {DAY + timedelta(days=1)} 08:00")
    signing.now_ns = over_ns
    signing.sign(SMELTER, "iron")
    assert signing.states() == [NONE, HOLDS, NONE]


def test_a_figure_that_changes_breaks_the_signature_of_its_shop_and_of_the_works_and_says_what_changed(
    signing: SignedWorks,
) -> None:
    signing.sign_all()
    signing.correct("mine1", "coal_raw", 890)
    assert signing.states() == [CHANGED, HOLDS, CHANGED]
    judged = signing.scope("mines").judged
    (unit,) = (each for each in judged.changes if each.line.level == "unit")
    assert (unit.line.unit, unit.signed and unit.signed.grams, unit.now and unit.now.grams) == (
        "mine1",
        900 * 10**6,
        890 * 10**6,
    )
    assert signing.scope(WORKS).judged.shops == ("mines",)
    # The furnaces' figures are as they were signed; the works waits for the mines alone.
    refused(signing, DIRECTOR, WORKS, "these have not signed: Mines")
    again = signing.sign(MINER, "mines")
    assert (again.id, signing.states()) == (4, [HOLDS, HOLDS, CHANGED])
    signing.sign(DIRECTOR, WORKS)
    assert signing.states() == [HOLDS, HOLDS, HOLDS]


def test_a_figure_that_comes_back_to_what_was_signed_makes_the_signature_hold_again(signing: SignedWorks) -> None:
    signing.sign(MINER, "mines")
    signing.correct("mine1", "coal_raw", 890)
    assert signing.states()[0] is CHANGED
    signing.correct("mine1", "coal_raw", 900)
    assert signing.states()[0] is HOLDS


def test_a_change_that_is_not_counted_yet_leaves_no_signature_valid_and_lets_nobody_sign(signing: SignedWorks) -> None:
    signing.sign_all()
    signing.state(figures(("mine1", "coal_raw", 890)))
    assert signing.states() == [COUNTING, COUNTING, COUNTING] or signing.states() == [COUNTING, HOLDS, COUNTING]
    refused(signing, MINER, "mines", "still being counted")


def test_of_two_who_sign_at_once_the_second_is_told_who_was_first(signing: SignedWorks) -> None:
    other = User(name="deputy", full_name="Oleg D.", roles=(UserRole.SHOP_CHIEF,), shops=("mines",))
    asked = AskedSignature(DAY.toordinal(), "mines", signing.scope("mines").judged.seen)

    def sign(user: User) -> str:
        try:
            return f"signed {signing.desk.sign(user, asked).id}"
        except ActionRefused as told:
            return str(told)

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(sign, (MINER, other)))
    assert said[1] == "signed 1", said
    assert "signed these figures already, at 20" in said[0]
    assert any(name in said[0] for name in ("Marat S. (miner)", "Oleg D. (deputy)"))


def test_figures_that_changed_while_somebody_looked_are_not_signed_unseen(signing: SignedWorks) -> None:
    seen = signing.scope("mines").judged.seen
    signing.correct("mine1", "coal_raw", 890)
    with pytest.raises(ActionRefused, match="the figures changed while you looked at them"):
        signing.desk.sign(MINER, AskedSignature(DAY.toordinal(), "mines", seen))
    assert signing.states()[0] is NONE


def test_a_day_without_figures_cannot_be_signed(signing: SignedWorks) -> None:
    day = DAY.toordinal() - 5
    assert signing.desk.day(day).scopes == ()
    with pytest.raises(ActionRefused, match="there are no figures of"):
        signing.desk.sign(MINER, AskedSignature(day, "mines", ""))


def test_a_note_is_kept_as_plain_words_on_one_line(signing: SignedWorks) -> None:
    note = signing.sign(MINER, "mines", HOSTILE).note
    assert note == '<img src=x onerror=alert(1)> [31m =cmd|"/c calc"'
    assert len(signing.sign(SMELTER, "iron", "x" * 5000).note) == 500


@contextlib.contextmanager
def locked(signing: SignedWorks) -> Iterator[None]:
    file = apsw.Connection(str(signing.settings.data_dir / "ledger.db"))
    file.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        file.execute("ROLLBACK")
        file.close()


def test_while_another_holds_the_ledger_nothing_is_signed_and_the_reason_is_told(
    signing: SignedWorks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.storage.file.sqlite_file.BUSY_MS", 100)
    with locked(signing):
        refused(signing, MINER, "mines", "ledger.db")
    signing.sign(MINER, "mines")
    assert signing.states()[0] is HOLDS


def test_a_record_that_was_tampered_with_is_broken_and_can_be_replaced(signing: SignedWorks) -> None:
    signing.sign_all()
    tampered = (
        "UPDATE signature SET full_name = 'Somebody Else' WHERE id = 1; "
        "UPDATE signature SET figures = 'no figures' WHERE id = 2"
    )
    # By our own door: a hand that writes past it is found by the checksums of pages before.
    EntryFile(signing.settings, signing.clock).write(lambda connection: connection.execute(tampered))
    assert signing.states() == [BROKEN, BROKEN, CHANGED]
    signing.sign_all()
    assert signing.states() == [HOLDS, HOLDS, HOLDS]


def test_who_signs_is_told_what_is_incomplete_and_what_has_no_figure(signing: SignedWorks) -> None:
    before = DAY - timedelta(days=1)
    plan = csv_file(signing.folder, f"month,unit,product,tonnes\n{before:%Y-%m},mine1,coal_raw,30000\n", "plan.csv")
    assert signing.command("plan", "import", plan, "--by", "Anna", "--confirm").code == 0
    signing.state(figures(("mine2", "coal_raw", 400), day=before))
    signing.count()
    found = {each.judged.scope: each for each in signing.desk.day(before.toordinal()).scopes}
    assert found["mines"].unusual.without_figure == (("mine1", "coal_raw"),)
    assert signing.scope("mines").unusual.without_figure == ()


def test_who_signs_is_told_of_standstill_without_a_reason_and_of_readings_that_wait(signing: SignedWorks) -> None:
    zone_s = int(datetime(DAY.year, DAY.month, DAY.day, 2, tzinfo=ZONE).timestamp())
    stop = OutputDrop(
        unit="bf3", product="", kind=FindingKind.STOP, severity=1, start_s=zone_s, end_s=None, evidence={"en": "stood"}
    )
    file = EntryFile(signing.settings, signing.clock)

    def stood(connection: apsw.Connection) -> None:
        ledger_detection.put_drops(connection, [stop], {}, zone_s)
        ledger_detection.put_drops(connection, [], {"bf3": zone_s + 5400}, zone_s + 5400)

    file.write(stood)
    signing.count()
    assert signing.scope("iron").unusual.unreasoned_h == 1.5
    assert signing.scope("mines").unusual.unreasoned_h == 0
    said = unusual_lines(signing.settings.plant, signing.scope("iron").unusual, "ru")
    assert said == ["1,5 ч простоя без причины"]
    reason = signing.settings.stop_reasons[0].code
    stop_reasons.state_reasons(file, StopStatement(0, "bf3", zone_s, (StopPart(zone_s, reason),), "Oleg"))
    assert signing.scope("iron").unusual == UnusualOfScope()


def test_what_is_unusual_is_told_in_each_language_and_never_rounded_up_to_nothing(signing: SignedWorks) -> None:
    unusual = UnusualOfScope(
        incomplete=tuple((f"u{number}", 99.96) for number in range(7)), without_figure=(("bf3", "pig_iron"),), held=2
    )
    said = {language: unusual_lines(signing.settings.plant, unusual, language) for language in LANGUAGES}
    assert said["en"][0] == "known of u0: 99.9 % of its readings"
    assert said["en"][5:] == [
        "and 2 more",
        "BF 3, Pig iron: no figure, though it had a plan",
        "readings that wait for a decision: 2",
    ]
    assert len({tuple(lines) for lines in said.values()}) == len(LANGUAGES)
