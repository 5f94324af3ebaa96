"""Make the list of stolen passwords from one that the operator has."""

import itertools
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import BaseCommand, CommandError

from clinic.accounts.breached import HASH_CHARACTERS, HEX, Unusable, prefixes_of_hashes, prefixes_of_passwords
from clinic.accounts.passwords import SHORTEST


class Command(BaseCommand):
    """Read a list, write the file that BREACHED_PASSWORDS_FILE names."""

    help = (
        "Make the file for BREACHED_PASSWORDS_FILE from a list with one password a line, or one SHA-1 a line "
        "in order (such as the public list of Have I Been Pwned, ordered by hash)."
    )

    def add_arguments(self, parser):
        """Take the two files."""
        parser.add_argument("list", type=Path, help="the list to read")
        parser.add_argument("file", type=Path, help="the file to write")

    def handle(self, *args, **options):
        """Write the file whole or not at all, and say how many it holds."""
        try:
            with options["list"].open(encoding="utf-8", errors="replace") as lines:
                number = _write(options["file"], _prefixes(lines))
        except (OSError, Unusable) as problem:
            raise CommandError(f"Nothing was changed. {problem}") from None
        self.stdout.write(f"{number:,} passwords in {options['file']}.")


def _prefixes(lines):
    first = next(lines, "")
    lines = itertools.chain([first], lines)
    text = first.strip().partition(":")[0]
    if len(text) == HASH_CHARACTERS and HEX.issuperset(text):
        return prefixes_of_hashes(lines)
    return prefixes_of_passwords(lines, shortest=SHORTEST)


def _write(path, prefixes):
    number = 0
    with NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
        draft = Path(file.name)
        try:
            for prefix in prefixes:
                file.write(prefix)
                number += 1
            if not number:
                raise Unusable(f"The list holds no password of {SHORTEST} characters or more.")
        except Unusable:
            draft.unlink()
            raise
        os.fchmod(file.fileno(), 0o644)
    draft.replace(path)
    return number
