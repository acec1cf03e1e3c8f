"""`tundish token`: which programs may read by the API of the desk, what, and until when."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say
from collector.cli.user import By, check_name, opened_plant, show_lines, told_shops, wanted_shops
from models.access.api_token import MOST_DAYS, USUAL_DAYS, TokenScope

if TYPE_CHECKING:
    from models.access.api_token import ApiToken
    from models.works.plant import Plant

app = typer.Typer(
    help="Tokens of the API: which programs may read, what, and until when.",
    no_args_is_help=True,
)

TokenName = Annotated[
    str, typer.Argument(callback=words, help="what the token is for, such as excel-planning", show_default=False)
]


@app.command()
def add(
    name: TokenName,
    scope: Annotated[
        list[TokenScope] | None, typer.Option("--scope", help="what it may read; may be repeated", show_default=False)
    ] = None,
    shop: Annotated[
        list[str] | None,
        typer.Option("--shop", help="a shop of which it reads; may be repeated; the whole works if missing"),
    ] = None,
    expires: Annotated[
        str,
        typer.Option(
            "--expires",
            callback=words,
            help=f"the last day on which it holds, such as 2027-03-31; at most {MOST_DAYS} days ahead, "
            f"{USUAL_DAYS} days if missing",
            show_default=False,
        ),
    ] = "",
    by: By = "",
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Make a token, and print its secret, which is shown this once and stored nowhere.

    Raises:
        ConfigurationError: the configuration has faults, there is no such shop, no scope is given, or the last day
            cannot be.
        EntryRefused: a token of that name holds.
    """
    import time

    from collector.access.token_file import TokenFile
    from collector.cli.entry_options import author
    from collector.errors import ConfigurationError
    from models.access.api_token import ApiToken

    data_dir, works = opened_plant(plant)
    check_name(name, "name of a token")
    if not scope:
        raise ConfigurationError(f"say what the token may read: give --scope, one of {', '.join(TokenScope)}")
    token = ApiToken(
        id="",
        name=name,
        scopes=tuple(dict.fromkeys(scope)),
        shops=wanted_shops(works, shop),
        author=author(by),
        made_ns=0,
        expires_ns=_end_ns(works, expires, time.time_ns()),
    )
    secret = TokenFile(data_dir).add(token)
    say(
        f"{name}: may {', '.join(token.scopes)}, for {told_shops(token.shops)}, until {_day(works, token)}. "
        "Keep the secret where only the program reads it; it is shown this once:"
    )
    say(secret)


@app.command()
def end(name: TokenName, by: By = "", plant: PlantFile = DEFAULT_PLANT) -> None:
    """End a token at once.

    Raises:
        ConfigurationError: the configuration has faults.
        EntryRefused: no token of that name holds.
    """
    from collector.access.token_file import TokenFile
    from collector.cli.entry_options import author

    TokenFile(opened_plant(plant)[0]).end(name, author(by))
    say(f"{name}: ended; what asks with it is answered 401 from now on")


@app.command(name="list")
def list_tokens(plant: PlantFile = DEFAULT_PLANT) -> None:
    """List the tokens with what they may read and until when. Who made and ended them: tundish user list --changes.

    Raises:
        ConfigurationError: the configuration has faults.
    """
    import time

    from collector.access.token_file import TokenFile

    data_dir, works = opened_plant(plant)
    tokens, now_ns = TokenFile(data_dir).tokens(), time.time_ns()
    if not tokens:
        say("There are no tokens. Make one with tundish token add NAME --scope read:figures")
        return
    show_lines(
        ("token", "may", "shops", "until", "made by", ""),
        [
            (each.name, ", ".join(each.scopes), told_shops(each.shops), _day(works, each), each.author, state)
            for each in tokens
            for state in ["ended" if each.ended_ns is not None else "" if each.holds(now_ns) else "expired"]
        ],
    )


def _end_ns(plant: "Plant", expires: str, now_ns: int) -> int:
    """The end of the last day by the clocks of the works. Raises ConfigurationError."""
    from datetime import timedelta

    from collector.cli.places import parsed_day
    from collector.errors import ConfigurationError
    from models.works.calendar import date_bounds, local_date

    today = local_date(plant.zone, now_ns)
    last = today.fromordinal(parsed_day(expires)) if expires else today + timedelta(days=USUAL_DAYS)
    if not today <= last <= today + timedelta(days=MOST_DAYS):
        raise ConfigurationError(
            f"--expires {expires}: give a day from {today} to {today + timedelta(days=MOST_DAYS)}; a token that is "
            "needed longer is made anew in time"
        )
    return date_bounds(plant.zone, last)[1]


def _day(plant: "Plant", token: "ApiToken") -> str:
    from models.works.calendar import local_date

    return local_date(plant.zone, token.expires_ns - 1).isoformat()
