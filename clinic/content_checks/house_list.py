"""The list of what may not be said, as it is read from its file."""

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.db import models

FILE = Path(__file__).with_name("house_list.json")


class Level(models.TextChoices):
    """How much a finding weighs; a serious one keeps a page from going live."""

    SERIOUS = "serious", "Serious"
    MODERATE = "moderate", "To mend"
    MINOR = "minor", "To consider"


@dataclass(frozen=True)
class Kind:
    """A kind of finding, in the words that editors read."""

    key: str
    level: Level
    title: str
    why: str
    instead: str

    def naming(self, **named):
        """Return the kind with what its words leave open filled in."""
        return replace(self, why=self.why.format(**named)) if named else self


@dataclass(frozen=True)
class Rule:
    """What one kind is found by, and what makes it right all the same."""

    kind: Kind
    stems: tuple
    pattern: re.Pattern | None
    negative_pattern: re.Pattern | None  # claims that are denials themselves, such as “no risks”
    unless: re.Pattern | None
    unless_sentence: re.Pattern | None
    always: bool  # whoever says it, denied or asked
    unless_cited: bool
    conditional: bool  # right where it hangs on an “if”


@dataclass(frozen=True)
class HouseList:
    """Everything that the file holds."""

    rules: tuple
    structure: dict
    many: Rule
    many_words: tuple
    many_at_least: int
    link_texts: frozenset
    crisis_words: re.Pattern
    named_source: re.Pattern
    negations: re.Pattern
    empty_negations: re.Pattern
    doubts: re.Pattern
    questions: re.Pattern
    bounds: dict


@cache
def house_list():
    """Return the list; read and compiled once."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    compiled = _Compiler(data["words"])
    many = data["many_conditions"]
    return HouseList(
        rules=tuple(_rule(rule, compiled) for rule in data["rules"]),
        structure={key: _kind({"key": key, **kind}) for key, kind in data["structure"].items()},
        many=_rule({**many, "stems": []}, compiled),
        many_words=tuple(compiled([word]) for word in many["words"]),
        many_at_least=many["at_least"],
        link_texts=frozenset(data["link_texts"]),
        crisis_words=compiled([data["crisis_words"]]),
        named_source=re.compile(data["named_source"]),
        negations=compiled([data["negations"]]),
        empty_negations=compiled([data["empty_negations"]]),
        doubts=compiled([data["doubts"]]),
        questions=re.compile(rf"^[\"'(]*(?:{data['questions']})\b"),
        bounds=data["bounds"],
    )


class _Compiler:
    """Puts the words between < and > into patterns, and sees to it that each begins and ends with a word."""

    def __init__(self, words):
        self._words = words

    def __call__(self, patterns):
        text = "|".join(patterns)
        for name, words in self._words.items():
            text = text.replace(f"<{name}>", words)
        return re.compile(rf"(?<!\w)(?:{text})(?!\w)") if text else None


def _kind(data):
    return Kind(data["key"], Level(data["level"]), data["title"], data["why"], data["instead"])


def _rule(data, compiled):
    return Rule(
        kind=_kind(data),
        stems=tuple(data["stems"]),
        pattern=compiled(data.get("patterns", [])),
        negative_pattern=compiled(data.get("negative_patterns", [])),
        unless=compiled(data.get("unless", [])),
        unless_sentence=compiled(data.get("unless_sentence", [])),
        always=data.get("always", False),
        unless_cited=data.get("unless_cited", False),
        conditional=data.get("conditional", False),
    )
