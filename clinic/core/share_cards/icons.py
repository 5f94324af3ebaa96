"""The mark as the icons that browsers and phones ask for."""

from io import BytesIO

from .mark import mark

# Of a tab, a bookmark, and a desktop.
ICO_SIZES = (16, 32, 48)
HOME_SCREEN_SIZE = 180


def drawn():
    """Return the icons by the names of their files."""
    return {"favicon.ico": _ico(), "apple-touch-icon.png": _home_screen()}


def _ico():
    sizes = [mark(size) for size in ICO_SIZES]
    file = BytesIO()
    sizes[-1].save(file, "ICO", sizes=[(size, size) for size in ICO_SIZES], append_images=sizes[:-1])
    return file.getvalue()


def _home_screen():
    """Phones round the corners themselves; what is transparent would be black there."""
    file = BytesIO()
    mark(HOME_SCREEN_SIZE, is_square=True).convert("RGB").save(file, "PNG", optimize=True)
    return file.getvalue()
