"""Nobody but the site itself hears of a visit, and the browser has nothing to complain about."""

ADMIN_SCREENS = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/snippets/",
    "/admin/redirects/",
    "/admin/reports/site-history/",
    "/admin/users/",
    "/admin/groups/",
    "/admin/account/",
]


def test_public_pages_speak_to_the_site_alone(visit, crawl):
    window = visit()
    for path in crawl.pages:
        window.go(path)
    assert window.strangers == set()
    assert window.complaints == []
