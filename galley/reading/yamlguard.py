"""YAML of strangers, looked at before it is made into values: how deep it is, and what its aliases multiply to."""

from __future__ import annotations

from typing import Any

DEPTH = 60
"""How many values may stand within one another; LibYAML's own limit is the stack, and passing that ends the process."""
NODES = 1_000_000
"""How many values there may be, aliases counted each time they are used."""


def guarded(text: str) -> None:
    """Raise yaml.YAMLError where a text is no YAML, is nested too deeply, or has aliases that multiply."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    error: Any = yaml.composer.ComposerError
    depth = 0
    weights: list[int] = [0]
    anchors: dict[str, int] = {}
    names: list[str | None] = []
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            weights.append(1)
            names.append(event.anchor)
            if depth > DEPTH:
                raise error(None, None, f"more than {DEPTH} values within one another", event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            weight, name = weights.pop(), names.pop()
            weights[-1] += weight
            if name:
                anchors[name] = weight
        elif isinstance(event, yaml.AliasEvent):
            weights[-1] += anchors.get(str(event.anchor), 1)
        elif isinstance(event, yaml.ScalarEvent):
            weights[-1] += 1
        if weights[-1] > NODES:
            raise error(None, None, "too many values, or aliases that multiply", event.start_mark)
