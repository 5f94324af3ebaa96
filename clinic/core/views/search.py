"""The search of the public site."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from clinic.core.public_pages import site_of
from clinic.core.search import SearchForm, find_pages, present, words_of

RESULTS_PER_PAGE = 10


@require_safe
def search(request, number=1):
    """Show what was found for ``query``; a page number beyond the last is unknown."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["query"] if form.is_valid() else ""
    words = words_of(query)
    paginator = Paginator(find_pages(words, site_of(request)), RESULTS_PER_PAGE)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    page = paginator.page(number)
    found = _specific(page.object_list)
    context = {
        "form": form,
        "query": query,
        "results": present(found, words),
        "page_obj": page,
        "total": paginator.count,
        "search_url": reverse("search"),
        "section": "search",
    }
    return render(request, "core/search.html", context)


def _specific(pages):
    """Return the specific pages in the order found; one query for each page type."""
    by_key = {page.pk: page for page in Page.objects.filter(pk__in=[p.pk for p in pages]).specific()}
    return [by_key[page.pk] for page in pages if page.pk in by_key]
