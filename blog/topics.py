"""Choosing topics in the editor: each can be ticked, and a missing one is made on the spot."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import JsonResponse
from django.urls import reverse_lazy
from django.views import View

from blog.models.topics import LONGEST_NAME, BlogTopic
from clinic.core.bounded_forms import BoundedForm
from clinic.core.typed_text import clean_text, is_seen, without_invisible

TOO_LONG = f"Use {LONGEST_NAME} characters or fewer."
EMPTY = "Write the name of the topic."


class TopicsWidget(forms.CheckboxSelectMultiple):
    """A box for each topic, and a line for a new one."""

    template_name = "blog/topics_widget.html"
    longest_name = LONGEST_NAME
    address = reverse_lazy("add_blog_topic")

    class Media:
        css = {"all": ["blog/css/topics.css"]}
        js = ["blog/js/topics.js"]

    def get_context(self, name, value, attrs):
        """Add where a new topic is sent, and how long its name may be."""
        context = super().get_context(name, value, attrs)
        return {**context, "address": self.address, "longest_name": self.longest_name}

    def render(self, name, value, attrs=None, renderer=None):
        """Render with the templates of the project."""
        return super().render(name, value, attrs, renderer=TemplatesSetting())


class TopicForm(BoundedForm):
    """The name of a new topic."""

    name = forms.CharField(
        max_length=LONGEST_NAME, error_messages={"max_length": TOO_LONG, "required": EMPTY}
    )

    def clean_name(self):
        """Return it in one line of what can be seen."""
        name = " ".join(without_invisible(clean_text(self.cleaned_data["name"])).split())
        if not is_seen(name):
            raise ValidationError(EMPTY)
        return name


class AddTopicView(View):
    """Makes a topic, or finds the one of that name."""

    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        """Refuse whoever may make no topics, however they come."""
        if not request.user.has_perm("blog.add_blogtopic"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request):
        """Answer with the topic's key and name, or with what is wrong."""
        form = TopicForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"error": form.errors["name"][0]}, status=400)
        topic = BlogTopic.objects.named(form.cleaned_data["name"])
        return JsonResponse({"key": topic.pk, "name": topic.name})
