"""Signatures on reports of every form, and what `tundish verify` says of them."""

import io
import json
from pathlib import Path
from typing import Any

import apsw
import pypdfium2
import pytest
from openpyxl import load_workbook

from collector.entries.entry_file import EntryFile
from collector.storage.ledger import damage, seals
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.mending import mend
from models.works.localize import LANGUAGES, Language
from tests.collector.entries.conftest import Command
from tests.collector.entries.signed_works import DAY, DIRECTOR, MINER, SMELTER, SignedWorks

HOSTILE = '<img src=x onerror=alert(1)>=cmd|"/c calc"'
CHANGED: dict[Language, str] = {
    "en": "figures changed since: needs a new signature (Mine 1, Coal: 900.000 → 890.000 t",
    "ru": "с тех пор данные изменились: нужна новая подпись (Шахта 1, Уголь: 900,000 → 890,000 т",
    "kk": "содан бері деректер өзгерді: жаңа қолтаңба керек (Mine 1, Көмір: 900,000 → 890,000 т",
}
HAND = {"en": "Director", "ru": "Директор", "kk": "Директор"}


@pytest.fixture
def signing(tmp_path: Path, works: Path, tundish: Command) -> SignedWorks:
    return SignedWorks(tmp_path, works, tundish)


def html(signing: SignedWorks, language: Language = "en") -> str:
    answer = signing.command("report", "day", "--period", DAY, "--lang", language, "--html")
    assert answer.code == 0, answer.err
    return answer.out


def printed(signing: SignedWorks, form: str) -> bytes:
    file = signing.folder / f"report.{form}"
    answer = signing.command("report", "day", "--period", DAY, f"--{form}", "--out", file)
    assert answer.code == 0, answer.err
    return file.read_bytes()


def test_paper_has_lines_to_sign_by_hand_alone_until_somebody_signs(signing: SignedWorks) -> None:
    before = html(signing)
    assert "Signed for" not in before
    assert ">Director</span>" in before
    signing.sign(MINER, "mines")
    after = html(signing)
    assert "Signed for Mines: Marat S. (miner), " in after
    assert "Not signed: Blast furnaces, the works" in after
    assert ">Director</span>" in after, "the works was not signed, so there is a line for the director's hand"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_the_report_names_who_signed_and_what_changed_since(
    language: Language, signing: SignedWorks
) -> None:
    signing.sign_all()
    assert f">{HAND[language]}: Dana A. (boss), " in html(signing, language)
    signing.correct("mine1", "coal_raw", 890)
    changed = html(signing, language).replace("\u00a0", " ")
    assert CHANGED[language] in changed
    assert f">{HAND[language]}</span>" in changed, "a works' signature that does not hold is signed by nobody"


def test_the_files_to_print_and_to_take_along_name_who_signed_as_plain_text(signing: SignedWorks) -> None:
    signing.sign(MINER, "mines", HOSTILE)
    signing.sign(SMELTER, "iron")
    signing.sign(DIRECTOR, "all")
    pages = pypdfium2.PdfDocument(printed(signing, "pdf"))
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    for part in ("Signed for Mines: Marat S. (miner)", "Director: Dana A. (boss)", HOSTILE):
        assert part in text
    sheet = load_workbook(io.BytesIO(printed(signing, "xlsx"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith("Signed for Mines: Marat S. (miner)") for cell in cells)
    assert any(str(cell.value).startswith("Director: Dana A. (boss), ") for cell in cells)
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert "<img" not in html(signing)


def test_signed_figures_are_refined_in_reports_and_operational_again_once_they_change(signing: SignedWorks) -> None:
    def statuses() -> dict[str, int]:
        rows = json.loads(signing.command("report", "day", "--period", DAY, "--json").out)
        return {f"{row['shop']}/{row['unit']}": row["status"] for row in rows}

    assert set(statuses().values()) == {0}
    signing.sign(MINER, "mines")
    assert {place for place, status in statuses().items() if status == 1} >= {"mines/mine1", "mines/mine2"}
    assert statuses()["iron/bf3"] == 0
    signing.sign(SMELTER, "iron")
    signing.sign(DIRECTOR, "all")
    assert set(statuses().values()) == {1}
    assert "<dt>Status of the figures</dt><dd>refined</dd>" in html(signing)
    signing.correct("mine1", "coal_raw", 890)
    assert statuses()["mines/mine1"] == 0
    assert statuses()["iron/bf3"] == 1


def test_verify_says_which_signatures_hold_and_which_figures_changed_since(signing: SignedWorks) -> None:
    signing.sign_all()
    answer = signing.command("verify")
    assert (answer.code, "3 signatures hold; 0 were replaced" in answer.out) == (0, True), answer
    signing.correct("mine1", "coal_raw", 890)
    answer = signing.command("verify")
    assert answer.code == 0, "a correction is no damage"
    assert f"signature No. 1 of {DAY} for Mines by Marat S. (miner): signed by" in answer.out
    assert "Mine 1, Coal: 900.000 → 890.000 t" in answer.out
    assert "1 signatures hold" in answer.out
    signing.sign(MINER, "mines")
    signing.sign(DIRECTOR, "all")
    assert "3 signatures hold; 2 were replaced" in signing.command("verify").out


def test_verify_fails_for_a_signature_that_was_tampered_with_past_its_digest(signing: SignedWorks) -> None:
    signing.sign_all()
    forged = "UPDATE signature SET figures = replace(figures, '900000000', '950000000') WHERE id = 1"
    EntryFile(signing.settings, signing.clock).write(lambda connection: connection.execute(forged))
    answer = signing.command("verify")
    assert answer.code == 1
    assert f"signature No. 1 of {DAY} for Mines by Marat S. (miner): not as stored" in answer.err
    assert "have the day signed again" in answer.err


def test_verify_finds_a_signature_that_was_taken_away_and_no_tonnes_are_in_doubt_for_it(signing: SignedWorks) -> None:
    signing.sign_all()
    file = EntryFile(signing.settings, signing.clock)
    file.write(lambda connection: seals.add(connection, list(seals.unsealed(connection, 0, 1))))
    assert signing.command("verify").code == 0
    file.write(lambda connection: connection.execute("DELETE FROM signature WHERE id = 1"))
    answer = signing.command("verify")
    assert answer.code == 1
    assert "3 rows of signature are not as they were sealed" in answer.err

    def mended(connection: apsw.Connection) -> list[Any]:
        ((number, seal),) = seals.sealed(connection, "signature")
        mend(connection, number, seal, (), signing.clock())
        return ledger_reads.gaps(connection, 0)

    assert file.write(mended) == []
    assert file.read(lambda connection: [each.lost for each in damage.listed(connection, 9)]) == [True]


def test_a_ledger_of_the_version_before_keeps_what_it_has_and_takes_signatures(signing: SignedWorks) -> None:
    path = signing.settings.data_dir / "ledger.db"
    older = EntryFile(signing.settings, signing.clock)
    older.write(lambda connection: connection.execute("DROP TABLE signature; PRAGMA user_version = 10"))
    assert signing.command("verify").code == 0, "an older ledger has no signatures to prove"
    ledger = Ledger.open(path.parent, clock_ns=signing.clock, demo=False)
    ledger.close_now()
    signing.sign(MINER, "mines")
    assert "1 signatures hold" in signing.command("verify").out
    assert "Mine 1" in html(signing)
