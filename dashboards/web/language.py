"""The language of an answer."""

from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from dashboards.web.texts import chosen_language
from models.works.localize import LANGUAGES, Language


def language_of(request: Request) -> Language:
    """That of the address; else that of the page to go on with, which somebody chose before they had to sign in; else
    the first of ours that the browser asks for."""
    given = request.query_params
    return (
        _known(given.get("lang"))
        or _of_target(given.get("next", ""))
        or chosen_language(request.headers.get("accept-language"))
    )


def in_language(target: str, language: Language, request: Request) -> str:
    """The page to go on with, in the language that was chosen on the way to it. One that comes in it anyhow stays as
    it is."""
    if (_of_target(target) or chosen_language(request.headers.get("accept-language"))) == language:
        return target
    path, _, query = target.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "lang"]
    return f"{path}?{urlencode([*kept, ('lang', language)])}"


def _of_target(target: str) -> Language | None:
    return _known(dict(parse_qsl(target.partition("?")[2])).get("lang"))


def _known(said: str | None) -> Language | None:
    return next((language for language in LANGUAGES if language == said), None)
