"""People of the demo's works, for trying what the desk lets each of them do. Their password is no secret."""

from pathlib import Path

from collector.access.access_file import AccessFile
from models.access.user import User, UserRole

PASSWORD = "simulated works"  # noqa: S105 - of a works that is made up, and told to everybody
USERS = (
    User(name="dispatcher", full_name="Dana Akhmetova", roles=(UserRole.DISPATCHER,)),
    User(name="clerk", full_name="Ivan Petrov", roles=(UserRole.CLERK,)),
    User(name="planner", full_name="Aliya Nurlanova", roles=(UserRole.PLANNER,)),
    User(name="chief", full_name="Serik Abenov", roles=(UserRole.SHOP_CHIEF,), shops=("blast_furnaces",)),
    User(name="safety", full_name="Saule Bekova", roles=(UserRole.SAFETY_OFFICER,)),
    User(name="director", full_name="Marat Sadykov", roles=(UserRole.DIRECTOR,)),
)


def add_users(data: Path) -> None:
    """Make them the users of the desk that keeps its files in `data`."""
    file = AccessFile(data)
    for user in USERS:
        file.add(user, PASSWORD, "demo")
