"""`tundish user`: who may sign in at the desk, and what they may do there."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say
from models.access.user import UserRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from collector.access.access_file import AccessFile
    from models.works.plant import Plant

app = typer.Typer(help="Users of the desk: who may sign in, and what they may do.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(callback=words, help="what the person types to sign in", show_default=False)]
Roles = Annotated[
    list[UserRole] | None, typer.Option("--role", help="what the person does; may be repeated", show_default=False)
]
Shops = Annotated[
    list[str] | None,
    typer.Option("--shop", help="a shop that the roles are for; may be repeated; the whole works if missing"),
]
ByStdin = Annotated[bool, typer.Option("--password-stdin", help="read the password from standard input")]
WithoutPassword = Annotated[
    bool, typer.Option("--without-password", help="the person is signed in by desk.oidc or desk.proxy alone")
]
By = Annotated[str, typer.Option("--by", callback=words, help="author; your login name if missing", show_default=False)]


@app.command()
def add(
    name: Name,
    role: Roles = None,
    shop: Shops = None,
    full_name: Annotated[
        str, typer.Option("--full-name", callback=words, help="how records call the person", show_default=False)
    ] = "",
    password_stdin: ByStdin = False,
    without_password: WithoutPassword = False,
    by: By = "",
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Add a user. Without a role, it is a viewer, who may read everything and change nothing.

    Raises:
        ConfigurationError: the configuration has faults, there is no such shop, or two options contradict each other.
        EntryRefused: the name is taken, or the password is too easy.
    """
    from collector.cli.entry_options import author
    from collector.errors import ConfigurationError
    from models.access.user import User

    if password_stdin and without_password:
        raise ConfigurationError("--password-stdin and --without-password contradict each other; give one of them")
    file, works = _opened(plant)
    check_name(name, "user name")
    roles = tuple(dict.fromkeys(role or (UserRole.VIEWER,)))
    user = User(name=name, full_name=full_name.strip(), roles=roles, shops=wanted_shops(works, shop))
    password = None if without_password else _password(name, by_stdin=password_stdin)
    file.add(user, password, author(by))
    say(f"{name}: added as {', '.join(roles)}, for {told_shops(user.shops)}")


@app.command(name="set")
def set_user(
    name: Name,
    role: Roles = None,
    shop: Shops = None,
    full_name: Annotated[
        str | None, typer.Option("--full-name", callback=words, help="how records call the person", show_default=False)
    ] = None,
    all_shops: Annotated[bool, typer.Option("--all-shops", help="the roles are for the whole works")] = False,
    by: By = "",
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Give a user other roles, other shops or another full name; what is not given stays. It holds at once.

    Raises:
        ConfigurationError: the configuration has faults, or there is no such shop.
        EntryRefused: there is no such user.
    """
    from dataclasses import replace

    from collector.cli.entry_options import author
    from collector.errors import ConfigurationError

    if shop and all_shops:
        raise ConfigurationError("--shop and --all-shops contradict each other; give one of them")
    file, works = _opened(plant)
    user = file.known(name)
    user = replace(
        user,
        full_name=user.full_name if full_name is None else full_name.strip(),
        roles=tuple(dict.fromkeys(role)) if role else user.roles,
        shops=() if all_shops else wanted_shops(works, shop) if shop else user.shops,
    )
    file.change(user, author(by))
    say(f"{name}: {', '.join(user.roles)}, for {told_shops(user.shops)}")


@app.command()
def disable(name: Name, by: By = "", plant: PlantFile = DEFAULT_PLANT) -> None:
    """Let a user sign in no more, and sign the user out at once. What the user entered stays.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: there is no such user.
    """
    _switch(name, by, plant, disabled=True)


@app.command()
def enable(name: Name, by: By = "", plant: PlantFile = DEFAULT_PLANT) -> None:
    """Let a disabled user sign in again, with the same password.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: there is no such user.
    """
    _switch(name, by, plant, disabled=False)


@app.command()
def reset(name: Name, password_stdin: ByStdin = False, by: By = "", plant: PlantFile = DEFAULT_PLANT) -> None:
    """Give a user another password, and sign the user out everywhere.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: there is no such user, or the password is too easy.
    """
    from collector.cli.entry_options import author

    file, _ = _opened(plant)
    file.known(name)
    file.reset(name, _password(name, by_stdin=password_stdin), author(by))
    say(f"{name}: the password is changed")


@app.command(name="list")
def list_users(
    changes: Annotated[bool, typer.Option("--changes", help="list who changed what instead, the newest first")] = False,
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """List the users with their roles and shops.

    Raises:
        ConfigurationError: the configuration has faults.
    """
    from models.alerts.numbers import utc_text
    from models.works.calendar import NS

    file, _ = _opened(plant)
    if changes:
        lines = [(str(utc_text(time_ns // NS)), *told) for time_ns, *told in file.changes(MOST_CHANGES)]
        show_lines(("when (UTC)", "who", "what", "user", "before", "after"), lines)
        return
    users = file.users()
    if not users:
        say("There are no users: the desk only shows. Add one with tundish user add NAME --role dispatcher")
        return
    states = {user.name: "disabled" if user.disabled else "" for user in users}
    show_lines(
        ("user", "full name", "roles", "shops", ""),
        [
            (each.name, each.full_name, ", ".join(each.roles), told_shops(each.shops), states[each.name])
            for each in users
        ],
    )


LONGEST_NAME = 64
"""What fits the record of a change beside the full name."""
MOST_CHANGES = 1000
"""Years of a works; a list that a terminal still shows at once."""


def check_name(name: str, what: str) -> None:
    """Raises ConfigurationError for what is no name of a user or a token. `what`: how such a name is called."""
    from collector.errors import ConfigurationError

    if not name or len(name) > LONGEST_NAME or not all(letter.isalnum() or letter in "._-@" for letter in name):
        raise ConfigurationError(
            f"{name!r} is no {what}: give 1 to {LONGEST_NAME} letters, digits and . _ - @ without spaces"
        )


def opened_plant(plant_file: "PlantFile") -> "tuple[Path, Plant]":
    """The data folder and the plant. Raises ConfigurationError."""
    from collector.config.load import load

    settings = load(plant_file)
    return settings.data_dir, settings.plant


def _opened(plant_file: "PlantFile") -> "tuple[AccessFile, Plant]":
    from collector.access.access_file import AccessFile

    data_dir, plant = opened_plant(plant_file)
    return AccessFile(data_dir), plant


def show_lines(columns: "Sequence[str]", lines: "Iterable[Sequence[str]]") -> None:
    """Print a table for a terminal; what people gave is shown as it is."""
    from rich.table import Table
    from rich.text import Text

    from collector.cli.terminal import show

    table = Table(*columns)
    for line in lines:
        table.add_row(*map(Text, line))
    show(table)


def _switch(name: str, by: str, plant: "PlantFile", *, disabled: bool) -> None:
    from dataclasses import replace

    from collector.cli.entry_options import author

    file, _ = _opened(plant)
    file.change(replace(file.known(name), disabled=disabled), author(by))
    say(f"{name}: {'disabled, and signed out' if disabled else 'enabled'}")


def wanted_shops(plant: "Plant", given: list[str] | None) -> tuple[str, ...]:
    """The shops that were given, each once. Raises ConfigurationError for one that the plant does not have."""
    from collector.errors import ConfigurationError

    for code in given or ():
        if code not in plant.shops:
            raise ConfigurationError(f"there is no shop {code}; give one of {', '.join(plant.shops)}")
    return tuple(dict.fromkeys(given or ()))


def told_shops(shops: tuple[str, ...]) -> str:
    """The shops in words."""
    return ", ".join(shops) or "the whole works"


def _password(name: str, *, by_stdin: bool) -> str:
    """Never shown, nor taken from the command line, which others see. Raises EntryRefused for one that is too easy."""
    import sys

    from collector.errors import EntryRefused
    from models.access.password_rule import LONGEST, SHORTEST, fault_of

    if by_stdin:
        password = sys.stdin.readline(LONGEST + 2).rstrip("\r\n")
    else:
        password = typer.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True)
    faults = {
        "password_short": f"it is too short: give at least {SHORTEST} characters",
        "password_long": f"it is too long: give at most {LONGEST} characters",
        "password_plain": "it is too easy to guess; give another one",
    }
    fault = fault_of(password, name)
    if fault:
        raise EntryRefused(f"the password is refused: {faults[fault]}")
    return str(password)
