"""Whether a sentence says what may not be said: one that denies, doubts or asks it doesn't."""

import re

from .house_list import house_list
from .plain_text import plain

# How many words a denial reaches.
_REACH = 9
# “No pain, and it is safe” denies the pain alone: an “and” with a verb begins anew.
_CLAUSE = re.compile(
    r"[;:()\"]| - |[.!?] |\b(?:but|because|however|yet|pero|porque|sino)\b"
    r"|\b(?:and|y) (?=(?:it |they |we |you )?(?:is|are|has|have|works?|helps?|es|son|funciona|ayuda)\b)"
)
_COMMA = re.compile(r",")
_OR = re.compile(r"\b(?:or|nor|and|ni|o|u|y)\b")
_WHETHER = re.compile(r"\b(?:whether|if|unless|in case|si|when)\b")


def claims_in(sentence, *, is_cited=False):
    """Yield rule and words for each kind of claim that a sentence makes; each kind once."""
    text = plain(sentence)
    is_cited = is_cited or names_its_source(sentence)
    for rule in house_list().rules:
        if rule.unless_cited and is_cited:
            continue
        if any(stem in text for stem in rule.stems):
            words = _claimed(rule, text)
            if words:
                yield rule.kind, words
    if words := many_in(text):
        yield house_list().many.kind, words


def names_its_source(sentence):
    """Whether a sentence, as it is written, names authors and year of a paper that readers can look up."""
    return bool(house_list().named_source.search(sentence))


def _claimed(rule, text):
    """Return the words of the first claim of this kind, or an empty text."""
    if rule.unless_sentence and rule.unless_sentence.search(text):
        return ""
    if not rule.always and (_is_doubted(text) or _only_asks(text)):
        return ""
    for pattern in filter(None, (rule.pattern, rule.negative_pattern)):
        for match in pattern.finditer(text):
            if match[0].strip() and not _is_right(rule, text, match):
                return match[0].strip(" ,.;:!?")
    return ""


def _is_right(rule, text, match):
    if rule.unless and _is_unless(rule.unless, text, match):
        return True
    if rule.always:
        return False
    before = text[: match.start()]
    if rule.conditional and _WHETHER.search(_clause(before)):
        return True
    if match.re is not rule.negative_pattern and house_list().negations.search(match[0]):
        inner = house_list().empty_negations.sub("", match[0])
        if house_list().negations.search(inner):
            return True
    return _is_denied(before, text[match.end() :])


def _is_unless(pattern, text, match):
    """Whether what makes it right stands in the same clause and touches or neighbours the match."""
    start = match.start() - len(_clause(text[: match.start()]))
    after = _CLAUSE.search(text, match.end())
    return bool(pattern.search(text, start, after.start() if after else len(text)))


def _clause(before):
    """Return what stands before in the same clause."""
    end = 0
    for boundary in _CLAUSE.finditer(before):
        end = boundary.end()
    return before[end:]


def _is_denied(before, after):
    """Whether a denial a few words before reaches as far as here."""
    clause = house_list().empty_negations.sub(lambda found: "_" * len(found[0]), _clause(before))
    denials = list(house_list().negations.finditer(clause))
    if not denials:
        return False
    between = clause[denials[-1].end() :]
    if len(between.split()) > _REACH:
        return False
    # “No pills, a cure” denies pills alone; “no pill, drip or cure” denies all three.
    if _COMMA.search(between):
        return bool(_OR.search(between.rpartition(",")[2]) or re.match(r",? (?:or|nor|ni|o)\b|,", after))
    return True


def _is_doubted(text):
    return bool(house_list().doubts.search(text))


def _only_asks(text):
    return text.rstrip("\"') ").endswith("?") and bool(house_list().questions.search(text))


def many_in(text):
    """Return the illnesses that a text names, where they are too many."""
    the, text = house_list(), plain(text)
    if the.many.unless_sentence.search(text):
        return ""
    found = [match[0] for words in the.many_words if (match := words.search(text))]
    return ", ".join(found) if len(found) >= the.many_at_least else ""
