"""How the desk asks who somebody is, as a Protocol that the command's wiring fulfils."""

from dataclasses import dataclass
from typing import Protocol

from models.access.user import User


@dataclass(frozen=True, slots=True)
class Session:
    """`token` is the secret that the browser keeps; `expires_ns` is UTC."""

    token: str
    user: User
    expires_ns: int


class DeskAccess(Protocol):
    """Blocks; safe to call from any thread. Each call looks at what holds now: who was disabled is out at once."""

    def has_users(self) -> bool:
        """Whether there are users, disabled or not."""
        ...

    def sign_in(self, name: str, password: str) -> Session | None:
        """A session of that user; None for a name or a password that is not one, in the same time for both."""
        ...

    def begin(self, name: str) -> Session | None:
        """A session of a user whom somebody else has signed in; None: there is no such user, or it is disabled."""
        ...

    def user_of(self, token: str) -> User | None:
        """Whose session that is; None where it ended, or the user is disabled."""
        ...

    def sign_out(self, token: str) -> None:
        """End a session."""
        ...

    def change_password(self, token: str, old: str, new: str) -> bool:
        """Give the user of a session a new password, which ends the user's other sessions; False: `old` is wrong.

        Raises ValueError with what is wrong with the new one, a key of texts.
        """
        ...
