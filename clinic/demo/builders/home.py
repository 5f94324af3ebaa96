"""The demo's front door."""

from wagtail.models import Page, Site

from clinic.core.models import HomePage

from .first_visit import views

STEPS = [
    {
        "title": "You write or call",
        "text": "A name and one way to reach you are enough. We ask nothing medical on the form.",
    },
    {
        "title": "We call you back",
        "text": "The front desk talks with you for about 15 minutes, at no charge. You ask, we answer.",
    },
    {
        "title": "You meet a clinician",
        "text": "They ask about your health and tell you what is known, what isn't, and what else there is.",
    },
    {
        "title": "You decide",
        "text": "Treatment starts only if you and the clinician both think it makes sense. You can stop"
        " at any time.",
    },
]
NOT_FOR = [
    "start if your blood pressure is high and not under control",
    "start if you live with psychosis or mania",
    "start if you are pregnant or breastfeeding",
    "start if you are under 18; we treat adults only",
    "stop care that helps you now",
]


def build_home(demo):
    """Put the home page at the root, in place of the one that comes with Wagtail."""
    home = HomePage.objects.first()
    if home is None:
        home = replace_welcome(demo, Page.get_first_root_node())
    demo.pages["home"] = home


def replace_welcome(demo, root):
    """Make our home page and take away Wagtail's."""
    welcome = root.get_children().filter(slug="home").first()
    # The other page still holds the slug "home".
    home = demo.page(root, HomePage, "summit", **opening())
    demo.pages.pop("summit")
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home})
    if welcome is not None:
        welcome.delete()
    return home


def opening():
    """Return what the top of the home page says."""
    return {
        "title": "Home",
        "seo_title": "Ketamine treatment, with time for your questions",
        "summary": "Ketamine treatment for adults, with its limits and risks said plainly. Ask first: the"
        " call costs nothing.",
        "hero_heading": "Ketamine treatment, with time for your questions",
        "hero_text": "We treat adults with depression, by infusion or injection. Before you decide, we"
        " tell you what is known, what isn't, and what can go wrong.",
        "hero_note": "Every treatment starts with a clinician's evaluation.",
    }


def fill_home(demo):
    """Tell the home page's story, now that everything it shows is there."""
    action = {
        "heading": "Start with a call",
        "text": "It takes about 15 minutes and costs nothing. You decide what comes next.",
        "label": "Request A Consultation",
        "page": None,
    }
    not_for = {"kind": "dont", "heading": "It isn't for everyone", "items": NOT_FOR}
    demo.fill(
        "home",
        body=[
            ("steps", {"heading": "How it works", "steps": STEPS}),
            children(
                demo,
                "treatments",
                "What we offer",
                "Each page tells what is known, and the risks.",
                more="All treatments",
            ),
            ("look", {"heading": "What a visit is like", "views": views("door", "chair", "ride")}),
            ("statement", demo.statements["standing-line"]),
            ("do_list", not_for),
            children(
                demo,
                "team",
                "Who looks after you",
                "Roles of a sample team: there are no real people here.",
                more="Everybody in the team",
            ),
            children(demo, "locations", "Where we are", "", more="All locations"),
            ("newest_posts", {"heading": "Newly written", "limit": 3, "more": "All posts"}),
            demo.faqs("What people ask first", "off-label", "alone", "drive-home", "insurance"),
            ("action", action),
        ],
    )


def children(demo, slug, heading, introduction, more):
    """Return a block with cards for the pages below a page."""
    page = demo.pages[slug]
    return (
        "child_pages",
        {"heading": heading, "introduction": introduction, "page": page, "limit": 3, "more": more},
    )
