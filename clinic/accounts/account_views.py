"""The pages on which staff get another password or another address."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from django.views.generic.edit import FormView

from clinic.core.networks import visitor_network

from . import email_change, fresh, mailing
from .account_forms import HINT, ForgottenForm, NewAddressForm, NewPasswordForm
from .guessing import WRONG_LINKS
from .known_devices import remember_after
from .mailing import Kind
from .new_password import give_password
from .reset import ask_for_reset, reset_password

GONE, BUSY = 410, 429


class NotKeptMixin:
    """Keeps the page out of every cache, and its address, perhaps the link of a mail, from other sites."""

    def dispatch(self, request, *args, **kwargs):
        """Answer, with these headers."""
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "same-origin"
        return response


class FreshMixin:
    """For somebody who signed in a moment ago."""

    @method_decorator(login_required)
    def dispatch(self, request, *args, **kwargs):
        """Ask first."""
        if not fresh.is_fresh(request):
            return fresh.ask_first(request)
        return super().dispatch(request, *args, **kwargs)


class LinkMixin:
    """For whoever has the link of a mail. What is none says so, and too many of them are not looked at."""

    kinds = ()

    def dispatch(self, request, *args, **kwargs):
        """Find the mail of the link."""
        self.token = request.POST.get("token") or request.GET.get("token", "")
        self.mail = mailing.found(self.token, *self.kinds)
        if self.mail is None:
            return self.refuse()
        try:
            return super().dispatch(request, *args, **kwargs)
        except mailing.LinkGone:
            return self.refuse()

    def refuse(self):
        """Say that the link is none, or counts no more."""
        if not WRONG_LINKS.has_room(visitor_network(self.request)):
            return HttpResponse("Too many links that are none. Wait a quarter of an hour.", status=BUSY)
        self.template_name = "account/link_gone.html"
        return self.render_to_response({"is_reset": Kind.RESET in self.kinds}, status=GONE)

    def get_context_data(self, **kwargs):
        """Hand the link on to the form, and what it is about to the page."""
        return {"token": self.token, "mail": self.mail, **super().get_context_data(**kwargs)}


class ForgottenView(NotKeptMixin, FormView):
    """A link for whoever forgot a password; it says the same for everybody."""

    template_name = "account/forgotten.html"
    form_class = ForgottenForm

    def form_valid(self, form):
        """Let the link go out, if there is an account."""
        ask_for_reset(self.request, form.cleaned_data["login"].strip())
        return redirect("account_reset_password_done")


class LinkSentView(NotKeptMixin, TemplateView):
    """What happens now."""

    template_name = "account/link_sent.html"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ResetView(NotKeptMixin, LinkMixin, FormView):
    """The new password of whoever has the link. It signs nobody in."""

    template_name = "account/new_password.html"
    form_class = NewPasswordForm
    kinds = (Kind.RESET,)
    extra_context = {"hint": HINT}

    def get_form_kwargs(self):
        """Judge the password as one of this person."""
        return {**super().get_form_kwargs(), "user": self.mail.user}

    def form_valid(self, form):
        """Set it, and know this browser from now on: whoever has the mailbox may try the password here."""
        user = reset_password(self.mail, form.cleaned_data["password1"])
        remember_after(self.request, user)
        messages.success(self.request, "You have a new password. Sign in with it.")
        return redirect("account_login")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordView(NotKeptMixin, FreshMixin, FormView):
    """Another password for whoever is signed in; this session goes on, all others end."""

    template_name = "account/password.html"
    form_class = NewPasswordForm
    extra_context = {"hint": HINT}

    def get_form_kwargs(self):
        """Judge the password as one of this person."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    @transaction.atomic
    def form_valid(self, form):
        """Set it."""
        request, user = self.request, self.request.user
        new = form.cleaned_data["password1"]
        give_password(user, new, actor=user, how="by its holder", keep=request.session)
        update_session_auth_hash(request, user)
        remember_after(request, user)
        messages.success(request, "You have a new password. Elsewhere you are signed in no more.")
        return redirect("wagtailadmin_account")


class AddressView(NotKeptMixin, FreshMixin, FormView):
    """Another address: both mailboxes are asked."""

    template_name = "account/address.html"
    form_class = NewAddressForm

    def get_form_kwargs(self):
        """Compare with the address there is."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        """Show what still waits."""
        waiting = email_change.waiting_change(self.request.user)
        return {"waiting": waiting, **super().get_context_data(**kwargs)}

    def form_valid(self, form):
        """Ask both."""
        try:
            email_change.ask_for_change(self.request.user, form.cleaned_data["email"])
        except email_change.AddressTaken:
            form.add_error("email", "Another account has this address. Use one that only you read.")
            return self.form_invalid(form)
        return redirect(self.request.path)


class AddressAnswerView(NotKeptMixin, LinkMixin, TemplateView):
    """What a mailbox says to it. Looking at the page says nothing: programs that read mail do that too."""

    template_name = "account/address_answer.html"
    kinds = (Kind.EMAIL_OLD, Kind.EMAIL_NEW)

    def get_context_data(self, **kwargs):
        """Say which mailbox it is."""
        return {"is_old": self.mail.kind == Kind.EMAIL_OLD, **super().get_context_data(**kwargs)}

    def post(self, request):
        """Agree, or stop it from the old mailbox."""
        if self.mail.kind == Kind.EMAIL_OLD and "stop" in request.POST:
            email_change.stop(self.mail)
            return self.say("stopped")
        try:
            is_done = email_change.agree(self.mail)
        except email_change.AddressTaken:
            return self.say("taken")
        return self.say("done" if is_done else "waits")

    def say(self, what):
        """Show what came of it."""
        self.template_name = "account/address_said.html"
        return self.render_to_response({"said": what, "change": self.mail.change})
