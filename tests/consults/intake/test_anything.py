"""Ten thousand forms that no person would send: each is stored, answered with an error, or shown out.

A thousand go through the view and into the database. Nine thousand more go through the form, the
sealing and the opening, which is where the contents could suffer, without a database.
"""

import random

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from clinic.core.typed_text import clean_email, clean_text
from consults.intake.eligibility import exit_for
from consults.intake.page_form import PatientForm
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import ConsultRequest
from consults.sealing.envelope import open_envelope
from consults.sealing.keys import parse_sealing_keys
from tests.factories.forms import form_data

pytestmark = [pytest.mark.once, pytest.mark.long]

# A list of every kind of character: ASCII, controls, each plane, surrogates, direction marks, joiners.
SPANS = [
    (0x20, 0x7E), (0x00, 0x1F), (0x7F, 0xFF), (0x100, 0xD7FF), (0xD800, 0xDFFF), (0xE000, 0xFFFF),
    *((plane << 16, (plane << 16) + 0xFFFF) for plane in range(1, 17)),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x300, 0x36F), (0x1F600, 0x1F64F),
]  # fmt: skip
FRAGMENTS = [
    "\r\nBcc: a@b.example\r\n", "\n", "\r", "\x00", "=HYPERLINK(1)", "+1", "-1", "@SUM", "\t=1", "<script>",
    "'; DROP TABLE", "{{ 7*7 }}", "{% now %}", "%00", "%s%n", "\ufeff", "\u200b", "../../etc", "a" * 300,
]  # fmt: skip
HEADERS = ["Referer", "X-Forwarded-For", "User-Agent", "Cookie", "Accept-Language"]
BODIES = 1000
FORMS = 9000


def some_text(chance):
    """Return a text of any characters, short or huge."""
    parts = []
    for _ in range(chance.choice([0, 1, 1, 1, 2, 5])):
        if chance.random() < 0.3:
            parts.append(chance.choice(FRAGMENTS))
        else:
            low, high = chance.choice(SPANS)
            parts.append(chr(chance.randint(low, high)) * chance.choice([1, 1, 1, 3]))
    return "".join(parts)


def some_form(chance):
    """Return a form of which some fields are well filled in and some hold anything, or several values."""
    data = form_data(phone=f"(555) 555-{chance.randint(0, 9999):04}")
    for name in chance.sample(sorted(data), chance.choice([0, 1, 1, 2, 4, len(data)])):
        data[name] = [some_text(chance) for _ in range(chance.choice([1, 1, 1, 1, 2, 9]))]
    # What is left open by most, and may hold anything in earnest.
    for name in ("name", "needs", "note"):
        if chance.random() < 0.6:
            data[name] = some_text(chance)
    return data


def as_posted(data):
    """Return a form as Django hands it to a view."""
    fields = QueryDict(mutable=True)
    for name, values in data.items():
        fields.setlist(name, values if isinstance(values, list) else [values])
    return fields


def encoded(data):
    """Return a form as bytes the way a careless script does it: lone surrogates as they are."""
    pairs = [(n, v) for n, values in data.items() for v in (values if isinstance(values, list) else [values])]
    return b"&".join(quoted(n) + b"=" + quoted(v) for n, v in pairs)


def quoted(text):
    return b"".join(b"%%%02X" % byte for byte in str(text).encode("utf-8", "surrogatepass"))


def opened(request_or_sealed):
    keys = parse_sealing_keys(django_settings.CONSULTS_SEALING_PRIVATE_KEYS)
    return open_envelope(
        request_or_sealed.envelope, reference=request_or_sealed.reference, private_keys=keys
    )[0]


def as_typed(fields):
    """Return the texts of a form after what the site does to every text."""
    phone, email = ("second_phone", "email") if fields["way"] == "email" else ("phone", "second_email")
    typed = {"name": "name", "phone": phone, "needs": "needs", "note": "note"}
    # The form's own fields take off blanks at both ends.
    texts = {name: clean_text(fields.get(asked, "")).strip() for name, asked in typed.items()}
    return {**texts, "email": clean_email(clean_text(fields.get(email, "")).strip())}


def test_forms_of_anything_come_out_as_they_went_in():
    chance = random.Random(1)  # noqa: S311
    kept = 0
    for _ in range(FORMS):
        fields = as_posted(some_form(chance))
        form = PatientForm(fields)
        if exit_for(fields) or not form.is_valid():
            continue
        kept += 1
        contents = opened(submission_from(form, token=FormToken(), locale="en").sealed())
        assert {name: contents[name] for name in as_typed(fields)} == as_typed(fields)
    assert kept > FORMS / 10


@pytest.mark.django_db
def test_bodies_of_anything_are_answered(client):
    chance = random.Random(2)  # noqa: S311
    statuses = set()
    for _ in range(BODIES):
        body, content_type = some_body(chance)
        response = client.generic(
            "POST", "/consultation/", body, content_type=content_type, headers=some_headers(chance)
        )
        statuses.add(response.status_code)
        assert response.status_code in (200, 303, 413, 422), response.status_code
        if response.status_code == 413:
            assert "not been sent" in response.content.decode()
    assert statuses >= {303, 413, 422}
    for request in ConsultRequest.objects.all():
        assert opened(request)["age"] == "adult"


def some_body(chance):
    """Return bytes and what they claim to be: a form, a broken one, or anything else."""
    data = some_form(chance)
    body, content_type = encoded(data), "application/x-www-form-urlencoded"
    match chance.randint(0, 9):
        case 0:
            body = body[: chance.randint(0, len(body))]
        case 1:
            content_type += f"; charset={chance.choice(['utf-7', 'utf-16', 'latin-1', 'no-such', 'x' * 200])}"
        case 2:
            body, content_type = multipart(data, chance), "multipart/form-data; boundary=edge"
        case 3:
            content_type = chance.choice(["", "text/plain", "application/json", "multipart/form-data"])
        case 4:
            body += b"&note=" + b"x" * chance.choice([1000, 60_000, 70_000])
        case 5:
            body += b"&a=b" * chance.choice([10, 3000])
    return body, content_type


def multipart(data, chance):
    """Return a body of parts, some of them broken, one of them perhaps a file."""
    parts = [
        b'--edge\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (name.encode(), str(value).encode("utf-8", "replace"))
        for name, value in data.items()
    ]
    if chance.random() < 0.5:
        parts.append(b'--edge\r\nContent-Disposition: form-data; name="note"; filename="a.exe"\r\n\r\nMZ\r\n')
    whole = b"".join(parts) + b"--edge--\r\n"
    return whole[: chance.choice([len(whole), chance.randint(0, len(whole))])]


def some_headers(chance):
    """Return headers as a script may set them, as far as a server lets them pass."""
    name = chance.choice(HEADERS)
    return {name: "".join(c for c in some_text(chance) if 32 <= ord(c) < 127)[:500]}


@pytest.mark.django_db
def test_a_file_is_taken_by_nobody(client, settings, tmp_path):
    settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    file = SimpleUploadedFile("letter.pdf", b"%PDF Qzfilemarker")
    response = client.post("/consultation/", {**form_data(), "note": file, "letter": file})
    assert response.status_code == 303
    assert list(tmp_path.rglob("*")) == []
    contents = opened(ConsultRequest.objects.get())
    assert contents["note"] == ""
    assert "Qzfilemarker" not in str(contents)
