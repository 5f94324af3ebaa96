"""Signing in and out. What somebody had typed when their session was over is back after signing in."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from wagtail.admin.views.account import LogoutView

from clinic.core.typed import answers_get, is_of_admin, page_of, typed_from, typed_in

from . import signed_in
from .begun import forget_outdated
from .factors import take_code
from .forms import CodeAgainForm, CodeForm, PasswordAgainForm, SignInForm

FORBIDDEN = 403


class TypedMixin:
    """A step of signing in that carries along what was typed, and offers it at the end."""

    @property
    def typed(self):
        """What came with the form of the step before."""
        return typed_from(self.request.POST.get("typed", ""))

    def get_context_data(self, **kwargs):
        """Keep what was typed, also after a wrong password or code."""
        return {"typed": self.typed, **super().get_context_data(**kwargs), **kwargs}

    def form_valid(self, form):
        """Offer to send what was typed; it isn't sent unasked, since somebody else may have signed in."""
        response = super().form_valid(form)
        if self.typed and self.request.user.is_authenticated:
            return offer_again(self.request, self.typed, status=200)
        return response


class SignInView(TypedMixin, LoginView):
    """Name and password, or a passkey alone; it leads to a page that can be shown."""

    def dispatch(self, request, *args, **kwargs):
        """Let who has no way into the admin sign in as somebody else, instead of going in a circle."""
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            return not_kept(render(request, "account/no_access.html", status=FORBIDDEN))
        forget_outdated(request)
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self):
        """Lead to the page of an address that only takes forms."""
        address = super().get_success_url() or reverse("wagtailadmin_home")
        if is_of_admin(address) and answers_get(address.partition("?")[0]) is False:
            return page_of(address)
        return address

    def form_valid(self, form):
        """Show the second step in this very answer where something was typed: a redirect would lose it."""
        response = super().form_valid(form)
        stage = self.typed and get_pending_stage(self.request)
        return CodeView().show_first(self.request, stage) if stage else response


class PasskeySignInView(TypedMixin, LoginWebAuthnView):
    """A passkey instead of name, password and code."""

    def form_invalid(self, form):
        """Say it on the page to sign in, with what was typed."""
        signed_in.note_wrong_passkey(self.request)
        form = SignInForm(request=self.request)
        problem = "That passkey is not known here. Sign in with your password, or call us."
        return show_sign_in(self.request, form, typed=self.typed, problem=problem)


class CodeView(TypedMixin, AuthenticateView):
    """The second step: a passkey, or a code."""

    def dispatch(self, request, *args, **kwargs):
        """Lead back to the first where it counts no more."""
        forget_outdated(request)
        return super().dispatch(request, *args, **kwargs)

    def show_first(self, request, stage):
        """Show the step behind a form that was sent to another address."""
        self.setup(request)
        self.stage = stage
        user = stage.login.user
        self.auth_form, self.webauthn_form = CodeForm(user=user), AuthenticateWebAuthnForm(user=user)
        return not_kept(self.render_to_response(self.get_context_data()))


class AgainView(TypedMixin, ReauthenticateView):
    """Showing again that it is you: by password, passkey or code, whichever is at hand."""

    def get_context_data(self, **kwargs):
        """Add the ways that this account has beside the password."""
        context = super().get_context_data(**kwargs)
        kinds = set(Authenticator.objects.filter(user=self.request.user).values_list("type", flat=True))
        if Authenticator.Type.WEBAUTHN in kinds:
            context["passkey_options"] = {"request_options": begin_authentication(self.request.user)}
        if Authenticator.Type.TOTP in kinds:
            context["code_form"] = CodeAgainForm(user=self.request.user)
        return context


class CodeAgainView(TypedMixin, ReauthenticateByCodeView):
    """A code instead of the password."""


class PasskeyAgainView(TypedMixin, ReauthenticateWebAuthnView):
    """A passkey instead of the password."""

    def get(self, request, *args, **kwargs):
        """Lead to the page with all ways."""
        return redirect(self.passthrough_next_url(reverse("account_reauthenticate")))

    def form_invalid(self, form):
        """Say it there, with what was typed."""
        return show_again(self.request, typed=self.typed, problem="That passkey is not yours, or too old.")


class AddAppView(ActivateTOTPView):
    """An app for codes. Whoever adds it has shown a code of it."""

    def form_valid(self, form):
        """Let this session count as one with a second factor, and that code as used."""
        response = super().form_valid(form)
        factor = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        take_code(self.request.user, form.cleaned_data["code"])
        note_factor_shown(self.request, factor)
        return response


class AddPasskeyView(AddWebAuthnView):
    """A passkey. Whoever adds it has used it."""

    def form_valid(self, form):
        """Let this session count as one with a second factor."""
        response = super().form_valid(form)
        passkeys = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        note_factor_shown(self.request, passkeys.latest("pk"))
        return response


class RemovePasskeyView(RemoveWebAuthnView):
    """Take a passkey away, unless it is the only factor where one is asked for."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form):
        """Refuse to take the last one."""
        adapter = get_adapter()
        if adapter.can_delete_authenticator(self.object):
            return super().form_valid(form)
        messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect(self.success_url)


class RenamePasskeyView(EditWebAuthnView):
    """Another name for a passkey."""

    success_url = reverse_lazy("mfa_index")


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
    return show_sign_in(
        request, SignInForm(request=request), typed=typed, was_refused=True, next_page=next_page
    )


def show_sign_in(request, form, *, next_page="", **context):
    """Answer another address with the form to sign in."""
    view = SignInView()
    view.setup(request)
    context = {**view.get_context_data(form=form), **context}
    context["redirect_field_value"] = next_page or context["redirect_field_value"]
    return not_kept(render(request, view.template_name, context, status=FORBIDDEN))


def show_again(request, *, typed, problem=""):
    """Answer another address with the page that asks somebody to show again who they are."""
    view = AgainView()
    view.setup(request)
    form = PasswordAgainForm(user=request.user)
    context = {**view.get_context_data(form=form), "typed": typed, "problem": problem}
    return not_kept(render(request, view.template_name, context, status=FORBIDDEN))


def note_factor_shown(request, factor):
    """Remember that whoever is signed in showed this factor just now."""
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)


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
