"""The forms to sign in and to change a password, as plain pages that need no script. Pure."""

from html import escape
from pathlib import Path
from urllib.parse import quote

from dashboards.panels.texts import LANGUAGE_NAMES
from dashboards.web.texts import LANGUAGE_TITLES, text
from models.works.localize import LANGUAGES, Language

_HERE = Path(__file__).parent
_STYLE = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("colours.css", "sign_in.css"))
_THEME = (_HERE / "theme.js").read_text(encoding="utf-8")


def sign_in_page(
    site: str, language: Language, *, target: str, said: str = "", name: str = "", company: str = ""
) -> str:
    """`target`: the page to go on with. `said`: what was wrong with the last try. `company`: what the button of the
    company's own sign-in service says ("": there is none)."""
    # Who is asked again has to type the password alone.
    focus_name, focus_password = ("", " autofocus") if name else (" autofocus", "")
    known = f'type="text" autocomplete="username" maxlength="64" value="{escape(name)}"{focus_name}'
    secret = f'type="password" autocomplete="current-password" maxlength="200"{focus_password}'
    content = f"""{_said(said)}<form method="post" action="/sign-in?lang={language}">
<input type="hidden" name="next" value="{escape(target)}">
{_field("name", "user_name", language, known)}
{_field("password", "password", language, secret)}
<button>{escape(text("do_sign_in", language))}</button>
</form>{_company(company, target, language)}"""
    return _page(site, "sign_in", language, content, f"/sign-in?next={quote(target)}&amp;")


def password_page(site: str, language: Language, *, said: str = "", done: bool = False) -> str:
    """`done`: the password was changed."""
    back = f'<p><a href="/?lang={language}">{escape(text("today", language))}</a></p>'
    if done:
        content = f'<p role="status">{escape(text("password_changed", language))}</p>{back}'
    else:
        now = 'type="password" autocomplete="current-password" maxlength="200" autofocus'
        new = 'type="password" autocomplete="new-password" maxlength="200"'
        content = f"""{_said(said)}<form method="post" action="/password?lang={language}">
{_field("old", "password_now", language, now)}
{_field("new", "password_new", language, new)}
{_field("again", "password_again", language, new)}
<button>{escape(text("save", language))}</button>
</form>{back}"""
    return _page(site, "change_password", language, content, "/password?")


def _company(says: str, target: str, language: Language) -> str:
    if not says:
        return ""
    return (
        f'<p><a class="company" href="/sign-in/company?next={quote(target)}&amp;lang={language}">{escape(says)}</a></p>'
    )


def _field(name: str, key: str, language: Language, attributes: str) -> str:
    return f'<label>{escape(text(key, language))}<input name="{name}" required {attributes}></label>'


def _said(said: str) -> str:
    return f'<p class="said" role="alert">{escape(said)}</p>' if said else ""


def _page(site: str, title: str, language: Language, content: str, same: str) -> str:
    """`same`: the address of this page up to its language."""
    links = " ".join(
        f'<a href="{same}lang={other}" lang="{other}" title="{LANGUAGE_TITLES[other]}"'
        f' aria-current="{str(other == language).lower()}">{LANGUAGE_NAMES[other]}</a>'
        for other in LANGUAGES
    )
    named = escape(text(title, language))
    return f"""<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{named} - Tundish</title><style>{_STYLE}</style><script>{_THEME}showTheme()</script></head>
<body><main><h1>{escape(site)}</h1><h2>{named}</h2>{content}
<nav aria-label="{escape(text("language", language))}">{links}</nav></main></body></html>"""
