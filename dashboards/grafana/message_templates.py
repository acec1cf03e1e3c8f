"""What a message looks like: a title and a text in each language, over the annotations of the rules."""

TEMPLATE_NAME = "tundish"
"""One group for all works of a Grafana: its names carry the language, and the works is a label of each alert."""
FIRST_WITH_ZONES = (12, 0)
"""From here on a template may name a time in the zone of the works. Before, it would be in UTC without saying so."""
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
{{{{ $unit := .Labels.unit }}}}{{{{ with .DashboardURL }}}} {{{{ . }}}}\
{{{{ with $unit }}}}&var-unit={{{{ . }}}}{{{{ end }}}}{{{{ end -}}}}
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
    found = []
    for code, (firing, cleared, unseen, word) in _WORDS.items():
        since = ""
        if version >= FIRST_WITH_ZONES:
            since = f', {word} {{{{ .StartsAt | tz .Annotations.zone | date "02.01 15:04" }}}}'
        found.append(
            _TEMPLATE.format(
                code=code, firing=firing, cleared=cleared, unseen=unseen, simulated=_SIMULATED[code], since=since
            )
        )
    return "".join(found).strip()  # Grafana keeps it so; with the last line break each run would see a difference
