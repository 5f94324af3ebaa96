"""What a part of the bench brings home."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """Lines of the table of aims, and whether everybody got an answer; what is told is printed at once."""

    aims: list = field(default_factory=list)
    is_good: bool = True

    def say(self, words):
        """Print something, with an empty line after it."""
        print(words, end="\n\n", flush=True)
