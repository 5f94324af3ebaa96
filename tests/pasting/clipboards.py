"""The clipboards of our own making, as each program writes them, and what comes out, written to be read."""

from pathlib import Path

FOLDER = Path(__file__).parent / "clipboards"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))


def clipboard(name):
    """Return the HTML that a program puts there."""
    return (FOLDER / f"{name}.html").read_text(encoding="utf-8")


def expected(name):
    """Return what must come out."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def written(pasted):
    """Return a converted text line by line: its title, its blocks, and what is said of it."""
    story = pasted.value
    lines = [f"title: {story.title}"] if story.title else []
    for block in story.blocks:
        lines += _written_block(block["type"], block["value"])
    return "\n".join([*lines, *(f"said: {sentence}" for sentence in pasted.said)]) + "\n"


def _written_block(kind, value):
    if kind == "text":
        for end in ("</p>", "</h3>", "</li>", "<ul>", "<ol>", "</ul>", "</ol>"):
            value = value.replace(end, f"{end}\n")
        return ["[text]", *(f"  {line}" for line in value.replace("\n\n", "\n").splitlines() if line)]
    if kind == "heading":
        return [f"[heading] {value['text']}"]
    if kind == "table":
        rows = [[column["heading"] for column in value["columns"]], *(row["values"] for row in value["rows"])]
        return [f"[table] {value['caption']}", *("  " + " | ".join(map(repr, row)) for row in rows)]
    return [f"[{kind}] {value['text']}", f"  who: {value['who']}"]
