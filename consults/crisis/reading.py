"""Reading a text for such words. Nothing here keeps, sends or decides anything.

A phrase of the lists counts as FIRST, or as NOW where it sounds like the present, a plan, means or a
farewell. Negations, other times and other people lower NOW to FIRST, never to nothing. Only listed
idioms count for nothing. Every step takes time in proportion to the text.
"""

from consults.enums import Priority

from .tokens import words_of
from .words import KNOWN, LISTS

# As many words a negation reaches ahead: “not at all thinking of …”.
REACH = 4

Match = tuple[int, int, Priority]


def priority_of(text: str) -> Priority:
    """Return how soon a text should be read: NONE says nothing about whoever wrote it."""
    return max((level for _start, _end, level in matches(text)), default=Priority.NONE)


def matches(text: str) -> list[Match]:
    """Return start, end and level of what was found, in order and without overlaps."""
    words = words_of(text)
    # Both languages, always: people mix them, and the form's language says little.
    found = [m for lists in LISTS.values() for m in _found(lists.spelled(words, KNOWN), lists)]
    return _merged(sorted(found))


def language_of(text: str) -> str:
    """Return the language of the first words of danger in a text; empty where there are none."""
    words = words_of(text)
    found = [
        (start, language)
        for language, lists in LISTS.items()
        for start, _end, _level in _found(lists.spelled(words, KNOWN), lists)
    ]
    return min(found, default=(0, ""))[1]


def _found(words, lists):
    idioms = _covered(lists["idioms"].spans_in(words))
    listed = dict.fromkeys(lists["mentions"].spans_in(words), Priority.FIRST)
    listed |= dict.fromkeys(lists["now"].spans_in(words), Priority.NOW)
    listed = {span: level for span, level in listed.items() if idioms.isdisjoint(range(*span))}
    surroundings = _Surroundings(words, lists, inside=_covered(listed))
    for (first, after), level in listed.items():
        level = surroundings.level(first, after, level)
        yield words[first].start, words[after - 1].end, level


class _Surroundings:
    """What stands around the phrases of one text, in one language."""

    def __init__(self, words, lists, *, inside):
        self._words = words
        # “I don't want to live” says no to life, not to what comes after it.
        self._negations = (
            _covered(lists["negations"].spans_in(words))
            - _covered(lists["no negations"].spans_in(words))
            - inside
        )
        self._parts = _parts(words, _covered(lists["new part"].spans_in(words)))
        self._now = {
            words[first].sentence
            for first, _after in lists["makes it now"].spans_in(words)
            if not self._is_negated(first)
        }
        other_times = _covered(lists["other times"].spans_in(words))
        self._past_sentences = {words[place].sentence for place in other_times}
        self._past_parts = {self._parts[place] for place in other_times}
        self._is_of_others = self._speakers(lists, inside)

    def level(self, first, after, listed):
        """Return NOW or FIRST for a phrase."""
        sentence = self._words[first].sentence
        if listed == Priority.NOW:
            # Said in the present, so the past lowers it from nearby only: “years ago I failed, now I will”.
            sounds_now, is_past = True, self._parts[first] in self._past_parts
        else:
            sounds_now, is_past = sentence in self._now, sentence in self._past_sentences
        is_lowered = is_past or self._is_negated(first) or self._is_of_others[after - 1]
        return Priority.NOW if sounds_now and not is_lowered else Priority.FIRST

    def _is_negated(self, first):
        """Whether a negation reaches this place, within its part."""
        return any(
            place in self._negations and self._parts[place] == self._parts[first]
            for place in range(max(0, first - REACH), first)
        )

    def _speakers(self, lists, inside):
        """Return for each word whether others were named last before it, in its sentence."""
        # “I am going to kill someone” is said by oneself.
        others = _covered(lists["other people"].spans_in(self._words)) - inside
        oneself = _covered(lists["first person"].spans_in(self._words))
        is_of_others, is_other, sentence = [], False, None
        for place, word in enumerate(self._words):
            if word.sentence != sentence:
                is_other, sentence = False, word.sentence
            if place in others or place in oneself:
                is_other = place in others
            is_of_others.append(is_other)
        return is_of_others


def _parts(words, openings):
    """Number the parts of sentences: a part ends with its clause, or where the next one is opened."""
    parts, part = [], 0
    for place, word in enumerate(words):
        part += place in openings or (place > 0 and word.clause != words[place - 1].clause)
        parts.append(part)
    return parts


def _covered(spans):
    """Return the places of all words in these spans."""
    return {place for span in spans for place in range(*span)}


def _merged(found):
    """Join what overlaps; the higher level counts."""
    merged = []
    for start, end, level in found:
        if merged and start < merged[-1][1]:
            last_start, last_end, last_level = merged.pop()
            start, end, level = last_start, max(end, last_end), max(level, last_level)
        merged.append((start, end, level))
    return merged
