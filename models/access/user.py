"""A person who signs in at the desk, and what the roles of the works allow."""

from dataclasses import dataclass
from enum import StrEnum


class UserRole(StrEnum):
    """What a person does at the works. A person may have several."""

    VIEWER = "viewer"
    DISPATCHER = "dispatcher"
    CLERK = "clerk"
    PLANNER = "planner"
    SHOP_CHIEF = "shop_chief"
    SAFETY_OFFICER = "safety_officer"
    DIRECTOR = "director"
    ADMIN = "admin"


class Right(StrEnum):
    """What can be done at the desk beside reading, which every user may."""

    ACT_ON_ALERTS = "act_on_alerts"
    NAME_REASONS = "name_reasons"
    STATE_FIGURES = "state_figures"
    CORRECT = "correct"
    PLAN = "plan"
    STATE_ACCIDENTS = "state_accidents"
    SIGN_SHOP = "sign_shop"
    SIGN_WORKS = "sign_works"
    MANAGE_USERS = "manage_users"


RIGHTS: dict[UserRole, frozenset[Right]] = {
    UserRole.VIEWER: frozenset(),
    UserRole.DISPATCHER: frozenset({Right.ACT_ON_ALERTS, Right.NAME_REASONS}),
    UserRole.CLERK: frozenset({Right.STATE_FIGURES}),
    UserRole.PLANNER: frozenset({Right.PLAN}),
    UserRole.SHOP_CHIEF: frozenset(
        {
            *(Right.ACT_ON_ALERTS, Right.NAME_REASONS, Right.STATE_FIGURES, Right.CORRECT, Right.SIGN_SHOP),
            Right.STATE_ACCIDENTS,
        }
    ),
    UserRole.SAFETY_OFFICER: frozenset({Right.STATE_ACCIDENTS}),
    UserRole.DIRECTOR: frozenset({Right.ACT_ON_ALERTS, Right.SIGN_WORKS}),
    # Who manages the users states no figures: what a person signed stays that person's.
    UserRole.ADMIN: frozenset({Right.MANAGE_USERS}),
}


def author_of(name: str, full_name: str) -> str:
    """How records call a person: "Dana Akhmetova (d.akhmetova)", or what is typed to sign in."""
    return f"{full_name} ({name})" if full_name else name


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """`name`: what is typed to sign in. `shops`: codes of the shops that the rights are for; empty: the whole works."""

    name: str
    full_name: str
    roles: tuple[UserRole, ...]
    shops: tuple[str, ...] = ()
    disabled: bool = False

    @property
    def author(self) -> str:
        """How records call the person: people of one name are told apart by what they sign in with."""
        return author_of(self.name, self.full_name)

    def may(self, right: Right, shop: str | None = None) -> bool:
        """Whether the person may do that for a shop; None: for the whole works."""
        if self.disabled or not any(right in RIGHTS[role] for role in self.roles):
            return False
        return not self.shops or shop in self.shops

    def may_somewhere(self, right: Right) -> bool:
        """Whether there is a shop for which the person may do that."""
        return not self.disabled and any(right in RIGHTS[role] for role in self.roles)
