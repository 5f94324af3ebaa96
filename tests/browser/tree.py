"""What a screen reader gets of a page: Chromium's accessibility tree, read from top to bottom."""

from typing import NamedTuple

# Boxes and pieces of text; what they hold is read out, they are not.
SILENT = {"none", "generic", "InlineTextBox", "StaticText", "paragraph", "LineBreak", "LabelText", "Legend"}


class Spoken(NamedTuple):
    """One thing on the way: what it is, its name, what is said besides, and its states."""

    role: str
    name: str
    description: str
    states: dict


def spoken(page, within="main"):
    """Return all that is read out inside the first landmark of this role."""
    wire = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in wire.send("Accessibility.getFullAXTree")["nodes"]}
    wire.detach()
    start = next(node for node in nodes.values() if _value(node, "role") == within)
    return [_as_spoken(node) for node in _below(start, nodes) if _is_read(node)]


def _below(node, nodes):
    for child in node.get("childIds", ()):
        if child in nodes:
            yield nodes[child]
            yield from _below(nodes[child], nodes)


def _is_read(node):
    return not node["ignored"] and _value(node, "role") not in SILENT


def _as_spoken(node):
    states = {state["name"]: state["value"].get("value") for state in node.get("properties", ())}
    return Spoken(*(_value(node, part) for part in ("role", "name", "description")), states)


def _value(node, part):
    return node.get(part, {}).get("value", "")
