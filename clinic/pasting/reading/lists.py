"""Where a line stands: in which list, how deep, under which number."""

from dataclasses import dataclass, field, replace

from clinic.pasting.parts import Kind, Line

from .markup import number_in

DEEPEST_LIST = 3


@dataclass
class Item:
    """One item of a list, and the line that was made of it."""

    line: Line | None = None

    @property
    def is_begun(self):
        """Whether it has a line already."""
        return self.line is not None


@dataclass
class Count:
    """How far a numbered list has come."""

    number: int = 0


@dataclass(frozen=True)
class Place:
    """What a line is that ends here."""

    kind: Kind = Kind.TEXT
    level: int = 0
    number: int = 0
    item: Item | None = None
    # What an item of this list will be; its depth.
    item_kind: Kind = Kind.BULLET
    depth: int = -1
    count: Count = field(default_factory=Count)
    is_preformatted: bool = False

    def next_item(self, element):
        """Return the place of the next item of this list."""
        self.count.number = number_in(element.get("value"), otherwise=self.count.number + 1)
        depth = _said_depth(element, max(self.depth, 0))
        return replace(
            self,
            kind=self.item_kind,
            level=depth,
            number=self.count.number,
            item=Item(),
            is_preformatted=False,
        )


def list_place(element, place) -> Place:
    """Return the place inside of a list; what stands in it beside its items is text."""
    kind = Kind.NUMBER if element.name == "ol" else Kind.BULLET
    start = number_in(element.get("start"), least=1, otherwise=1)
    depth = min(place.depth + 1, DEEPEST_LIST)
    return Place(place.kind, item=place.item, item_kind=kind, depth=depth, count=Count(start - 1))


def _said_depth(element, otherwise):
    """Return the depth that Docs and Word in the browser write onto the item itself."""
    said = element.get("aria-level") or element.get("data-aria-level")
    return number_in(said, least=1, most=DEEPEST_LIST + 1, otherwise=otherwise + 1) - 1


def item_place(counts, fake) -> Place:
    """Return the place of an item that Word wrote as a paragraph; ``counts`` knows how far each list is."""
    depth = min(fake.depth, DEEPEST_LIST)
    kind = Kind.NUMBER if fake.is_numbered else Kind.BULLET
    number = number_in(
        fake.marker.strip(
            "().",
        ),
        otherwise=counts.get((fake.chain, depth), 0) + 1,
    )
    counts[fake.chain, depth] = number
    for chain, deeper in list(counts):
        if chain == fake.chain and deeper > depth:
            del counts[chain, deeper]
    return Place(kind, level=depth, number=number, item=Item())
