"""What every page says: what counts and its history, the form, what it will look like, and going back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views import View

from clinic.accounts import fresh
from consults import guarded_facts
from consults.admin_pages import PageMixin
from consults.audited_views import AuditedMixin
from consults.models import GuardedFacts
from consults.models.guarded_facts import GUARDED, label_of
from consults.permissions import can_guard_facts

from .forms import GuardedFactsForm, form_from
from .preview import compare, sentences, warnings

VERSIONS_A_PAGE = 25
TITLE = "On every page"
SAVED = "Every page says it from now on. It is noted, and the owner is told."
NOTHING_CHANGED = "Nothing is different from what stands now."
MEANWHILE = (
    "Somebody changed this while you wrote: {}. What you typed is still here, the rest is as it stands now. "
    "Look at it once more."
)


class EveryPageMixin(AuditedMixin, PageMixin):
    """For managers."""

    is_allowed = staticmethod(can_guard_facts)
    breadcrumbs_items = [{"url": reverse_lazy("every_page:index"), "label": TITLE}]

    def show_preview(self, before, after, status=200, **more):
        """Return the page that shows both side by side."""
        shown = {
            "pairs": compare(before, after),
            "sentences": sentences(before, after),
            "warnings": list(warnings(before, after)),
            "base": before.version,
        }
        return self.show_page({**shown, **more}, status)


class EveryPageView(EveryPageMixin, View):
    """What counts now, and every version before."""

    page_title = TITLE
    breadcrumbs_items = ()
    template_name = "consults/triage/oversight/every_page/index.html"

    def get(self, request):
        """Show both."""
        now = guarded_facts.current()
        page = Paginator(_history(), VERSIONS_A_PAGE).get_page(request.GET.get("p", "")[:9])
        return self.show_page({"pairs": compare(now, now), "page": page, "versions": _with_changes(page)})


class ChangeView(EveryPageMixin, View):
    """The form. It asks who is there, shows what will be read, and asks once more."""

    page_title = "Change it"
    template_name = "consults/triage/oversight/every_page/form.html"

    def get(self, request):
        """Show the form with what counts now, to whoever signed in just before."""
        if not fresh.is_fresh(request):
            return fresh.ask_first(request)
        now = guarded_facts.current()
        return self.show_page({"form": form_from(now, base=now.version)})

    def post(self, request):
        """Look at what was typed, show it, and store it when it was confirmed."""
        form = GuardedFactsForm(request.POST)
        if not form.is_valid() or "edit" in request.POST:
            return self.show_page({"form": form}, status=200 if form.is_valid() else 422)
        now = guarded_facts.current()
        if now.version != form.cleaned_data["base"]:
            return self._show_changed(form, now)
        after = GuardedFacts(version=now.version + 1, **form.values)
        if not guarded_facts.changed_names(now, after):
            form.add_error(None, NOTHING_CHANGED)
            return self.show_page({"form": form}, status=422)
        if "confirm" not in request.POST:
            return self._show_first(now, after)
        if not fresh.is_fresh(request):
            return fresh.ask_first(request)
        try:
            guarded_facts.change(form.values, actor=request.user, base=now.version)
        except guarded_facts.ChangedMeanwhile:
            return self._show_changed(form, guarded_facts.current())
        messages.success(request, SAVED)
        return redirect("every_page:index")

    def _show_first(self, now, after):
        """Show both side by side; what was typed goes along, unseen."""
        self.template_name = "consults/triage/oversight/every_page/preview.html"
        return self.show_preview(now, after, form=form_from(after, base=now.version))

    def _show_changed(self, form, now):
        """Show the form with what this person typed, and with what the other one wrote where they did not."""
        begun = guarded_facts.version_or_none(form.cleaned_data["base"]) or now
        typed = {name: value for name, value in form.values.items() if value != getattr(begun, name)}
        others = [name for name in GUARDED if getattr(begun, name) != getattr(now, name)]
        said = MEANWHILE.format(", ".join(map(label_of, others)) or "the same again")
        kept = form_from(now, base=now.version, **typed)
        return self.show_page({"form": kept, "meanwhile": said}, status=409)


class VersionView(EveryPageMixin, View):
    """An earlier version beside what counts now, and the button that brings it back."""

    template_name = "consults/triage/oversight/every_page/version.html"

    def get(self, request, number):
        """Show both."""
        return self.show_preview(guarded_facts.current(), self.earlier(number), earlier=self.earlier(number))

    def post(self, request, number):
        """Bring it back, if nobody wrote another since the page was opened."""
        earlier = self.earlier(number)
        if not fresh.is_fresh(request):
            return fresh.ask_first(request)
        base = request.POST.get("base", "")[:9]
        try:
            guarded_facts.restore(
                earlier.version, actor=request.user, base=int(base) if base.isdecimal() else -1
            )
        except guarded_facts.ChangedMeanwhile:
            said = "Somebody changed this meanwhile. Look at both once more."
            return self.show_preview(guarded_facts.current(), earlier, 409, earlier=earlier, meanwhile=said)
        messages.success(request, SAVED)
        return redirect("every_page:index")

    def earlier(self, number):
        """Return the version of the address. Raises Http404."""
        version = GuardedFacts.objects.select_related("author").filter(version=number).first()
        if version is None:
            raise Http404
        return version

    def get_page_title(self):
        """Name the version."""
        return f"Version {self.kwargs['number']}"


def _history():
    return GuardedFacts.objects.select_related("author").order_by("-version")


def _with_changes(page):
    """Return the versions of a page of the history, each with the labels of what it changed."""
    versions = list(page.object_list)
    if not versions:
        return []
    before = _history().filter(version__lt=versions[-1].version).first()
    return [
        {"version": one, "changed": _changed_labels(prior, one)}
        for one, prior in zip(versions, [*versions[1:], before], strict=True)
    ]


def _changed_labels(before, after):
    return [label_of(name) for name in guarded_facts.changed_names(before, after)] if before else []
