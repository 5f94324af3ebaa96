"""Signing in and out. What somebody had typed when their session was over is back after signing in."""

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from wagtail.admin.views.account import LoginView, LogoutView

from clinic.core.typed import answers_get, is_of_admin, page_of, typed_from, typed_in

FORBIDDEN = 403


class SignInView(LoginView):
    """Wagtail's own, which leads to a page that can be shown and carries along what was typed."""

    def get_redirect_url(self):
        """Lead to the page of an address that only takes forms."""
        address = super().get_redirect_url()
        if is_of_admin(address) and answers_get(address.partition("?")[0]) is False:
            return page_of(address)
        return address

    def get_context_data(self, **kwargs):
        """Keep what was typed, also after a wrong password."""
        typed = typed_from(self.request.POST.get("typed", ""))
        return super().get_context_data(**{"typed": typed, **kwargs})

    def form_valid(self, form):
        """Offer to send what was typed; it isn't sent unasked, since somebody else may have signed in."""
        response = super().form_valid(form)
        typed = typed_from(self.request.POST.get("typed", ""))
        return offer_again(self.request, typed, status=200) if typed else response


@method_decorator(never_cache, name="dispatch")
class SignOutView(LogoutView):
    """Wagtail's own, which on GET forgets the cookie and leaves the session alive: here it asks first."""

    def dispatch(self, request, *args, **kwargs):
        """Ask before a session ends, and end it on the server."""
        if request.method == "POST":
            return super().dispatch(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "POST"])
        if not request.user.is_authenticated:
            return redirect("wagtailadmin_login")
        return render(request, "wagtailadmin/sign_out.html")


def ask_to_sign_in(request, typed, *, next_page):
    """Answer with the form to sign in, which holds what was typed."""
    view = SignInView()
    view.setup(request)
    context = view.get_context_data(form=view.get_form_class()(request), typed=typed, was_refused=True)
    context["next"] = next_page
    return not_kept(render(request, view.template_name, context, status=FORBIDDEN))


def offer_again(request, typed, *, status):
    """Show what was typed with a form that sends it again, from a page of our own."""
    page = page_of(typed.address if typed else request.get_full_path())
    context = {"typed": typed, "page": page, "is_signed_in": status != FORBIDDEN}
    return not_kept(render(request, "wagtailadmin/send_again.html", context, status=status))


def csrf_failure(request, reason=""):
    """Answer a form that is too old, or came from another site: nothing was done, and nothing is lost."""
    typed = typed_in(request)
    if settings.CONSULTS_ROLE == "intake" or not is_of_admin(request.path):
        return not_kept(render(request, "403_csrf.html", {"typed": typed}, status=FORBIDDEN))
    if request.path == reverse("wagtailadmin_login"):
        carried = typed and typed_from(request.POST.get("typed", ""))
        return ask_to_sign_in(request, carried, next_page=reverse("wagtailadmin_home"))
    if not request.user.is_authenticated:
        return ask_to_sign_in(request, typed, next_page=page_of(request.get_full_path()))
    return offer_again(request, typed, status=FORBIDDEN)


def not_kept(response):
    """Keep an answer out of every cache, and its address from other sites."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "same-origin"
    return response
