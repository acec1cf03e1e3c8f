"""What a message looks like: a title and a text in each language, over the annotations of the rules."""

TEMPLATE_NAME = "tundish"
"""One group for all works of a Grafana: its names carry the language, and the works is a label of each alert."""
_WORDS = {
    "en": ("ALERT", "CLEARED", "SIMULATED works, not production"),
    "ru": ("ТРЕВОГА", "СНЯТО", "ИМИТАЦИЯ (SIMULATED), не производство"),
    "kk": ("ДАБЫЛ", "ЖОЙЫЛДЫ", "ИМИТАЦИЯ (SIMULATED), өндіріс емес"),
}
_TEMPLATE = """{{{{ define "tundish.{code}.title" -}}}}
{{{{ if eq .Status "firing" }}}}{firing}{{{{ else }}}}{cleared}{{{{ end -}}}}
{{{{ with .CommonLabels.severity }}}} {{{{ . }}}}{{{{ end -}}}}
{{{{ with .CommonLabels.site }}}} {{{{ . }}}}{{{{ end -}}}}
{{{{ with .CommonLabels.alertname }}}}: {{{{ . }}}}{{{{ end -}}}}
{{{{ end }}}}
{{{{ define "tundish.{code}.message" -}}}}
{{{{ if eq .CommonLabels.simulated "true" }}}}{simulated}
{{{{ end -}}}}
{{{{ range .Alerts.Firing }}}}{firing} {{{{ .Annotations.text_{code} }}}}
{{{{ end -}}}}
{{{{ range .Alerts.Resolved }}}}{cleared} {{{{ .Annotations.text_{code} }}}}
{{{{ end -}}}}
{{{{ end }}}}
"""


def templates() -> str:
    """The text of the one template group, with all languages."""
    return "".join(
        _TEMPLATE.format(code=code, firing=firing, cleared=cleared, simulated=simulated)
        for code, (firing, cleared, simulated) in _WORDS.items()
    ).strip()  # Grafana keeps it so; with the last line break each run would see a difference
