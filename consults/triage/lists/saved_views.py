"""Views that somebody keeps: the filters of the moment under a name, for oneself or for colleagues."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views import View

from clinic.core.bounded_forms import BoundedModelForm
from consults.admin_pages import ALL_REQUESTS, PageMixin
from consults.audited_views import AuditedMixin
from consults.models import SavedView
from consults.permissions import can_read_requests

from .filters import list_with, understood

MOST_VIEWS = 20


class KeepViewForm(BoundedModelForm):
    """A name for the view, and who sees it."""

    class Meta:
        model = SavedView
        fields = ["name", "is_shared"]
        labels = {"name": "Name of the view", "is_shared": "Colleagues see it too"}
        help_texts = {"name": "Say what it shows. No names of patients."}
        error_messages = {
            "name": {"required": "Give the view a name.", "max_length": "Use 60 characters or fewer."}
        }


class SavedViewMixin(AuditedMixin):
    """For those who may read requests."""

    is_allowed = staticmethod(can_read_requests)


class SavedViewsView(SavedViewMixin, PageMixin, View):
    """The form that keeps the filters in its address, and the user's own views."""

    page_title = "Views"
    template_name = "consults/triage/lists/saved_views.html"

    def get(self, request):
        """Show them."""
        return self.show(KeepViewForm())

    def post(self, request):
        """Keep the view; one of the same name is replaced."""
        form = KeepViewForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        name = form.cleaned_data["name"]
        if self.own.exclude(name=name).count() >= MOST_VIEWS:
            form.add_error("name", f"You have {MOST_VIEWS} views. Delete one of them first.")
            return self.show(form, status=422)
        if SavedView.objects.files_of(request.user).filter(name=name).exists():
            form.add_error("name", "A file that you keep has this name. Choose another one.")
            return self.show(form, status=422)
        kept = {"query": self.query, "is_shared": form.cleaned_data["is_shared"]}
        SavedView.objects.update_or_create(owner=request.user, name=name, defaults=kept)
        messages.success(request, "The view is kept.")
        return redirect(list_with(self.query))

    @property
    def own(self):
        """The user's own views."""
        return SavedView.objects.filter(owner=self.request.user, file="").order_by("name")

    @property
    def query(self):
        """The filters in the address, as they were understood."""
        return understood(self.request.GET, self.request)

    @property
    def breadcrumbs_items(self):
        """The list that leads here, with its filters."""
        return [{**ALL_REQUESTS, "url": list_with(self.query)}]

    def show(self, form, status=200):
        """Render the page."""
        return self.show_page({"form": form, "query": self.query, "own": self.own}, status)


class OpenSavedView(SavedViewMixin, View):
    """The door to a view: one's own, or one that a colleague shares."""

    def get(self, request, pk):
        """Lead to the list with its filters, as far as they still hold."""
        view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
        return redirect(list_with(understood(QueryDict(view.query), request)))


class DeleteSavedView(SavedViewMixin, View):
    """Deleting a view of one's own."""

    def post(self, request, pk):
        """Delete it; no requests go with it."""
        view = get_object_or_404(SavedView, owner=request.user, pk=pk)
        view.delete()
        what = "file" if view.file else "view"
        messages.success(request, f"The {what} is deleted. The requests in it stay.")
        return redirect("consult_requests:export" if view.file else "consult_requests:all")
