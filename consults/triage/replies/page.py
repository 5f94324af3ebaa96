"""The page on which the front desk answers somebody by e-mail."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from consults import workflow
from consults.admin_pages import DESK, step_to, way
from consults.audited_views import ChangeMixin, is_key
from consults.enums import Purpose, ReplyChannel
from consults.models import ConsultRequest, ReplyTemplate
from consults.replies import gaps_in, sensitive_terms
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.triage.acceptance import warning_of
from consults.triage.detail.contents import contents_for_display
from consults.triage.detail.forms import VersionForm
from consults.triage.detail.page import unreadable
from consults.triage.stops import warning_for
from consults.triage.what_was_done import in_words

from .what_to_say import LEAVE_OUT, prepared, templates_for

MAX_REPLY = 4000
STALE = (
    "{} was changed in the meantime, and nothing was sent. Look at the request first; what you wrote stands "
    "below."
)
SENT_BEFORE = "You have sent this e-mail for {} already."
NO_TEMPLATE = "There is no e-mail template in {}. A manager can write one under Settings, Reply templates."
GONE = "This template is gone. What you wrote stands below: copy it, then choose another template."
WHY_NOT = {
    workflow.NoAddress: "They gave no e-mail address.",
    workflow.AskedToStop: "They asked us not to contact them, so the site sends no e-mail. Ask your manager.",
    workflow.InvalidTransition: "This request isn't open, so nothing can be sent. Reopen it first.",
}


class ReplyForm(VersionForm):
    """What is sent, as the desk leaves it."""

    text = forms.CharField(
        label="E-mail",
        max_length=MAX_REPLY,
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={
            "required": "Write the e-mail first.",
            "max_length": "Use 4,000 characters or fewer.",
        },
    )

    def clean_text(self):
        """Ask for what is still to be filled in, and refuse what an e-mail must not name."""
        # Browsers send the breaks of lines as two characters.
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if gaps := gaps_in(text):
            raise forms.ValidationError(f"Write something in place of {' and '.join(gaps)}.")
        if words := sensitive_terms(text):
            raise forms.ValidationError(LEAVE_OUT.format("”, “".join(words)))
        return text


class ReplyView(ChangeMixin, View):
    """A template to edit and send. Opening it is noted."""

    def get(self, request, pk):
        """Show the words of the chosen template, or of the first one."""
        consult = self.get_consult(pk)
        template = chosen(consult, request.GET.get("template"))
        if template is None:
            return self.leave(consult, messages.ERROR, NO_TEMPLATE.format(consult.get_locale_display()))
        text = prepared(template, consult, request.user).text
        return self.show(consult, template, ReplyForm(initial={"text": text}))

    def post(self, request, pk):
        """Send what was written, or say what is in the way and keep it."""
        consult = self.get_consult(pk)
        template = chosen(consult, request.POST.get("template"))
        form = ReplyForm(request.POST)
        if "version" in form.errors:
            form.add_error(None, STALE.format(consult))
        elif template is None:
            form.add_error(None, GONE)
        if not form.is_valid():
            return self.show(consult, template, form)
        ready = prepared(template, consult, request.user)
        try:
            done = workflow.send_reply(
                consult,
                actor=request.user,
                template=template,
                subject=ready.subject,
                base=ready.text,
                **form.cleaned_data,
            )
        except workflow.StaleRequest:
            consult.refresh_from_db()
            form.add_error(None, STALE.format(consult))
        except workflow.InvalidTransition as problem:
            form.add_error(None, WHY_NOT.get(type(problem), WHY_NOT[workflow.InvalidTransition]))
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem, unsaved=form.cleaned_data["text"])
        else:
            level = messages.WARNING if done.undone else messages.SUCCESS
            return self.leave(consult, level, f"{consult}: {in_words(consult, done)}")
        return self.show(consult, template, form)

    def get_consult(self, pk):
        """Return the request."""
        return get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)

    def show(self, consult, template, form):
        """Open the request and render the page; go back where nothing is written and nothing can be sent."""
        try:
            contents, notes = workflow.open_consult(consult, actor=self.request.user, purpose=Purpose.REPLY)
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(self.request, consult, problem, unsaved=form.data.get("text", ""))
        if form.is_bound and self.was_sent(notes, form.cleaned_data.get("text")):
            return self.leave(consult, messages.SUCCESS, SENT_BEFORE.format(consult))
        if not form.is_bound:
            try:
                workflow.refuse_reply(consult, contents)
            except workflow.InvalidTransition as problem:
                return self.leave(consult, messages.ERROR, WHY_NOT[type(problem)])
        context = {
            "consult": consult,
            "contents": contents_for_display(contents),
            **warning_of(consult),
            "stopped": warning_for(contents, consult),
            "form": form,
            "template": template,
            "subject": template and prepared(template, consult, self.request.user).subject,
            "templates": mail_templates(consult),
            "breadcrumbs_items": way(DESK, step_to(consult), here="E-mail"),
        }
        status = 422 if form.is_bound else 200
        return render(self.request, "consults/triage/replies/page.html", context, status=status)

    def was_sent(self, notes, text):
        """Whether this user sent these very words: a second click on the button, most likely."""
        sent = (note for note in notes if isinstance(note, workflow.OpenedReply))
        return any((note.text, note.author) == (text, self.request.user.get_username()) for note in sent)

    def leave(self, consult, level, text):
        """Go back to the request and say how it went, by reference only."""
        messages.add_message(self.request, level, text)
        return redirect("consult_requests:detail", pk=consult.pk)


def mail_templates(consult):
    """Return the templates for an e-mail in the person's language."""
    return templates_for(consult).filter(channel=ReplyChannel.EMAIL)


def chosen(consult, key) -> ReplyTemplate | None:
    """Return the template of this key, the first one where none is named, and None where it is gone."""
    templates = mail_templates(consult)
    if not key:
        return templates.first()
    return templates.filter(pk=key).first() if is_key(key) else None
