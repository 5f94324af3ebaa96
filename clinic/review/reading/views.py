"""The pages of a reviewer: what waits, and reading one and deciding."""

from django.contrib.auth.mixins import UserPassesTestMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from . import decisions
from .forms import APPROVE, ASK, DecisionForm, usual_next_review
from .looking import Reading, how_it_went, what_happened
from .waiting import MOST_SHOWN, may_review, rows_for, state_of, waiting_states

LIST = {"url": reverse_lazy("review_list"), "label": "To review"}


class ReviewersMixin(UserPassesTestMixin):
    """Opens to reviewers alone."""

    def test_func(self):
        """Whether this person is one."""
        return may_review(self.request.user)

    def handle_no_permission(self):
        """Answer as Wagtail does."""
        raise PermissionDenied


class ToReviewView(ReviewersMixin, WagtailAdminTemplateMixin, TemplateView):
    """What waits, the oldest first."""

    template_name = "review/to_review.html"
    page_title = "To review"
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        """Say where one is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the pages with who submitted them."""
        rows = rows_for(self.request.user)
        is_cut = len(rows) == MOST_SHOWN
        number = waiting_states(self.request.user).count() if is_cut else len(rows)
        return super().get_context_data(**kwargs, rows=rows, number=number)


class ReadView(ReviewersMixin, WagtailAdminTemplateMixin, TemplateView):
    """One page as readers will see it, with what changed, and the three answers."""

    template_name = "review/read.html"
    page_title = "Read and review"
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        """Look for what waits; where it waits no more, say what became of it."""
        if not may_review(request.user):
            self.handle_no_permission()
        self.page = get_object_or_404(Page, pk=kwargs["page_id"])
        self.state = state_of(self.page, request.user)
        if self.state is None:
            messages.info(request, what_happened(self.page))
            return redirect("review_list")
        self.reading = Reading(self.page, self.state, request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        """Lead back to the list."""
        title = self.page.get_admin_display_title()
        return [*self.breadcrumbs_items, LIST, {"url": "", "label": self.page_title, "sublabel": title}]

    def post(self, request, *args, **kwargs):
        """Do what was decided, or say why not and keep what was typed."""
        form = DecisionForm(request.POST, **self.reading.asked)
        if not form.is_valid():
            return self.show(form)
        try:
            self.decide(form)
        except decisions.Changed as refused:
            return self.show(
                form, refused, newly_changed=self.reading.changes_since(form.cleaned_data["mark"])
            )
        except decisions.Refused as refused:
            return self.show(form, refused)
        messages.success(request, how_it_went(self.page, form.cleaned_data["decision"]))
        return redirect("review_list")

    def decide(self, form):
        """Approve, ask back or decline. Raises decisions.Refused."""
        user, decision = self.request.user, form.cleaned_data["decision"]
        if decision == APPROVE:
            decisions.approve(self.page, user, mark=form.cleaned_data["mark"], **form.approval())
        else:
            answer = decisions.ask_back if decision == ASK else decisions.decline
            answer(self.page, user, comment=form.cleaned_data["comment"])

    def show(self, form, refused=None, newly_changed=None):
        """Show the page again with what was typed; what is approved next is the version shown now."""
        form.data = {**form.data.dict(), "mark": self.reading.mark}
        reasons = refused.reasons if refused else ()
        context = self.get_context_data(form=form, refused=reasons, newly_changed=newly_changed)
        return self.render_to_response(context, status=422)

    def get_context_data(self, **kwargs):
        """Add the page and the form."""
        if "form" not in kwargs:
            initial = {"mark": self.reading.mark, "next_review_on": usual_next_review()}
            kwargs["form"] = DecisionForm(initial=initial, **self.reading.asked)
        return super().get_context_data(**kwargs, reading=self.reading)


class DraftView(ReviewersMixin, View):
    """The newest version as readers will see it, for the frame on the page for reading."""

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request, page_id):
        """Show it to whom it waits for."""
        page = get_object_or_404(Page, pk=page_id)
        if state_of(page, request.user) is None:
            return redirect(reverse("review_list"))
        draft = page.get_latest_revision_as_object()
        return draft.make_preview_request(request, draft.default_preview_mode)
