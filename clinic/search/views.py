"""The search of the public site."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import misses
from .finding import find
from .forms import SearchForm

RESULTS_PER_PAGE = 10


# What somebody looks for stays in no cache, their own browser's included.
@never_cache
@require_safe
def search(request, danger_in, number=1):
    """Show what was found for ``query``; a page number beyond the last is unknown.

    ``danger_in`` names the language of words of danger in a text: the crisis card then stands first.
    """
    form = SearchForm(request.GET)
    query, danger = form.asked, danger_in(form.typed)
    found = find(query, danger=danger)
    paginator = Paginator(found.hits, RESULTS_PER_PAGE)
    # However little could be asked, a page of a list that was there before is an honest answer.
    if not found.is_away and not 1 <= number <= paginator.num_pages:
        raise Http404
    page = paginator.get_page(number)
    if request.method == "GET" and number == 1:
        misses.note(form.typed, found.missed, danger_in)
    context = {
        # Its menu asks the database.
        "base": "base.html" if found.has_database else "base_plain.html",
        "query": query,
        "is_cut": query != form.typed,
        "danger": danger,
        "found": found,
        "answers": found.answers if number == 1 else [],
        "results": found.shown(list(page.object_list)),
        "page_obj": page,
        "total": paginator.count,
        "search_url": reverse("search"),
        "section": "search",
    }
    return render(request, "search/search.html", context)
