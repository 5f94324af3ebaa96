"""Sessions of staff: which request belongs to one, and which of them shows that somebody is there."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import MiddlewareNotUsed

from clinic.core.typed import is_of_admin

from .idle import is_by_itself
from .session_networks import look_at_network
from .use_marks import mark_use


class StaffSessionMiddleware(SessionMiddleware):
    """Django's own, whose sessions know what they come with."""

    def process_request(self, request):
        """Tell the session of its request."""
        super().process_request(request)
        request.session.request = request


class UseMiddleware:
    """Puts off the end of a session with whatever a person does in the admin, and with nothing else."""

    def __init__(self, get_response):
        if settings.CONSULTS_ROLE == "intake":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "is_unwritten_use", False):
            mark_use(response, request.session.row)
        return response

    def process_view(self, request, *_view):
        """Look at whoever is signed in, once the address is known to be one of the admin."""
        if not is_of_admin(request.path) or not request.user.is_authenticated:
            return
        look_at_network(request)
        if not is_by_itself(request):
            request.is_unwritten_use = not request.session.note_use(request.user)
