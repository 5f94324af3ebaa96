"""A page of questions as a PDF, written by hand: a heading, a line and boxes to tick.

The text is tagged, so that a screen reader finds the heading and reads in order.
"""

import textwrap

LEFT, TOP, LINE = 64, 728, 17  # in points; Letter paper is 612 by 792
CHARACTERS = 76
FONTS = {"body": "/F1 11.5 Tf", "heading": "/F2 19 Tf"}


def draw_sheet(title: str, subtitle: str, items: list[str]) -> bytes:
    """Return a PDF of one page with the items as a list to tick."""
    pieces = [("H1", "heading", title), ("P", "body", subtitle)]
    pieces += [("P", "body", item) for item in items]
    content, y = [], TOP
    for number, (tag, font, words) in enumerate(pieces):
        lines = textwrap.wrap(words, CHARACTERS)
        is_item = number > 1
        if is_item:
            content.append(f"/Artifact BMC {LEFT} {y - 1} 9 9 re S EMC")
        content.append(f"/{tag} <</MCID {number}>> BDC BT {FONTS[font]} {LINE} TL")
        content.append(
            f"{LEFT + 20 * is_item} {y} Td " + " ".join(f"({escape(line)} ) Tj T*" for line in lines)
        )
        content.append("ET EMC")
        y -= LINE * len(lines) + 22
    return join_objects(objects(title, pieces, "\n".join(content)))


def objects(title, pieces, content):
    """Return the numbered objects of the file; those of the tags follow the fixed eight."""
    first_tag = 9
    tags = [
        f"<</Type/StructElem/S/{tag}/P 7 0 R/Pg 3 0 R/K {number}>>"
        for number, (tag, _font, _words) in enumerate(pieces)
    ]
    kids = " ".join(f"{first_tag + number} 0 R" for number in range(len(tags)))
    font = "<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/{}>>"
    return [
        "<</Type/Catalog/Pages 2 0 R/Lang(en-US)/MarkInfo<</Marked true>>/StructTreeRoot 7 0 R"
        "/ViewerPreferences<</DisplayDocTitle true>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 6 0 R/StructParents 0"
        "/Resources<</Font<</F1 4 0 R/F2 5 0 R>>>>>>",
        font.format("Helvetica"),
        font.format("Helvetica-Bold"),
        f"<</Length {len(content.encode('cp1252'))}>>\nstream\n{content}\nendstream",
        f"<</Type/StructTreeRoot/K[{kids}]/ParentTree<</Nums[0[{kids}]]>>>>",
        f"<</Title({escape(title)})>>",
        *tags,
    ]


def join_objects(bodies):
    """Return the file: header, objects, the table of where each begins, trailer."""
    file, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        starts.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(bodies) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R/Info 8 0 R>>\n"
    return file + f"{trailer}startxref\n{len(file)}\n%%EOF\n".encode("cp1252")


def escape(words):
    """Return words as they stand in a PDF string."""
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
