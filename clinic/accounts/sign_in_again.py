"""What was typed before a session ended is there again after signing in."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import MiddlewareNotUsed
from django.urls import reverse

from clinic.core.typed import is_of_admin, page_of, typed_in

from .views import ask_to_sign_in


class SignInAgainMiddleware:
    """Answers a form that came after the end of a session: nothing is lost, and ``next`` is a page to see."""

    def __init__(self, get_response):
        if settings.CONSULTS_ROLE == "intake":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method != "POST" or not self.leads_to_sign_in(response) or not is_of_admin(request.path):
            return response
        next_page = page_of(request.get_full_path())
        # What no page of ours sent has nobody to be given back to.
        if "csrfmiddlewaretoken" in request.POST and (typed := typed_in(request)):
            return ask_to_sign_in(request, typed, next_page=next_page)
        return redirect_to_login(next_page, login_url=reverse("wagtailadmin_login"))

    def leads_to_sign_in(self, response):
        """Whether Wagtail's admin asks somebody to sign in."""
        return response.get("Location", "").startswith(f"{reverse('wagtailadmin_login')}?")
