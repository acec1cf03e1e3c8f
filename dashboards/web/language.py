"""The language of an answer."""

from starlette.requests import Request

from dashboards.web.texts import chosen_language
from models.works.localize import LANGUAGES, Language


def language_of(request: Request) -> Language:
    """That of the address, else the first of ours that the browser asks for."""
    for language in LANGUAGES:
        if request.query_params.get("lang") == language:
            return language
    return chosen_language(request.headers.get("accept-language"))
