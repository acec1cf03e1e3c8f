"""How people enter accidents at the desk, in the ledger: with the rights of who does it, and in that person's name."""

from collections.abc import Sequence

from collector.entries.accidents import accident_form, enter_accident, withdraw_accident
from collector.entries.desk_actions import asked as answered
from collector.entries.desk_actions import bounded, refused
from collector.entries.entry_file import EntryFile
from collector.entries.form_words import form_refusal
from collector.files.accident_file import accident_of, typed_row
from collector.files.field_faults import RefusedFields
from collector.storage.ledger.accidents import read_safety
from collector.storage.ledger.workings import read_workings
from models.access.safety_desk import TypedAccident
from models.access.user import Right, User
from models.stated.accident import AccidentTerms, AccidentWord
from models.tables.accident_rates import StatedSafety
from models.works.table import Row


class LedgerSafetyDesk:
    """Fulfils `models.access.safety_desk.SafetyDesk`."""

    def __init__(self, entries: EntryFile) -> None:
        self._entries = entries

    def terms(self) -> AccidentTerms:
        """See `SafetyDesk`."""
        return self._entries.settings.accidents

    def safety(self) -> StatedSafety:
        """See `SafetyDesk`."""
        return answered(lambda: self._entries.look(read_safety))

    def workings(self, span_ns: tuple[int, int]) -> Sequence[Row]:
        """See `SafetyDesk`."""
        of = self._entries.settings
        return answered(
            lambda: self._entries.look(lambda connection: read_workings(connection, of.plant, of.workings, span_ns))
        )

    def put(self, user: User, typed: TypedAccident, seen_ns: int, *, confirmed: bool) -> None:
        """See `SafetyDesk`."""
        word = answered(lambda: self._word(user, typed))
        self._may_state(user, word.shop, word.number)
        answered(lambda: enter_accident(self._entries, word, seen_ns, confirmed=confirmed))

    def withdraw(self, user: User, number: str, seen_ns: int) -> None:
        """See `SafetyDesk`."""
        self._may_state(user, None, number)
        answered(lambda: withdraw_accident(self._entries, number, user.author, seen_ns))

    def _word(self, user: User, typed: TypedAccident) -> AccidentWord:
        given = {field: bounded(words) for field, words in typed.fields.items()}
        try:
            return accident_of(typed_row(given), accident_form(self._entries, user.author))
        except RefusedFields as error:
            raise form_refusal(error) from error

    def _may_state(self, user: User, shop: str | None, number: str) -> None:
        """In the shop that is stated, and in that of the word which stands: it would be taken from there."""
        standing = [word.shop for word in self.safety().accidents if word.number == number]
        shops = [*([] if shop is None else [shop]), *standing]
        # A place of the whole works is nobody's who answers for some shops.
        if not user.may_somewhere(Right.STATE_ACCIDENTS) or not all(
            user.may(Right.STATE_ACCIDENTS, each) for each in shops
        ):
            raise refused("not_your_right")
