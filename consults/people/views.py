"""People at the desk: the list, one person, inviting, and what waits for a second manager."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from consults import workflow
from consults.audited_views import AuditedMixin
from consults.enums import DeskRole
from consults.models import Decision, Invitation
from consults.permissions import can_manage_people
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem

from .away import shown_again
from .doors import PEOPLE, LookMixin, ManageMixin, back_to, carry_out
from .forms import InviteForm, ProfileForm, RoleForm, SwitchOffForm
from .listing import people_at_the_desk, person, profile_of
from .waiting import waiting

WAY = {"url": "/admin/people/", "label": "People at the desk"}


class PeopleView(LookMixin, View):
    """Everybody, who was invited, and what waits."""

    page_title = "People at the desk"
    breadcrumbs_items = ()
    template_name = "consults/people/index.html"

    def get(self, request):
        """Show them."""
        context = {
            "people": people_at_the_desk(),
            "invitations": Invitation.objects.open().exclude(role="").select_related("invited_by"),
            "decisions": waiting(),
            "may_manage": can_manage_people(request.user),
            "lacks_second": workflow.lacks_second_manager(),
            "asks_for_factors": settings.SECOND_FACTOR_REQUIRED,
            "starts_with_names": workflow.desk_starts_with_names(),
        }
        return self.show_page(context)


class InviteView(ManageMixin, View):
    """Inviting somebody."""

    page_title = "Invite somebody"
    breadcrumbs_items = (WAY,)
    template_name = "consults/people/invite.html"

    def get(self, request):
        """Show the form."""
        return self.show_page({"form": InviteForm(initial={"role": DeskRole.FRONT_DESK})})

    def post(self, request):
        """Send the invitation."""
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self.show_page({"form": form, "known": getattr(form, "known", None)}, status=422)
        try:
            workflow.invite(actor=request.user, **form.cleaned_data)
        # Somebody made an account with this address at this very moment.
        except workflow.InvalidTransition:
            return self.post(request)
        messages.success(request, "The invitation is on its way. It is good for 72 hours, and once.")
        return back_to()


class RevokeInvitationView(ManageMixin, View):
    """Taking an invitation back."""

    def post(self, request, pk):
        """Do it."""
        invitation = get_object_or_404(Invitation.objects.exclude(role=""), pk=pk)
        carry_out(
            request, "The link is good for nothing now.", workflow.revoke_invitation, invitation=invitation
        )
        return back_to()

    def page_of_it(self):
        """Come back to the list."""
        return reverse(PEOPLE)


class PersonView(ManageMixin, View):
    """One person, with everything that can be changed."""

    breadcrumbs_items = (WAY,)
    template_name = "consults/people/person.html"

    def get(self, request, pk):
        """Show it."""
        return self.show(found(pk))

    def show(self, user, status=200, **filled):
        """Show the page, with what somebody filled in wrongly."""
        self.page_title = user.get_username()
        at_desk, kept = person(user), workflow.profile_as_kept(profile_of(user))
        initial = {**kept, "locations": kept["locations"].split(), "seen": kept}
        context = {
            "person": at_desk,
            "held": [role for role in DeskRole if role.label in at_desk.roles],
            "not_held": [role for role in DeskRole if role.label not in at_desk.roles],
            "profile_form": ProfileForm(user=user, initial=initial),
            "off_form": SwitchOffForm(user=user),
            "requests": workflow.held_by(user).count(),
            "had_role": user.desk_grants.exists(),
            "decisions": waiting().filter(about=user),
            "may_manage": True,
            **filled,
        }
        return self.show_page(context, status)


def found(pk):
    """Return the account of a page."""
    return get_object_or_404(get_user_model(), pk=pk)


class PersonActionView(PersonView):
    """A form of that page. It is posted, so that no link does anything."""

    http_method_names = ("post",)
    form_class = RoleForm
    form_name = ""

    def page_of_it(self):
        """Come back to the person."""
        return reverse("consult_people:person", args=[self.kwargs["pk"]])

    def get_form(self, data, user):
        """Return the filled form."""
        return self.form_class(data)

    def post(self, request, pk):
        """Do it, or show what is missing."""
        user = found(pk)
        form = self.get_form(request.POST, user)
        if not form.is_valid():
            if self.form_name:
                return self.show(user, status=422, **{self.form_name: form})
            messages.error(request, "Nothing was done: what was sent does not fit. This is how it stands.")
            return back_to(pk)
        self.do(user, form.cleaned_data)
        return back_to(pk if can_manage_people(request.user) else None)


class GiveRoleView(PersonActionView):
    """Giving a role."""

    def do(self, user, data):
        """Give it, or ask for it."""
        said = f"{user.get_username()} has the role {DeskRole(data['role']).label} now."
        carry_out(self.request, said, workflow.give_role, user=user, role=data["role"])


class TakeRoleView(PersonActionView):
    """Taking a role."""

    def do(self, user, data):
        """Take it."""
        said = f"{user.get_username()} has the role {DeskRole(data['role']).label} no longer."
        carry_out(self.request, said, workflow.take_role, user=user, role=data["role"])


class ProfileView(PersonActionView):
    """What colleagues should know."""

    form_name = "profile_form"

    def get_form(self, data, user):
        """Offer those who can stand in."""
        return ProfileForm(data, user=user)

    def do(self, user, data):
        """Keep it."""
        said = "Kept. It gives no rights."
        carry_out(self.request, said, workflow.keep_profile, user=user, **data)

    def post(self, request, pk):
        """Keep it, or show what was kept meanwhile, with what somebody changed."""
        try:
            return super().post(request, pk)
        except workflow.StaleProfile:
            user = found(pk)
            form, now = self.get_form(request.POST, user), workflow.profile_as_kept(profile_of(user))
            form.full_clean()
            again = shown_again(ProfileForm, request.POST, user=user, seen=form.cleaned_data["seen"], now=now)
            return self.show(user, status=409, profile_form=again)


class SwitchOffView(PersonActionView):
    """Switching an account off."""

    form_name = "off_form"

    def get_form(self, data, user):
        """Offer those who can take over."""
        return SwitchOffForm(data, user=user)

    def do(self, user, data):
        """Switch it off."""
        said = f"{user.get_username()} can’t sign in any more."
        carry_out(self.request, said, workflow.switch_off, user=user, hand_to=data["hand_to"])


class LetInView(PersonActionView):
    """Switching an account on again."""

    def get_form(self, data, user):
        """Ask for nothing else."""
        return RoleForm({"role": DeskRole.FRONT_DESK})

    def do(self, user, data):
        """Switch it on."""
        said = f"{user.get_username()} can sign in again, and has no role yet."
        carry_out(self.request, said, workflow.let_in_again, user=user)


class GiveBackFactorView(PersonActionView):
    """Letting somebody begin anew who lost their second factor."""

    def get_form(self, data, user):
        """Ask for nothing else."""
        return RoleForm({"role": DeskRole.FRONT_DESK})

    def do(self, user, data):
        """Do it, or ask for it."""
        said = f"{user.get_username()} gets a link by mail for a new password, and adds a new second factor."
        carry_out(self.request, said, workflow.give_back_factor, user=user)


class DecisionActionView(AuditedMixin, View):
    """A button beside what waits."""

    def back(self):
        """Lead back to the page of the button, if it is one of ours."""
        to = self.request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(to, None) and to.startswith("/admin/")
        return redirect(to if is_ours else PEOPLE)


class AgreeView(ManageMixin, DecisionActionView):
    """The second manager's click."""

    def post(self, request, pk):
        """Do what was asked for."""
        decision = get_object_or_404(Decision, pk=pk)
        try:
            carry_out(request, f"Done: {decision.in_words}.", workflow.agree, decision=decision)
        except (EnvelopeProblem, KeyProblem):
            messages.error(
                request, "Nothing was done: the request can’t be opened. Tell whoever runs the site."
            )
        return self.back()

    def page_of_it(self):
        """Come back to the list."""
        return reverse(PEOPLE)


class TakeBackView(LookMixin, DecisionActionView):
    """Calling off what waits, for managers and auditors; signing in afresh would only hold them up."""

    def post(self, request, pk):
        """Do it."""
        decision = get_object_or_404(Decision, pk=pk)
        carry_out(request, "Called off. Owner and auditors are told.", workflow.take_back, decision=decision)
        return self.back()
