"""What previews show of a page as it is found."""

from base64 import b64encode
from urllib.parse import urlsplit

from django import template
from django.conf import settings

from clinic.core.facts import read_facts
from clinic.core.share_cards.cards import clinic_card, picture_card_of, title_card_of
from clinic.core.share_cards.keeping import picture_of

register = template.Library()

# About what search engines show of each before they cut (characters).
TITLE_SHOWN, TEXT_SHOWN = 60, 155


@register.simple_tag
def as_found(page):
    """Return what a search shows of a page, and whether it cuts: ``{% as_found page as found %}``."""
    title = f"{page.seo_title or page.title} – {read_facts().name}"
    text = page.meta_description
    return {
        "place": [urlsplit(settings.SITE_URL).netloc, *filter(None, (page.url or "").split("/"))],
        "title": title,
        "text": text,
        "cuts_title": len(title) > TITLE_SHOWN,
        "cuts_text": len(text) > TEXT_SHOWN,
        "title_shown": TITLE_SHOWN,
        "text_shown": TEXT_SHOWN,
    }


@register.simple_tag
def drawn_card(page):
    """Return address and words of the picture that goes with a shared link, drawn now: readers have none."""
    own = [(picture_card_of(one), one.picture) for one in page.share_pictures.all()]
    for card, picture in [*own, (title_card_of(page), None), (clinic_card(), None)]:
        if content := picture_of(card, picture):
            return {
                "url": f"data:{card.content_type};base64,{b64encode(content).decode()}",
                "alt": card.alt,
            }
    return None
