"""Get help now: the two numbers first, in both languages, and each leads to the other."""

import pytest

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("address", "heading"), [("/get-help-now/", "Get help now"), ("/get-help-now/es/", "Ayuda ahora mismo")]
)
def test_it_begins_with_911_and_988(client, db, address, heading):
    html = client.get(address).content.decode()
    main = html[html.index("<main") :]
    assert heading in main
    assert main.index('href="tel:911"') < main.index('href="tel:988"') < main.index("weather.gov")


def test_the_spanish_page_speaks_spanish_and_leads_to_the_english_one(client, db):
    html = client.get("/get-help-now/es/").content.decode()
    assert '<html lang="es">' in html
    assert "Llame al 911 si alguien está en peligro ahora" in html
    assert 'href="/get-help-now/" hreflang="en"' in html
    assert "This clinic" not in html


def test_whoever_reads_spanish_is_led_to_the_spanish_page(client, db):
    html = client.get("/consultation/es/").content.decode()
    assert 'href="/get-help-now/es/"' in html
    assert 'href="/get-help-now/"' not in html
