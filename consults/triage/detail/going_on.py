"""Where somebody is led after a change: back to the request, or to the list that they came from."""

from django.shortcuts import redirect

from consults.triage.lists.positions import position_in


def to_request(request, pk):
    """Lead back to the request, in the list that somebody came from."""
    position = position_in(request)
    if position is None:
        return redirect("consult_requests:detail", pk=pk)
    return redirect(position.url_of(pk, at=position.at))


def to_list(request):
    """Lead back to the list that somebody came from."""
    position = position_in(request)
    return redirect(position.list_url if position else "consult_requests:index")
