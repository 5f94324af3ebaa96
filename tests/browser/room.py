"""What a narrow window cuts off."""

# Without a way to scroll there: Wagtail hides what is too wide, so the width of the page alone says nothing.
CUT_OFF = """within => {
  const OWN_WAY = "svg, col, .w-sr-only, [aria-hidden=true], [data-minimap-container]";
  const style = (element) => getComputedStyle(element);
  const beyond = (element) => element.getBoundingClientRect().right > innerWidth + 1;
  const scrolls = (element) => ["auto", "scroll"].includes(style(element).overflowX) && !beyond(element);
  const isReached = (element) => {
    for (let around = element; around; around = around.parentElement) if (scrolls(around)) return true;
    return false;
  };
  return [...document.querySelectorAll(`${within} *`)]
    .filter((element) => !element.children.length || element.matches("select"))
    .filter((element) => element.getClientRects().length && style(element).visibility === "visible")
    .filter((element) => !element.closest(OWN_WAY))
    .filter((element) => beyond(element) && !isReached(element))
    .map((element) => `${element.tagName}: ${element.textContent.trim().slice(0, 40)}`);
}"""


def cut_off(page, within="main"):
    """Return what of the open page can't be seen at its width, a line each."""
    found = page.evaluate(CUT_OFF, within)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("the page scrolls sideways")
    return found
