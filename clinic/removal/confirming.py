"""What stands between a slip and a page that is gone: hooks around Wagtail's own pages that ask."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from clinic.core.removed_pages import is_removed

from .bulk_actions import until
from .leading_here import leading_to
from .pillars import is_confirmed, is_home, why_it_matters
from .removing import remove

TYPE_IT = "Nothing was changed. Type the title of the page, as it stands above the field, to go on."
AWAY = "“{}” was removed. Restore it here first."


def ask_and_remove(request, page):
    """Show our own question instead of Wagtail's, and remove instead of deleting."""
    if away := send_to_removed(request, page):
        return away
    why = why_it_matters(page)
    if request.method == "POST" and not is_home(page):
        if not why or is_confirmed(request, page):
            return _removed(request, page)
        messages.error(request, TYPE_IT)
    return TemplateResponse(
        request,
        "removal/confirm_remove.html",
        {
            "page": page,
            "why": why,
            "is_home": is_home(page),
            "below": page.get_descendant_count(),
            "next": get_valid_next_url_from_request(request),
            "until": until(timezone.now()),
        },
    )


def _removed(request, page):
    parent, below, title = page.get_parent(), page.get_descendant_count(), page.get_admin_display_title()
    remove(page, request.user)
    with_below = f" with {below} page{'' if below == 1 else 's'} below it" if below else ""
    button = messages.button(reverse("removed_pages"), "Removed pages")
    messages.success(request, f"“{title}” was removed{with_below}. {until(timezone.now())}", buttons=[button])
    next_url = get_valid_next_url_from_request(request)
    return redirect(next_url) if next_url else redirect("wagtailadmin_explore", parent.pk)


def refuse_slip(request, page, *others):
    """Before unpublishing or moving: refuse the home page, and a pillar without its title typed."""
    if away := send_to_removed(request, page, *others):
        return away
    why = why_it_matters(page)
    if not why or (request.method != "POST" and not is_home(page)):
        return None
    if is_home(page):
        messages.error(request, why)
        return redirect("wagtailadmin_pages:edit", page.pk)
    if not is_confirmed(request, page):
        messages.error(request, TYPE_IT)
        return redirect(request.get_full_path())
    return None


def send_to_removed(request, page, *others):
    """Lead whoever wants to do something with a removed page to where it can come back."""
    for one in (page, *others):
        # Some hooks hand over a kind of page as well.
        if isinstance(one, Page) and one.path and is_removed(one):
            messages.warning(request, AWAY.format(one.title))
            return redirect("removed_pages")
    return None


def send_several_to_removed(request, action_type, pages, action):
    """The same for several at once, and for the place that they are to be moved to."""
    form = getattr(action, "cleaned_form", None)
    destination = form.cleaned_data.get("chooser") if form and action_type == "move" else None
    return send_to_removed(request, *pages, destination) if pages else None


def warn_before_it_goes(request, page):
    """After a day to go was set: say what leads to the page until then."""
    if "expire_at" not in request.POST or not page.expire_at or page.expire_at < timezone.now():
        return
    leading = leading_to([page], with_children=False)
    if leading:
        day = date_format(timezone.localtime(page.expire_at), "DATE_FORMAT")
        places = "; ".join(dict.fromkeys(row.title for row in leading.rows)) or "the menu or a redirect"
        messages.warning(request, f"On {day} this page goes. Until then it is linked from: {places}.")
