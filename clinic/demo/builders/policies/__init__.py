"""The demo's policies: short, honest and marked as samples."""

from datetime import date

from clinic.core.models import PolicyIndexPage, PolicyPage

from . import accessibility, cookies, practices, privacy, terms, writing

EFFECTIVE_DATE = date(2026, 11, 1)
SAMPLE = "<p>This is a sample. A real clinic has this page written or checked by its attorney.</p>"
# Readers meet them in this order.
POLICIES = [privacy, practices, terms, accessibility, writing, cookies]


def build_policies(demo):
    """Add the policies that are missing."""
    index = demo.page(
        demo.pages["home"],
        PolicyIndexPage,
        "policies",
        title="Policies",
        summary="What we promise about your privacy, about this site and about what we write.",
        body=[("text", "<p>Each page says since when it holds. Earlier versions stay readable.</p>")],
        show_in_menus=True,
    )
    for policy in POLICIES:
        build_policy(demo, index, policy)


def build_policy(demo, index, policy):
    """Add one policy from its module."""
    demo.page(
        index,
        PolicyPage,
        policy.SLUG,
        title=policy.TITLE,
        summary=policy.SUMMARY,
        effective_date=EFFECTIVE_DATE,
        body=[("inset", {"text": SAMPLE}), *demo.sections(*policy.SECTIONS)],
        earlier_versions=getattr(policy, "EARLIER_VERSIONS", []),
    )
