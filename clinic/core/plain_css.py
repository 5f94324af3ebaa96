"""CSS as telephones of 2020 read it.

A browser that knows no layers throws away all that lies in one, and one that knows neither ``light-dark()``
nor ``margin-inline`` throws those away. So the layers are opened, the colours are listed once more for both
schemes, and the shorthands are written out. Nothing else is changed: what an old browser lacks beside these
has a fallback in the source, or does without.

A rule of a later layer wins however it selects. Outside of layers the heavier selector does, so each gets the
weight of its layer: ``:not(#_):not(#_)`` is true of every element and weighs as much as two ids.
"""

import re
import textwrap

COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
ORDER = re.compile(r"@layer ([\w-]+(?:, [\w-]+)*);\s*")
LAYER = re.compile(r"@layer ([\w-]+) \{\n")
BRACE = re.compile(r"[{}]")
BEFORE_BRACE = re.compile(r"([^{};]+)\{")

_COLOUR = r"((?:[^(),]|\([^()]*\))+)"
PAIR = re.compile(rf"(--[\w-]+): light-dark\({_COLOUR}, {_COLOUR}\);")
LAYER_OF_COLOURS = "tokens"
# These are dark in both schemes.
ALWAYS_DARK = ".crisis-strip, .footer"

# Both languages of the site run from left to right.
SIDES = {"block-start": "top", "inline-end": "right", "block-end": "bottom", "inline-start": "left"}
# Which of one to four values is meant for top, right, bottom and left.
FOUR_SIDES = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
SHORTHAND = re.compile(
    r"^(?P<indent> *)(?P<name>inset(?:-[\w-]+)?|(?:margin|padding|border)-(?:inline|block)): "
    r"(?P<value>[^;]+);$",
    re.MULTILINE,
)


def plain(css):
    """Return the stylesheet in words that browsers of 2020 know."""
    css = COMMENT.sub("", css)
    return SHORTHAND.sub(_written_out, _without_layers(css + _colours_without_light_dark(css)))


def _without_layers(css):
    """Return all rules: those of a stronger layer after those of a weaker one, and last what lies in none."""
    order = ORDER.search(css)
    layers = {name: [] for name in order[1].split(", ")} if order else {}
    css = ORDER.sub("", css)
    rest, position = [], 0
    for start in LAYER.finditer(css):
        end = _closing_brace(css, start.end())
        layers[start[1]].append(textwrap.dedent(css[start.end() : end]))
        rest.append(css[position : start.start()])
        position = end + 1
    weighed = [_weighed("".join(rules), weight) for weight, rules in enumerate(layers.values())]
    return "".join(f"{part.strip()}\n" for part in [*weighed, *rest, css[position:]] if part.strip())


def _weighed(rules, weight):
    """Return the rules with selectors that are heavier by as many ids."""
    mark = ":not(#_)" * weight

    def weigh(match):
        selectors = match[1]
        if selectors.strip().startswith("@"):
            return match[0]
        return ",".join(map(weigh_one, _parts(selectors.rstrip(), ","))) + " {"

    def weigh_one(selector):
        element, colons, part = selector.partition("::")
        return f"{element}{mark}{colons}{part}"

    return BEFORE_BRACE.sub(weigh, rules)


def _closing_brace(css, position):
    """Return where the block ends whose content begins at ``position``."""
    depth = 1
    for brace in BRACE.finditer(css, position):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    raise ValueError("a layer of the stylesheet is never closed")


def _colours_without_light_dark(css):
    """Return the colours of both schemes for browsers that can't choose between two in one value."""
    pairs = PAIR.findall(css)
    if not pairs:
        return ""
    light = "".join(f"{name}: {colour};" for name, colour, _dark in pairs)
    dark = "".join(f"{name}: {colour};" for name, _light, colour in pairs)
    return textwrap.dedent(f"""
        @layer {LAYER_OF_COLOURS} {{
          @supports not (color: light-dark(#000, #fff)) {{
            :root {{ {light} }}
            @media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
            @media screen {{ {ALWAYS_DARK} {{ {dark} }} }}
            @media print {{ :root {{ {light} }} }}
          }}
        }}
        """)


def _written_out(shorthand):
    """Return one declaration as those that every browser knows."""
    value = shorthand["value"].removesuffix("!important").strip()
    important = " !important" if shorthand["value"].endswith("!important") else ""
    return "\n".join(
        f"{shorthand['indent']}{name}: {of_side}{important};"
        for name, of_side in _longhands(shorthand["name"], _parts(value, " "))
    )


def _longhands(name, values):
    """Pair the longhands of a shorthand with their values."""
    if name == "inset":
        return zip(SIDES.values(), (values[n] for n in FOUR_SIDES[len(values)]), strict=True)
    if name.startswith("border-"):
        return [(f"{name}-start", " ".join(values)), (f"{name}-end", " ".join(values))]
    if name.startswith("inset-"):
        axis = name.removeprefix("inset-")
        if axis in SIDES:
            return [(SIDES[axis], values[0])]
        return [(SIDES[f"{axis}-start"], values[0]), (SIDES[f"{axis}-end"], values[-1])]
    return [(f"{name}-start", values[0]), (f"{name}-end", values[-1])]


def _parts(text, separator):
    """Split at the separators that stand in no brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == separator and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts
