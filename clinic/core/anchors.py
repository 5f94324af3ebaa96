"""The fragment identifiers of headings: each once on its page, none empty, the same at every visit."""

from django.utils.text import slugify

# What the templates themselves use; a heading of these words gets another one.
FIXED_IDS = frozenset(
    "background bring consult-panel contents crisis-card earlier editor-missing error-summary "
    "error-summary-title footer-call footer-location footer-policies header-query help-crisis help-danger "
    "hours main main-menu reach recent references share side-hours side-next text".split()
)
NUMBERED = ("cite-", "ref-", "ridge-")


def anchor_of(text):
    """Return the words as an identifier, in any script; empty where there are no letters or digits."""
    return slugify(text, allow_unicode=True)


def name_headings(body, taken=()):
    """Give each heading of a story an anchor that nothing else on the page bears, and return the story.

    The first of several equal headings keeps the plain words. The others carry the beginning of their
    block's own identifier, so that a heading more or less changes no other's address.
    """
    taken = set(FIXED_IDS.union(taken or ()))
    for number, block in enumerate(body, start=1):
        if block.block_type == "heading":
            block.value.anchor = _free(anchor_of(block.value["text"]), block.id or str(number), taken)
            taken.add(block.value.anchor)
    return body


def headings_of(body):
    """Return anchor and words of each heading of a story whose headings are named."""
    return [
        {"anchor": block.value.anchor, "heading": block.value["text"]}
        for block in body
        if block.block_type == "heading"
    ]


def _free(words, own, taken):
    if words and words not in taken and not words.startswith(NUMBERED):
        return words
    words = f"{words or 'section'}-{own[:8]}"
    return words if words not in taken else f"{words}-{own}"
