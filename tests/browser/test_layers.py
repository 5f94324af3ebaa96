"""The stylesheet that is sent says what its layered sources say: to today's browser both look the same."""

import pytest

from clinic.core.stylesheet import joined_css, source_css

pytestmark = [pytest.mark.once, pytest.mark.long]

PAGES = ["/", "/treatments/compare-iv-and-im/", "/locations/north-ridge/", "/consultation/"]
LOOKS = [("screen", 390), ("screen", 1280), ("print", 695)]
# Styles of every element and of what is drawn before and after it, with one sheet and then with the other.
# What follows from the layout is left out: it is the same where all else is.
DIFFERENCES = """([one, other]) => {
  const sheetOf = css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); return sheet; };
  document.querySelector("link[rel=stylesheet]").disabled = true;
  const all = [...document.querySelectorAll("body, body *:not(svg *)")];
  const looks = css => {
    document.adoptedStyleSheets = [sheetOf(css)];
    return all.map(element => [null, "::before", "::after"].map(part => {
      const style = getComputedStyle(element, part);
      if (part && style.content === "none") return "";
      return [...style].filter(name => !/(size|width|height|origin)$/.test(name))
        .map(name => `${name}: ${style.getPropertyValue(name)}`).join("\\n");
    }));
  };
  const [before, after] = [looks(one), looks(other)];
  return all.filter((element, n) => before[n].join() !== after[n].join())
    .map(element => `${element.tagName}.${element.getAttribute("class")}`);
}"""


@pytest.mark.parametrize("address", PAGES)
def test_both_look_the_same(visit, address):
    page = visit().page
    page.goto(address)
    for media, width in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media=media)
        assert page.evaluate(DIFFERENCES, [source_css(), joined_css()]) == [], (media, width)
