"""The desk: what is to be done at this moment, in the order in which to do it, and what comes next."""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from consults import audit, workflow
from consults.admin_pages import PageMixin
from consults.audited_views import LONGEST_KEY, FrontDeskMixin, is_key
from consults.enums import AuditAction, ContactWay, Purpose
from consults.models import ConsultRequest, HandOver, TimelineEvent
from consults.permissions import can_change_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.triage.acceptance import warning_of, warnings_of
from consults.triage.detail.contents import contents_for_display
from consults.triage.detail.page import unreadable
from consults.triage.detail.taking_back import last_change_of
from consults.triage.oversight.banners import troubles_panel
from consults.triage.stops import warnings_for

from .keeping_fresh import KeptFreshMixin, token_for
from .names import HIDDEN, are_hidden, is_for_another_list, starts_with_names
from .order import by_urgency, is_for_now, is_to_be_written
from .positions import PER_PAGE, List, Position
from .presence import looking_at
from .reasons import last_in_words, reasons_for
from .sections import hours_at, planned_at
from .site_changes import WhoIsAway, look_up_site_changes
from .suspected import suspected_section, suspected_title
from .threads import fold, references_of

# A page has no more keys than fit (characters).
LONGEST_KNOWN = PER_PAGE * (LONGEST_KEY + 1)
# The keys 1 to 9 lead to the first rows of a page.
KEYS = 9
HERE = Position(List.NOW, 0)


class AskedWay(NamedTuple):
    """How somebody asked to be reached, at one glance."""

    icon: str
    word: str


WAYS = {
    ContactWay.CALL: AskedWay("mobile-alt", "Call"),
    ContactWay.TEXT: AskedWay("comment", "Text"),
    ContactWay.EMAIL: AskedWay("mail", "E-mail"),
}


class Row(NamedTuple):
    """A request, why it stands here, and its contents where somebody revealed them."""

    consult: ConsultRequest
    url: str
    # Its place in all of the list, counted from 1.
    number: int
    # The key that leads to it, if one does.
    key: int | None
    reasons: list
    # The colleagues who opened it within the last minutes.
    looking: list
    # What was done last, when and by whom.
    last: str
    # That they are not to be contacted, if they asked for that.
    stopped: str
    revealed: object = None
    acceptance: dict | None = None

    @property
    def way(self):
        """The way they asked for, as icon and word; None where it isn't known in clear."""
        return WAYS.get(self.consult.way)

    @property
    def is_for_now(self):
        """Whether it is to be done now, and not when the clinic opens."""
        return bool(self.consult.for_now)

    @property
    def is_written(self):
        """Whether it is to be answered in writing."""
        return bool(self.consult.written)


class Section(NamedTuple):
    """A part of the list: its heading, how many belong to it in all, and those of this page."""

    slug: str
    title: str
    number: int
    rows: list


class DeskView(KeptFreshMixin, FrontDeskMixin, PageMixin, View):
    """The list by the clock. A POST reveals name and contact of one row or of all, which is noted."""

    noted_as = AuditAction.LIST
    page_title = "The desk"
    breadcrumbs_items = ()
    template_name = "consults/triage/lists/desk.html"
    # The keys of rows whose names stand on the page already.
    known: frozenset[int] = frozenset()

    def get(self, request):
        """Show what is to be done now, and what comes next; with names where the desk starts with them."""
        return self.show(request, are_named=starts_with_names(request))

    def post(self, request):
        """Show the same list with the names of its page, or with one row opened."""
        if "names" in request.POST:
            return self.show_names(request)
        pk = request.POST.get("request", "")
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk if is_key(pk) else 0)
        try:
            contents, _notes = workflow.open_consult(consult, actor=request.user, purpose=Purpose.REVEAL)
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem)
        shown = {
            "revealed": contents_for_display(contents),
            "acceptance": warning_of(consult),
        }
        return self.show(request, {consult.pk: shown})

    def show_names(self, request):
        """Show the list with the names of its page. Where there are none it is listed like any other."""
        self.known = frozenset(known_in(request))
        response = self.show(request, are_named=True)
        if not response.context_data["has_names"]:
            audit.append(AuditAction.LIST, actor=request.user, references=self.references)
        return response

    def show(self, request, revealed=None, *, are_named=False):
        """Render the page that was asked for, with what is revealed of some of its rows, or of all."""
        now = timezone.now()
        people = ConsultRequest.objects.from_people()
        page = Paginator(_due(people, now), PER_PAGE).get_page(request.GET.get("p"))
        revealed = revealed or {}
        if are_named:
            revealed = _named([consult for consult in page if consult.pk not in self.known], request.user)
        away = WhoIsAway(request.user)
        look_up_site_changes(list(page))
        rows = _rows(page, now, revealed, away, request.user)
        hours, numbers = hours_at(now), _numbers(people, now)
        planned = planned_at(now, people.later(now), away)
        section = suspected_section(now)
        counts = people.suspected_counts()
        self.references = [*_references(rows, planned), *section.references]
        self.suspected = section.unshown
        context = {
            "hours": hours,
            "rows": rows,
            "due_sections": _sections(rows, numbers, hours),
            "page": page,
            "are_named": are_named,
            "has_names": bool(revealed),
            "without_names": f"&{HIDDEN}",
            "stays_hidden": f"&{HIDDEN}" if are_hidden(request) else "",
            "for_now": numbers["now"] + numbers["write"],
            "waiting": numbers["waiting"],
            **planned,
            **counts,
            "suspected_groups": section.groups,
            "suspected_title": suspected_title(counts["suspected_look_by"], now),
            "handed_over": list(HandOver.objects.waiting().defer("sealed")[: workflow.MOST_WAITING]),
            "troubles_panel": troubles_panel(request.user),
            "may_change": can_change_requests(request.user),
            "last_change": last_change_of(request),
            "fresh_until": token_for(request),
            # What is taken back leads to the page of the list on which somebody took it back.
            "kept": Position(List.NOW, max(0, page.start_index() - 1)).query,
            "decisions_waiting": workflow.number_waiting(request.user),
        }
        return self.show_page(context)

    def listed(self, response):
        """Return what the page shows."""
        return self.references

    def was_shown(self):
        """Note it, but not where another list asked for what came of a tap, and shows none of this one."""
        if not is_for_another_list(self.request):
            super().was_shown()


def _due(people, now):
    requests = people.due(now).with_handed_at().with_later().with_appointment().select_related("assignee")
    return by_urgency(requests.defer("envelope"), now)


def known_in(request) -> set[int]:
    """Return the keys of rows whose names the page shows already, as it says itself, but for what is odd."""
    said = request.POST.get("known", "")[:LONGEST_KNOWN].split()
    return {int(key) for key in said if is_key(key)}


def _numbers(people, now):
    """Return how many are due, by the section in which they stand."""
    for_now, written = is_for_now(now), is_to_be_written(now)
    return people.due(now).aggregate(
        now=Count("pk", filter=for_now & ~written),
        write=Count("pk", filter=for_now & written),
        waiting=Count("pk", filter=~for_now),
    )


def _sections(rows, numbers, hours):
    """Return the parts of the list that this page has something of, in their order."""
    when_open = f"When you open, {hours.opens}" if hours.opens else "When you open"
    sections = [
        Section("now", "Now", numbers["now"], [r for r in rows if r.is_for_now and not r.is_written]),
        Section("write", "Write", numbers["write"], [r for r in rows if r.is_for_now and r.is_written]),
        Section("opening", when_open, numbers["waiting"], [r for r in rows if not r.is_for_now]),
    ]
    return [section for section in sections if section.rows]


def _named(listed, user):
    """Return what is revealed of these rows, by key; the one event of it names them."""
    keys = [consult.pk for consult in listed]
    # With their envelopes, which the list leaves in the database.
    requests = list(ConsultRequest.objects.filter(pk__in=keys))
    opened = workflow.open_together(requests, actor=user)
    warnings = warnings_of(requests)
    return {
        pk: {"revealed": contents_for_display(contents), "acceptance": warnings[pk]}
        for pk, contents in opened.items()
    }


def _rows(page, now, revealed, away, user):
    start = page.start_index()
    looking = looking_at(page, besides=user, now=now)
    last = TimelineEvent.objects.last_change_of(list(page))
    fold(page.object_list, now)
    # Said of every row, opened or not: whoever calls from the list knows whom not to call.
    stops = warnings_for(ConsultRequest.objects.filter(pk__in=[consult.pk for consult in page]))
    return [
        Row(
            consult=consult,
            url=HERE.url_of(consult.pk, at=start + number - 1),
            number=start + number,
            key=number + 1 if number < KEYS else None,
            reasons=[*reasons_for(consult, now), *away.of(consult)],
            looking=looking.get(consult.pk, []),
            last=last_in_words(last.get(consult.pk), now),
            stopped=stops.get(consult.pk, ""),
            **revealed.get(consult.pk, {}),
        )
        for number, consult in enumerate(page)
    ]


def _references(rows, planned):
    """Return the references that stand in the sections, also those that the same person sent later."""
    shown = [line.consult for line in (*rows, *planned["today"].plans, *planned["tomorrow"].plans)]
    later = [consult.later_reference for consult in shown if consult.later_reference]
    folded = references_of(shown)
    return list(dict.fromkeys([*(consult.reference for consult in shown), *folded, *later]))
