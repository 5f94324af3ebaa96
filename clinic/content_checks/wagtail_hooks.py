"""What the content checks register with Wagtail."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem

from .findings import serious_findings_of
from .user_bar import HouseChecksItem

SUBMIT = "action-submit"
GOES_ALONG = "The reviewer sees what the checks found, and may ask you to mend it:"


@hooks.register("construct_wagtail_userbar")
def check_by_our_list(request, items, page):
    """Put our checks in the place of Wagtail's, which they contain."""
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[number] = HouseChecksItem(page, in_editor=item.in_editor)


@hooks.register("insert_global_admin_js")
def lead_to_places():
    """Let a row above the fields lead to its place."""
    return format_html('<script src="{}" defer></script>', static("js/admin/content_places.js"))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_on_submit(request, page):
    """Tell whoever submits a page what its reviewer will see."""
    if SUBMIT not in request.POST:
        return
    found = serious_findings_of(page.get_latest_revision_as_object())
    if found:
        rows = format_html_join("", "<li>{}</li>", ((finding.sentence,) for finding in found[:10]))
        messages.warning(request, format_html("{}<ul>{}</ul>", GOES_ALONG, rows))
