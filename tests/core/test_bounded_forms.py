"""Every form of ours cuts what is far too long before a field sees it, and says so."""

import pytest
from django import forms
from django.http import QueryDict
from django.urls import get_resolver
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from clinic.core.bounded_forms import BoundedForm, BoundedMixin

pytestmark = pytest.mark.once


class Sample(BoundedForm):
    """One field of each kind."""

    text = forms.CharField(max_length=10, required=False)
    story = forms.CharField(required=False)
    at = forms.DateTimeField(required=False)
    many = forms.MultipleChoiceField(choices=[("a", "A")], required=False)


def known_forms(kind=forms.BaseForm):
    """Return the classes of forms that are defined below a class, as far as they are ours."""
    for form in kind.__subclasses__():
        if form.__module__.split(".")[0] in ("clinic", "consults", "blog"):
            yield form
        yield from known_forms(form)


def test_every_form_is_bounded():
    # Loads the views, and with them their forms.
    assert get_resolver().url_patterns
    assert get_image_form(get_image_model())
    ours = {form for form in known_forms() if not issubclass(form, WagtailAdminModelForm)}
    assert len(ours) > 15
    assert {form.__name__ for form in ours if not issubclass(form, BoundedMixin)} == set()


def test_staff_sign_in_with_a_bounded_form(client, db):
    assert isinstance(client.get("/admin/login/").context["form"], BoundedMixin)


@pytest.mark.parametrize("kind", [dict, QueryDict])
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("text", ["This is too long. Use 10 characters or fewer."]),
        ("story", ["This is too long. Use 10,000 characters or fewer."]),
        ("at", ["Enter a valid date/time."]),
    ],
)
def test_what_is_cut_is_refused_and_shown_as_far_as_kept(kind, field, said):
    data = {field: "x" * 50_000} if kind is dict else QueryDict(f"{field}=" + "x" * 50_000)
    form = Sample(data)
    assert form.errors == {field: said}
    assert set(form[field].value()) == {"x"}
    assert len(form[field].value()) <= 10_000


def test_each_of_many_values_is_cut():
    form = Sample(QueryDict("many=a&many=" + "x" * 50_000))
    assert [len(value) for value in form["many"].value()] == [1, 200]
    assert not form.is_valid()


def test_what_is_short_stays_the_very_same():
    data = QueryDict("text=" + "x" * 10)
    form = Sample(data)
    assert form.is_valid()
    assert form.data is data
