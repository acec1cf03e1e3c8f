"""What a message looks like: a title and a text in each language, over the annotations of the rules."""

TEMPLATE_NAME = "tundish"
"""One group for all works of a Grafana: its names carry the language, and the works is a label of each alert."""
FIRST_WITH_ZONES = (12, 0)
"""From here on a template may name a time in the zone of the works. Before, only by the offset from UTC of a zone that
has the same one all year."""
_CLOCK = "02.01 15:04"
_MINUTE_NS = 60_000_000_000
_OFFSETS_MIN = (-12 * 60, 14 * 60 + 1, 15)
"""Every offset that a zone of today has, in steps of a quarter of an hour: from, to, step."""
# An alert that ends because nothing is read any more carries a reason of Grafana's: then nobody knows that it is over.
_WORDS = {
    "en": ("ALERT", "CLEARED", "NO LONGER WATCHED (no data, or the rule was changed)", "since"),
    "ru": ("ТРЕВОГА", "СНЯТО", "БОЛЬШЕ НЕ НАБЛЮДАЕТСЯ (нет данных или правило изменено)", "с"),
    "kk": ("ДАБЫЛ", "ЖОЙЫЛДЫ", "ЕНДІ БАҚЫЛАНБАЙДЫ (дерек жоқ немесе ереже өзгерді)", "басталуы"),
}
_SIMULATED = {
    "en": "SIMULATED works, not production",
    "ru": "ИМИТАЦИЯ (SIMULATED), не производство",
    "kk": "ИМИТАЦИЯ (SIMULATED), өндіріс емес",
}
_TEMPLATE = """{{{{ define "tundish.{code}.title" -}}}}
{{{{ $seen := false }}}}{{{{ range .Alerts.Resolved }}}}{{{{ if not .Annotations.grafana_state_reason }}}}\
{{{{ $seen = true }}}}{{{{ end }}}}{{{{ end -}}}}
{{{{ if eq .Status "firing" }}}}{firing}{{{{ else if $seen }}}}{cleared}{{{{ else }}}}{unseen}{{{{ end -}}}}
{{{{ with .CommonLabels.severity }}}} {{{{ . }}}}{{{{ end -}}}}
{{{{ with .CommonLabels.alertname }}}} {{{{ . }}}}{{{{ end -}}}}
{{{{ end }}}}
{{{{ define "tundish.{code}.link" -}}}}
{{{{ $unit := .Labels.unit }}}}{{{{ $product := .Labels.product }}}}{{{{ with .DashboardURL }}}} {{{{ . }}}}\
{{{{ if $unit }}}}&var-unit={{{{ $unit }}}}{{{{ else if $product }}}}&var-product={{{{ $product }}}}{{{{ end }}}}\
{{{{ end -}}}}
{{{{ end }}}}
{{{{ define "tundish.{code}.message" -}}}}
{{{{ if eq .CommonLabels.simulated "true" }}}}{simulated}
{{{{ end -}}}}
{{{{ range .Alerts.Firing }}}}{firing} {{{{ .Annotations.text_{code} }}}}{since}\
{{{{ template "tundish.{code}.link" . }}}}
{{{{ end -}}}}
{{{{ range .Alerts.Resolved }}}}\
{{{{ if .Annotations.grafana_state_reason }}}}{unseen}{{{{ else }}}}{cleared}{{{{ end }}}} \
{{{{ .Annotations.cleared_{code} }}}}{{{{ template "tundish.{code}.link" . }}}}
{{{{ end -}}}}
{{{{ end }}}}
"""


def templates(version: tuple[int, int]) -> str:
    """The text of the one template group, with all languages, for a Grafana of this version (major, minor)."""
    with_zones = version >= FIRST_WITH_ZONES
    found = [] if with_zones else [_by_offset()]
    for code, (firing, cleared, unseen, word) in _WORDS.items():
        if with_zones:
            since = f', {word} {{{{ .StartsAt | tz .Annotations.zone | date "{_CLOCK}" }}}}'
        else:
            told = f', {word} {{{{ template "tundish.at" . }}}}'
            since = f"{{{{ if .Annotations.offset }}}}{told}{{{{ end }}}}"
        found.append(
            _TEMPLATE.format(
                code=code, firing=firing, cleared=cleared, unseen=unseen, simulated=_SIMULATED[code], since=since
            )
        )
    return "".join(found).strip()  # Grafana keeps it so; with the last line break each run would see a difference


def _by_offset() -> str:
    """The begin of an alert on the clocks of its works: a time can be moved by a constant alone, so there is each."""
    lines = []
    for minutes in range(*_OFFSETS_MIN):
        hours, rest = divmod(abs(minutes), 60)
        offset = f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
        moved = f'(.StartsAt.UTC.Add {minutes * _MINUTE_NS}).Format "{_CLOCK}"'
        lines.append(f'{{{{ if eq .Annotations.offset "{offset}" }}}}{{{{ {moved} }}}}{{{{ end -}}}}\n')
    return '{{ define "tundish.at" -}}\n' + "".join(lines) + "{{ end }}\n"
