"""How far the writing of kept pages is, for a person who waits for it."""

from dataclasses import dataclass

from clinic.core import generation

from . import folders


@dataclass(frozen=True)
class Progress:
    """How many pages of the generation in force are files, of how many, and whether there will be no more."""

    number: int
    written: int
    wanted: int
    is_finished: bool

    def __str__(self):
        if not self.wanted:
            return f"Generation {self.number}: no pages are files yet."
        return f"Generation {self.number}: {self.written} of {self.wanted} pages are files."


def progress() -> Progress:
    """Return how far it is. Raises django.db.Error."""
    number, folder = generation.current(), folders.linked()
    about = folder and folders.about(folder)
    if not about or folders.number_of(folder) != number:
        return Progress(number, 0, 0, is_finished=False)
    written = sum(folders.written(folder, address) is not None for address in about.addresses)
    return Progress(number, written, len(about.addresses), (folder / folders.FINISHED).exists())
