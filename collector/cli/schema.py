"""`tundish schema`: the JSON Schema of plant.yaml, for editors."""

import json

import typer


def schema() -> None:
    """Print the JSON Schema of plant.yaml. An editor completes keys and marks faults with it."""
    from collector.config.schema import plant_schema

    typer.echo(json.dumps(plant_schema(), ensure_ascii=False, indent=2))
