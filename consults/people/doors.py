"""The doors of these pages: for managers, partly for auditors, and only for whoever signed in just now."""

from django.contrib import messages
from django.shortcuts import redirect

from clinic.accounts import fresh
from consults import workflow
from consults.admin_pages import PageMixin
from consults.audited_views import AuditedMixin
from consults.permissions import can_manage_people, can_take_back

PEOPLE = "consult_people:index"
NOT_SAVED = "Nothing was done. "
REFUSED = {
    workflow.LastManager: "There would be no manager left. Make somebody else a manager first.",
    workflow.SamePerson: "You asked for it yourself: it takes a second manager.",
    workflow.NotSettled: (
        "It takes two managers whose accounts, roles and second factors are older than a day. "
        "One of you is not there yet."
    ),
    workflow.StaleRequest: "A colleague changed one of the requests at this very moment. Try again.",
    workflow.InvalidTransition: "It is not possible any more as things stand now. Look at the list again.",
}


class LookMixin(AuditedMixin, PageMixin):
    """For managers, and for auditors, who look and take back."""

    is_allowed = staticmethod(can_take_back)
    forbidden_template = "consults/people/forbidden.html"


class ManageMixin(LookMixin):
    """For managers who signed in within the last quarter of an hour."""

    is_allowed = staticmethod(can_manage_people)

    def dispatch(self, request, *args, **kwargs):
        """Ask to sign in afresh before anything is typed; whoever may not come in anyway is told that."""
        if can_manage_people(request.user) and not fresh.is_fresh(request):
            return fresh.ask_first(request, back_to=self.page_of_it())
        return super().dispatch(request, *args, **kwargs)

    def page_of_it(self):
        """Return the address of a page to come back to; a form alone is none."""
        return self.request.get_full_path()


def carry_out(request, said, deed, **values):
    """Do something, and say how it went; return whether it was done or asked for.

    Raises NotAllowed, AuditProblem: the role may be gone since the page was shown.
    """
    try:
        done = deed(actor=request.user, **values)
    except (workflow.InvalidTransition, workflow.StaleRequest) as problem:
        messages.error(request, NOT_SAVED + REFUSED.get(type(problem), REFUSED[workflow.InvalidTransition]))
        return False
    tell(request, said, done)
    return True


def tell(request, said, done):
    """Say what was done, or until when it waits."""
    undone = done.undone if done else ()
    if workflow.Undone.DECIDING in undone:
        messages.warning(request, f"Asked for: {workflow.when_in_words(done.written.due_at)}.")
    elif workflow.Undone.ANYTHING in undone:
        messages.warning(request, "Nothing to do: it is like that already.")
    else:
        messages.success(request, said)


def back_to(pk=None):
    """Lead to a person, or to all."""
    return redirect("consult_people:person", pk) if pk else redirect(PEOPLE)
