"""What stands in somebody's way on an open page: axe-core in two sizes, light and dark."""

from axe_playwright_python.sync_playwright import Axe

# Read once: it is longer than all of our pages together.
AXE = Axe().axe_script
NARROW, WIDE = 320, 1280
# Best practices beyond the standard count as well; only what axe can't decide doesn't.
OPTIONS = {"resultTypes": ["violations"]}
# Colours that are still on their way from one scheme to the other are nobody's.
SETTLE = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getTiming().iterations !== Infinity).map((one) => one.finished))"""

ALL_LOOKS = [(width, scheme) for width in (WIDE, NARROW) for scheme in ("light", "dark")]
# Where a page is dear to look at: each size and each scheme once.
TWO_LOOKS = [(WIDE, "light"), (NARROW, "dark")]


def findings(page, title, *, within="html", looks=ALL_LOOKS, also=()):
    """Look at the open page in these sizes and schemes; return ``{where: [what axe finds]}``.

    ``within`` is a selector, or a context of axe's: what lies outside isn't ours to change. ``also`` names
    rules that axe leaves out by itself.
    """
    found = {}
    page.evaluate(AXE)
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)
        if lines := barriers(page, within, also):
            found[f"{title} {width} {scheme}"] = lines
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[f"{title} {width}"] = ["scrolls sideways"]
    return found


def barriers(page, within, also=()):
    """Return what axe finds, as one line a rule with the elements concerned."""
    options = OPTIONS | {"rules": {name: {"enabled": True} for name in also}}
    found = page.evaluate("([within, options]) => axe.run(within, options)", [within, options])["violations"]
    return [
        f"{rule['id']}: {', '.join(str(node['target'][0]) for node in rule['nodes'][:4])}" for rule in found
    ]
