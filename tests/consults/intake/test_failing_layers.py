"""Whatever breaks on a request's way, neither the page nor the log says a word of it."""

import io
import logging

import pytest
from django.db import OperationalError

from clinic.core.log_format import PlainFormatter
from consults.intake import forms, pages, views
from consults.spool import files
from consults.workflow.accepting import accept, submission
from tests.factories.consults import form_data

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Qzname Wvxmarker",
    "phone": "(555) 867-5309",
    "email": "qzmail.wvxmarker@example.org",
    "needs": "qzneeds wvxmarker",
    "note": "qznote wvxmarker",
}
MARKERS = ["wvxmarker", "867-5309", "8675309", "qzmail"]
# Where it breaks, from the first thing that touches a posted form to the last.
LAYERS = [
    (views, "exit_for"),
    (forms.ConsultForm, "clean_section"),
    (forms.ConsultForm, "clean"),
    (views, "submission_from"),
    (views, "form_signals"),
    (views, "network_of"),
    (submission, "seal"),
    (submission, "indexes_of"),
    (accept, "counted_signals"),
    (accept, "store"),
    (pages, "private"),
]


@pytest.fixture
def log():
    """What the site's own log would hold."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlainFormatter("%(levelname)s %(name)s: %(message)s"))
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


def breaks(*args, **kwargs):
    """Fail like a library that repeats in its message what it was given."""
    raise RuntimeError(f"can't work on {TYPED}")


def send(client):
    client.raise_request_exception = False
    return client.post("/consultation/", form_data(**TYPED))


def said(response, log):
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers} {response.content.decode()} {log.getvalue()}".lower()


@pytest.mark.parametrize(("place", "name"), LAYERS, ids=[f"{p.__name__}.{n}" for p, n in LAYERS])
def test_a_broken_layer_says_nothing_of_the_request(client, monkeypatch, log, place, name):
    monkeypatch.setattr(place, name, breaks)
    response = send(client)
    assert response.status_code == 500
    assert 'href="tel:988"' in response.content.decode()
    assert "RuntimeError" in log.getvalue()
    assert not [marker for marker in MARKERS if marker in said(response, log)]


def test_a_spool_that_fails_says_nothing_either(client, monkeypatch, log, settings, tmp_path):
    """Database and spool are away: the form comes back with what was typed, and the log stays clean."""
    settings.CONSULTS_SPOOL_DIR = tmp_path / "file"
    settings.CONSULTS_SPOOL_DIR.touch()
    monkeypatch.setattr(accept, "store", lambda *args, **kwargs: refuse())
    response = send(client)
    assert response.status_code == 503
    assert "Qzname Wvxmarker" in response.content.decode()
    assert "spool did not take" in log.getvalue()
    assert not [marker for marker in MARKERS if marker in log.getvalue().lower()]


def refuse():
    raise OperationalError(f"can't work on {TYPED}")


def test_a_draft_that_cannot_be_written_names_its_kind_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(files, "_write_through", lambda *args: (_ for _ in ()).throw(OSError(f"{TYPED}")))
    with pytest.raises(files.SpoolProblem, match="^OSError$"):
        files.write(tmp_path, "a", {}, b"", max_bytes=1000)
