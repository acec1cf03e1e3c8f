"""Names that people gave, as Grafana shows them and never acts on them. Pure.

Grafana has no escape for its variables in a title: a mark that nobody sees (U+2060, which also keeps a line together)
stands behind what would begin one.
"""

import re

_JOINER = "\u2060"
_VARIABLE = re.compile(r"(\$(?=[\w{])|\[(?=\[))")
_MARKUP = re.compile(r"[<>&\[\]()*_`#!\\|~$\"']")
_BRACKETS = str.maketrans("<>", "\u2039\u203a")


def in_title(name: str) -> str:
    """For a title, a legend or the name of a column: `$unit`, `${unit}` and `[[unit]]` are no variables."""
    return _VARIABLE.sub(rf"\1{_JOINER}", name)


def in_description(text: str) -> str:
    """For a description, which Grafana reads as Markdown with HTML in it: every sign of these as its number."""
    return _MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", text)


def in_template(name: str) -> str:
    """For a text that Grafana fills by a template and sends to mail and messengers: no brace begins an action, and what
    would be a tag there, which a messenger refuses with the whole message, has the brackets of print."""
    return name.translate(_BRACKETS).replace("{", '{{"{"}}')
