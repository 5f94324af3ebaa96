"""A page in the forms in which it is sent: as it is, packed with gzip, and with brotli where there is one."""

import gzip
from functools import cache

from . import folders

# Names of what a browser takes, the better one first, and how the file's name ends.
ENDINGS = {"br": ".br", "gzip": ".gz"}
# The best takes ten times as long, and saves a twentieth.
BROTLI_QUALITY = 6


def write_page(folder, address, page) -> int:
    """Put a page into a folder in each form; return how many bytes they are. Raises OSError."""
    path, content = folders.file_of(folder, address, page.content_type), page.content
    _make_folders(folder, address)
    number = folders.number_of(folder)
    # The plain one last: where it is, all are.
    forms = {**{ENDINGS[name]: pack(content) for name, pack in packers().items()}, "": content}
    return sum(
        folders.put(path.with_name(path.name + ending), form, seconds=number)
        for ending, form in forms.items()
    )


def size_of(path) -> int:
    """Return how many bytes a page has in all its forms. Raises OSError."""
    return sum(path.with_name(path.name + ending).stat().st_size for ending in _endings())


@cache
def packers():
    """Return what can pack here, by the names that browsers use."""
    found = {"gzip": lambda content: gzip.compress(content, mtime=0)}
    try:
        import brotli
    except ImportError:
        return found
    return {"br": lambda content: brotli.compress(content, quality=BROTLI_QUALITY), **found}


def _endings():
    return ["", *(ENDINGS[name] for name in packers())]


def _make_folders(folder, address):
    """Make the folders of an address, for the front server to enter; never again one that was swept."""
    for part in address.strip("/").split("/"):
        folder = folder / part
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
