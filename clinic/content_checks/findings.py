"""What the checks find on a page: where it stands, why it matters, and what to write instead."""

from dataclasses import dataclass

from .house_list import Kind, Level, house_list
from .passages import passages_of
from .sentences import sentences_of
from .structure import structure_of
from .wording import claims_in

_ORDER = {level: number for number, level in enumerate(Level)}


@dataclass(frozen=True)
class Finding:
    """One finding: its kind, the words it is about, the passage around them, and its place."""

    kind: Kind
    words: str
    passage: str
    place: str
    path: str

    @property
    def said(self):
        """What is wrong and what to do, in words."""
        about = f"“{self.words}”. " if self.words else ""
        return f"{self.kind.title}: {about}{self.kind.why} {self.kind.instead}"

    @property
    def sentence(self):
        """The same with its place, in short."""
        about = f": “{self.words}”" if self.words else ""
        return f"{self.place}: {self.kind.title}{about}. {self.kind.instead}"

    @property
    def is_serious(self):
        """Whether it keeps the page from going live."""
        return self.kind.level == Level.SERIOUS


def findings_of(instance):
    """Return what the checks find on a page or snippet as it is in memory: the serious first, and those of
    one weight in the order of the text.
    """
    passages = passages_of(instance)
    too_long = _too_long(passages)
    if too_long:
        return [too_long]
    found = [Finding(*parts) for parts in structure_of(instance, passages)]
    for passage in passages:
        for sentence in sentences_of(passage.text):
            for kind, words in claims_in(sentence, is_cited=passage.is_cited):
                found.append(Finding(kind, words, passage.text, passage.place, passage.path))
    found = list(dict.fromkeys(found))
    numbers = {(passage.path, passage.text): number for number, passage in enumerate(passages)}

    def rank(finding):
        return _ORDER[finding.kind.level], numbers.get((finding.path, finding.passage), -1)

    return sorted(found, key=rank)


def serious_findings_of(instance):
    """Return what keeps a page from going live."""
    return [finding for finding in findings_of(instance) if finding.is_serious]


def _too_long(passages):
    """Nothing is judged by halves: what can't be read whole is refused."""
    most = house_list().bounds["characters"]
    if sum(len(passage.text) for passage in passages) <= most:
        return None
    last = passages[-1]
    return Finding(house_list().structure["too-long"].naming(most=most), "", "", last.place, last.path)
