"""Building the whole demo, in an order in which every link has its target."""

from clinic.core.facts import publish_facts
from clinic.core.site_address import follow_site_url

from .blog import build_blog
from .clinic_settings import build_clinic_settings, name_privacy_notice
from .comparison import build_comparison, fill_comparison
from .demo import Demo
from .documents import build_documents
from .fees import build_fees, fill_fees
from .first_visit import build_first_visit
from .home import build_home, fill_home
from .locations import build_locations
from .pictures import build_pictures
from .policies import build_policies
from .questions import build_questions, build_questions_page
from .snippets import build_snippets
from .team import build_team
from .treatments import build_treatments, fill_treatments

# What a page links to is built before it. Where two pages link to each other, one is filled later.
BUILDERS = [
    build_pictures,
    build_documents,
    build_home,
    build_clinic_settings,
    build_snippets,
    build_team,
    build_locations,
    build_fees,
    build_policies,
    name_privacy_notice,
    build_treatments,
    build_first_visit,
    build_comparison,
    build_questions,
    build_questions_page,
    build_blog,
    fill_treatments,
    fill_comparison,
    fill_fees,
    fill_home,
]
MENU_ORDER = ["treatments", "blog", "team", "locations", "questions", "fees", "policies"]


def build_site():
    """Build what is missing of the demo and return it."""
    demo = Demo()
    is_first_run = not demo.has_home()
    # Another port means another address.
    follow_site_url()
    for build in BUILDERS:
        build(demo)
    if is_first_run:
        put_in_order(demo)
    publish_facts()
    return demo


def put_in_order(demo):
    """Bring the sections into the order of the menu; later, an editor's order stays."""
    for slug in MENU_ORDER:
        demo.pages[slug].move(demo.pages["home"], pos="last-child")
        demo.pages[slug].refresh_from_db()
