"""`tundish schema`: the JSON Schema of plant.yaml, for editors."""

import json

from collector.cli.say import say


def schema() -> None:
    """Print the JSON Schema of plant.yaml. An editor completes keys and marks faults with it."""
    from collector.config.schema import plant_schema

    say(json.dumps(plant_schema(), ensure_ascii=False, indent=2))
