"""One index: an SQLite file with the full text of everything that can be found, or the same in memory.

It is written once and read ever after, by as many threads as there are; nothing a visitor typed enters it as
more than a parameter.
"""

import json
import sqlite3
import threading
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from .documents import Document
from .words import bare_words

# Another form of the file makes older ones useless.
VERSION = "2"
# How much a word counts in title, summary, body and keywords.
BM25 = "bm25(docs, 12.0, 4.0, 1.0, 6.0)"
# How much more a page is worth whose title says all of it.
TITLE = 3
# How much more what stands in the section that a search asks for.
FAVORED = 1.5
BEGINS, ENDS = "\x02", "\x03"
EXCERPT_WORDS = 32
SHORTEST_WORD, LONGEST_WORD = 3, 30

TABLES = """
    CREATE VIRTUAL TABLE docs USING fts5(
        title, summary, body, keywords, tokenize = 'porter unicode61 remove_diacritics 2'
    );
    CREATE TABLE about (
        id INTEGER PRIMARY KEY, page INTEGER, place TEXT, address TEXT, kind TEXT, section TEXT,
        language TEXT, bare_title TEXT, weight REAL
    );
    CREATE TABLE words (word TEXT PRIMARY KEY, documents INTEGER) WITHOUT ROWID;
    CREATE TABLE answers (answer TEXT);
    CREATE TABLE told (name TEXT PRIMARY KEY, value TEXT);
"""
FIND = f"""
    SELECT about.id, page, place, address, kind, section, language
    FROM docs JOIN about ON about.id = docs.rowid
    WHERE docs MATCH ?
    ORDER BY bare_title = ? DESC,
    {BM25} * weight
    * CASE WHEN about.id IN (SELECT rowid FROM docs WHERE docs MATCH ?) THEN {TITLE} ELSE 1 END
    * CASE WHEN section = ? THEN {FAVORED} ELSE 1 END,
    about.id
    LIMIT ?
"""  # noqa: S608
OF_SECTION = """
    SELECT id, page, place, address, kind, section, language FROM about WHERE section = ? AND language = ?
    ORDER BY id LIMIT 1
"""
SHOW = f"""
    SELECT rowid, highlight(docs, 0, '{BEGINS}', '{ENDS}'), highlight(docs, 1, '{BEGINS}', '{ENDS}'),
    snippet(docs, 2, '{BEGINS}', '{ENDS}', ' … ', {EXCERPT_WORDS})
    FROM docs WHERE docs MATCH ? AND rowid IN
"""  # noqa: S608
PLAIN = "SELECT rowid, title, summary FROM docs WHERE rowid IN "


class Hit(NamedTuple):
    """Something found, without its words."""

    id: int
    page: int
    place: str
    address: str
    kind: str
    section: str
    language: str


class Answer(NamedTuple):
    """An answer that editors pinned, as the index keeps it."""

    phrases: list
    title: str
    sentence: str
    leads_to: str
    page: int
    place: str
    address: str
    language: str


class Index:
    """An index that can be asked. Raises sqlite3.Error where the file is none, or broken."""

    def __init__(self, connection):
        self._connection = connection
        self._lock = threading.Lock()
        if self._told("version") != VERSION:
            raise sqlite3.DatabaseError("an index of another form")
        self.generation = int(self._told("generation"))
        self.size = int(self._told("documents"))

    @classmethod
    def open(cls, path: Path):
        """Open a file. It is never written again, so it needs no locks."""
        uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
        return cls(sqlite3.connect(uri, uri=True, check_same_thread=False))

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Every word, and how many documents hold it."""
        return dict(self._rows("SELECT word, documents FROM words"))

    def beginning_with(self, start: str, most: int) -> list[str]:
        """Return the words that go on like this, the most usual first."""
        found = [word for word in self.vocabulary if word.startswith(start)]
        return sorted(found, key=lambda word: (-self.vocabulary[word], word))[:most]

    @cached_property
    def answers(self) -> list[Answer]:
        """What editors pinned."""
        rows = self._rows("SELECT answer FROM answers ORDER BY rowid")
        return [Answer(**json.loads(answer)) for (answer,) in rows]

    def find(self, expression: str, title: str, in_title: str, section: str, most: int) -> list[Hit]:
        """Return what fits an expression: what bears the very title first, then the best.

        ``in_title`` is what a title has to hold to be worth more, ``section`` where a page stands to be so.
        """
        rows = self._rows(FIND, expression, title, f"title : ({in_title})", section, most)
        return [Hit(*row) for row in rows]

    def holds(self, expression: str) -> bool:
        """Whether anything fits an expression."""
        return bool(self._rows("SELECT 1 FROM docs WHERE docs MATCH ? LIMIT 1", expression))

    def first_of(self, section: str, language: str = "en") -> Hit | None:
        """Return what stands highest in a section."""
        return next((Hit(*row) for row in self._rows(OF_SECTION, section, language)), None)

    def shown(self, expression: str, ids: list[int]) -> dict[int, tuple[str, str, str]]:
        """Return title, summary and a stretch of the body of each, with marks around what was looked for."""
        places = f"({','.join('?' * len(ids))})"
        texts = {i: (title, summary, "") for i, title, summary in self._rows(PLAIN + places, *ids)}
        return texts | {i: tuple(rest) for i, *rest in self._rows(SHOW + places, expression, *ids)}

    def close(self):
        """Let go of the file."""
        self._connection.close()

    def _told(self, name):
        rows = self._rows("SELECT value FROM told WHERE name = ?", name)
        return rows[0][0] if rows else ""

    def _rows(self, statement, *values):
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


class IndexWriter:
    """Fills a new index. Raises sqlite3.Error on a full disk."""

    def __init__(self, target: str):
        """Begin in a file, or in memory for ``:memory:``."""
        self._connection = sqlite3.connect(target, check_same_thread=False)
        # Nobody reads it before it is whole, and a half one is thrown away.
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        self._words: Counter = Counter()
        self._number = 0

    def add(self, document: Document) -> None:
        """Add something that can be found."""
        self._number += 1
        texts = (document.title, document.summary, document.body, document.keywords)
        self._connection.execute(
            "INSERT INTO docs (rowid, title, summary, body, keywords) VALUES (?, ?, ?, ?, ?)",
            (self._number, *texts),
        )
        title = " ".join(bare_words(document.title))
        about = (document.page, document.place, document.address, document.kind, document.section)
        self._connection.execute(
            "INSERT INTO about VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._number, *about, document.language, title, document.weight),
        )
        self._words.update(filter(_is_a_word, set(bare_words(" ".join(texts)))))

    def add_answer(self, answer: Answer) -> None:
        """Add an answer that editors pinned."""
        self._connection.execute("INSERT INTO answers VALUES (?)", (json.dumps(answer._asdict()),))
        words = {word for phrase in answer.phrases for word in phrase}
        self._words.update(filter(_is_a_word, words))

    def finish(self, generation: int) -> None:
        """Say for which generation it is whole."""
        self._connection.executemany("INSERT INTO words VALUES (?, ?)", self._words.items())
        self._connection.execute("INSERT INTO docs (docs) VALUES ('optimize')")
        told = {"version": VERSION, "generation": generation, "documents": self._number}
        self._connection.executemany("INSERT INTO told VALUES (?, ?)", [(k, str(v)) for k, v in told.items()])
        self._connection.commit()

    def as_index(self) -> Index:
        """Return the index, for one in memory."""
        return Index(self._connection)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _is_a_word(word):
    return SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha()
