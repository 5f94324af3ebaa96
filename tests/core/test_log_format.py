"""Errors are logged without what was typed."""

import logging

from clinic.core.log_format import PlainFormatter


def logged(error):
    """What the formatter writes of an error raised while another was handled."""
    try:
        try:
            raise ValueError("MARKER-INNER")
        except ValueError as inner:
            raise error from inner
    except type(error) as caught:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "Broken", None, (type(caught), caught, None))
    return PlainFormatter("%(levelname)s %(message)s").format(record)


def test_the_kind_and_place_are_named_and_the_text_is_not():
    text = logged(KeyError("MARKER-OUTER"))
    assert text.startswith("ERROR Broken")
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert f"{__file__}:" in text
    assert "MARKER" not in text


def test_what_is_logged_stays_on_its_line():
    said = "/x\r\n2026 INFO other: said\x1b[2K\u2028ü\tz"
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "Not Found: %s", (said,), None)
    text = PlainFormatter("%(levelname)s %(message)s").format(record)
    assert text == "WARNING Not Found: /x\\r\\n2026 INFO other: said\\x1b[2K\\u2028ü\tz"
