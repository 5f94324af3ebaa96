"""What was left out or changed, in words, the gravest first."""

from collections import Counter

from clinic.core.blocks.tables import MOST_COLUMNS, MOST_ROWS

TABLES = f"The block Table takes {MOST_COLUMNS} columns and {MOST_ROWS} rows; a text takes none."
# One of it, several of it.
WORDS = {
    "deleted": (
        "Words that a tracked change takes out were left out, at {} place.",
        "Words that tracked changes take out were left out, at {} places.",
    ),
    "struck": (
        "Struck-out words are plain words now, at {} place. Read them again.",
        "Struck-out words are plain words now, at {} places. Read them again.",
    ),
    "picture": (
        "{} picture was left out. Upload it and add it with the block Figure.",
        "{} pictures were left out. Upload them and add them with the block Figure.",
    ),
    "table": (
        "{} table became a list with one point for each row. " + TABLES,
        "{} tables became lists with one point for each row. " + TABLES,
    ),
    "caption": (
        "{} table needs a caption: one line that says what it shows.",
        "{} tables need captions: one line each that says what they show.",
    ),
    "source": (
        "{} quotation needs a source: say who said it, and where.",
        "{} quotations need sources: say who said it, and where.",
    ),
    "quote": (
        "{} paragraph of a quotation became plain text. The block Quote names its source.",
        "{} paragraphs of quotations became plain text. The block Quote names its source.",
    ),
    "heading": (
        "{} heading became a bold line: this field has no headings.",
        "{} headings became bold lines: this field has no headings.",
    ),
    "footnote": (
        "{} footnote is plain text now, its words at the end. Make it a reference of the page.",
        "{} footnotes are plain text now, their words at the end. Make them references of the page.",
    ),
    "small": (
        "{} heading was smaller than ours and became one of the smaller kind.",
        "{} headings were smaller than ours and became ones of the smaller kind.",
    ),
    "number": (
        "{} number of a list was written out, since the list doesn’t begin with 1 here.",
        "{} numbers of lists were written out, since these lists don’t begin with 1 here.",
    ),
    "link": (
        "{} link that leads nowhere from here became plain words.",
        "{} links that lead nowhere from here became plain words.",
    ),
    "comment": ("{} comment was left out.", "{} comments were left out."),
    "hidden": ("Hidden text was left out, at {} place.", "Hidden text was left out, at {} places."),
    "formula": ("{} formula was left out.", "{} formulas were left out."),
    "embedded": ("{} embedded thing was left out.", "{} embedded things were left out."),
    "control": ("{} button or field was left out.", "{} buttons and fields were left out."),
    "script": ("{} script was left out.", "{} scripts were left out."),
    "colour": ("Colours were left out.", "Colours were left out."),
}


def sentences(lost: Counter) -> list[str]:
    """Return a sentence for each kind of loss."""
    found = ((lost[word], one, many) for word, (one, many) in WORDS.items() if lost[word])
    return [(one if times == 1 else many).format(times) for times, one, many in found]
