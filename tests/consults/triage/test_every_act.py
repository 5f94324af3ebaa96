"""Every act on requests: its one event, in place and by the plain page, and no act without a line here.

What is done in the list is sent to the very addresses that the pages have, with a word of the script's
beside it. So each line is tried both ways, on a desk that starts with names: an answer that is put into the
list shows no name once more.
"""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from consults import workflow
from consults.enums import ClosedReason, Outcome, Priority, Purpose, Status
from consults.models import Appointment, AuditEvent, ConsultRequest, Decision, DeskStart, HandOver
from consults.triage.lists.names import IN_PLACE_HEADER
from consults.wagtail_hooks import register_inbox
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.forms import answers
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WAYS = {"in place": {IN_PLACE_HEADER: "yes"}, "by the plain page": {}}
# As the addresses of a request carry it on that was opened from the desk.
KEPT = "?list=now&at=0"
INDEX = "/admin/requests/"
LATER = "2026-11-26T10:00"
EXPORT = {"kind": "csv", "columns": ["reference"], "names": ["name"], "reason": "Moving house."}


class Scene:
    """Two requests of one person, in order of arrival, and a manager, who may do everything."""

    def __init__(self, client, user):
        self.client, self.user = client, user
        self.second = UserFactory(group="Managers")
        given = {"phone": "(555) 555-0142", "email": "one@example.org"}
        self.one = make_consult(name="Sample Marker", **given)
        self.two = make_consult(name="Sample Marker", note="Once more.", **given)
        self.handle = ""

    def now(self, name):
        """Return a request as it stands."""
        return ConsultRequest.objects.get(pk=getattr(self, name).pk)

    def version(self, name):
        return self.now(name).version

    def seen(self, name):
        """Return what a page of a request sends with every button: how it stood, and its appointment."""
        last = self.now(name).appointments.order_by("pk").last()
        return {"version": self.version(name), **({"appointment": last.pk} if last else {})}

    def press(self, address, on="one", **sent):
        """Press a button of a request before the act that is looked at."""
        at = reverse(f"consult_requests:{address}", args=[getattr(self, on).pk])
        return self.client.post(at, {**self.seen(on), **sent})

    def names_of(self, event):
        """Return which requests an event is about, by their names here."""
        known = {self.one.reference: "one", self.two.reference: "two"}
        return " ".join(sorted(known.get(reference, "new") for reference in event.references.split()))


# What has to be so before an act. Nothing of it is looked at.


def read(scene):
    for name in ("one", "two"):
        workflow.open_consult(scene.now(name), actor=scene.user, purpose=Purpose.TRIAGE)


def claimed(scene):
    scene.press("claim")


def linked(scene):
    read(scene)
    scene.press("link", on="two", same_as=scene.one.pk)


def ended_together(scene):
    linked(scene)
    scene.press("others", do="end", other=f"{scene.two.pk}:{scene.version('two')}")


def closed(scene):
    read(scene)
    scene.press("status", status=Status.CLOSED, reason=ClosedReason.COST)


def stopped(scene):
    closed(scene)
    scene.press("stop")


def held(scene):
    scene.press("hold", on_hold="yes")


def asks_for_texts(scene):
    scene.one = make_consult(way="text", texting="yes", phone="(555) 555-0166")


def booked(scene):
    scene.press("outcome", outcome=Outcome.BOOKED, again_at=LATER)


def booked_without_a_time(scene):
    scene.press("outcome", outcome=Outcome.BOOKED)


def over(scene):
    booked(scene)
    Appointment.objects.update(starts_at=timezone.now())


def found(scene):
    scene.handle = scene.client.post(reverse("consult_requests:search"), {"text": "0142"}).url.split("/")[-2]


def handed_over(scene):
    workflow.hand_over(actor=scene.second, text="Nothing special.")


def wish_of_the_second(deed, **values):
    def ask(scene):
        closed(scene)
        deed(scene.now("one"), actor=scene.second, version=scene.version("one"), **values)

    return ask


def stop_to_lift(scene):
    stopped(scene)
    workflow.lift_stop(scene.now("one"), actor=scene.second, reason="They rang again.")


def release_asked(scene):
    held(scene)
    workflow.set_hold(scene.now("one"), actor=scene.second, version=scene.version("one"), on_hold=False)


erasure_asked = wish_of_the_second(workflow.erase)


class Act(NamedTuple):
    """One line: where it is sent, with what, and which events it leaves; where there are several, why."""

    address: str
    sent: Callable[[Scene], dict] | dict
    events: list
    before: Callable[[Scene], None] = read
    on: str = "one"
    method: str = "post"
    why: str = ""


CHANGED = [("change", "one")]
BOTH = [("change", "one"), ("change", "two")]
NOTE_BESIDE = "The note is kept by itself, and the change is one more: both are made, or neither."
EACH = "It holds for the person, and each request keeps by itself what was done to it."
WISH = "One says what happened to the request, the other one what managers decide, whom auditors watch."
# These take a time, or another way that was asked for.
WITH_MORE = (Outcome.BOOKED, Outcome.CALL_BACK, Outcome.TEXTED)
OUTCOMES = [outcome for outcome in Outcome if outcome not in WITH_MORE]

ACTS = {
    # Seeing.
    "the desk's names": Act("index", {"names": "page"}, [("reveal", "one two")]),
    "one name of the desk": Act("index", lambda s: {"request": s.one.pk}, [("reveal", "one")]),
    "a search": Act("search", {"text": "0142"}, [("search", "one two")]),
    "what was found": Act(
        "found",
        {},
        [("list", "one two"), ("reveal", "one"), ("reveal", "two")],
        found,
        method="get",
        why="The list is one, and each name that was shown is one.",
    ),
    "a request": Act(
        "detail",
        {},
        [("view", "one"), ("reveal", "two")],
        method="get",
        why="The other one has the same number: its name is shown beside it.",
    ),
    "a person": Act(
        "detail",
        {},
        [("view", "one"), ("reveal", "two"), ("view", "two")],
        linked,
        method="get",
        why="What is linked opens along, and its name is shown beside it.",
    ),
    "the sheet of a request": Act("print", {}, [("print", "one")], method="get"),
    "a file for a calendar": Act("calendar", {}, [("list", "one")], booked, method="get"),
    "the page before what we hold": Act("held", {}, [("list", "one two")], linked, method="get"),
    "what we hold": Act("held", {"reason": "They showed a passport."}, [("export", "one two")], linked),
    "the sheet for the record": Act("record_sheet", {}, [("print", "one")], booked),
    "the sheet for an outage": Act(
        "outage", {"reason": "The power is cut.", "is_meant": "on"}, [("print", "one two")]
    ),
    "a file without names": Act("export", {**EXPORT, "contents": "masked"}, [("export", "one two")]),
    "a file with names": Act("export", {**EXPORT, "contents": "opened"}, [("export", "one two")]),
    "who asked before": Act("consult_entry:earlier", {"phone": "(555) 555-0142"}, [("search", "one two")]),
    # Doing.
    "claiming": Act("claim", {}, CHANGED),
    "giving back": Act("status", {"status": Status.NEW}, CHANGED, claimed),
    "giving": Act("assign", lambda s: {"assignee": s.second.pk}, CHANGED),
    "putting off": Act("snooze", {"until": LATER}, CHANGED),
    "marking": Act("priority", {"priority": Priority.FIRST.value}, CHANGED),
    "handing to the clinician": Act("hand_to_clinician", {}, CHANGED),
    "what the lists missed": Act("missed", {}, CHANGED),
    "closing": Act("status", {"status": Status.CLOSED, "reason": ClosedReason.COST}, CHANGED),
    "saying that it is spam": Act("status", {"status": Status.SPAM}, CHANGED),
    "taking back": Act("undo", {}, CHANGED, claimed),
    "a note": Act("note", {"text": "Her sister answers."}, [("note", "one")]),
    **{f"outcome {outcome}": Act("outcome", {"outcome": outcome.value}, CHANGED) for outcome in OUTCOMES},
    "outcome texted": Act("outcome", {"outcome": Outcome.TEXTED.value}, CHANGED, asks_for_texts),
    "outcome call back": Act("outcome", {"outcome": Outcome.CALL_BACK.value, "again_at": LATER}, CHANGED),
    "outcome booked": Act("outcome", {"outcome": Outcome.BOOKED.value, "again_at": LATER}, CHANGED),
    "an outcome with a note": Act(
        "outcome",
        {"outcome": Outcome.NO_ANSWER.value, "text": "Rang twice."},
        [*CHANGED, ("note", "one")],
        why=NOTE_BESIDE,
    ),
    "an e-mail": Act("reply", {"text": "Please call us."}, CHANGED),
    # Appointments.
    "making an appointment": Act(
        "make_appointment",
        {"starts_at": LATER, "minutes": 60, "manner": "phone"},
        CHANGED,
        booked_without_a_time,
    ),
    "moving it": Act(
        "change_appointment",
        {"starts_at": "2026-11-27T11:00", "minutes": 60, "manner": "phone"},
        CHANGED,
        booked,
    ),
    "correcting it": Act(
        "change_appointment", {"starts_at": LATER, "minutes": 45, "manner": "video"}, CHANGED, booked
    ),
    "cancelling it": Act("cancel_appointment", {}, CHANGED, booked),
    "came": Act("came", {}, CHANGED, over),
    "did not come": Act("no_show", {}, CHANGED, over),
    "handed over to the record": Act("put_on_record", {}, CHANGED, over),
    # One person.
    "linking": Act("link", lambda s: {"same_as": s.one.pk}, [("change", "two")], on="two"),
    "unlinking": Act("unlink", {}, [("change", "two")], linked, on="two"),
    "ending the others": Act(
        "others",
        lambda s: {"do": "end", "other": f"{s.two.pk}:{s.version('two')}"},
        [("change", "two")],
        linked,
    ),
    "going on apart": Act(
        "others",
        lambda s: {"do": "separate", "other": f"{s.two.pk}:{s.version('two')}"},
        [("change", "two")],
        linked,
    ),
    "opening them again": Act("reopen_others", {}, [("change", "two")], ended_together),
    "asked to stop, linked": Act("outcome", {"outcome": Outcome.ASKED_TO_STOP.value}, BOTH, linked, why=EACH),
    "a stop afterwards": Act("stop", {}, CHANGED, closed),
    "a stop of somebody without a request": Act(
        "consult_entry:index", {"stop": "yes", "phone": "(555) 555-0177"}, [("change", "")]
    ),
    "the wish to lift it": Act("lift_stop", {"reason": "They rang again."}, CHANGED, stopped),
    "lifting it": Act(
        "lift_stop", {"reason": "They rang again."}, [*CHANGED, *CHANGED], stop_to_lift, why=WISH
    ),
    "keeping the contents": Act("hold", {"on_hold": "yes"}, CHANGED),
    "keeping those of a person": Act("hold", {"on_hold": "yes"}, BOTH, linked, why=EACH),
    "the wish to keep them no longer": Act("hold", {"on_hold": ""}, CHANGED, held),
    "keeping them no longer": Act("hold", {"on_hold": ""}, [*CHANGED, *CHANGED], release_asked, why=WISH),
    "the wish to remove them": Act("erase", {}, [*CHANGED, *CHANGED], closed, why=WISH),
    "removing them": Act("erase", {}, [("purge", "one"), *CHANGED], erasure_asked, why=WISH),
    "agreeing to that": Act(
        "consult_people:agree", {}, [("purge", "one"), *CHANGED], erasure_asked, why=WISH
    ),
    "taking the wish back": Act("consult_people:take_back", {}, CHANGED, erasure_asked),
    # Several, new ones, and the day.
    "several, before it is done": Act(
        "bulk", lambda s: {"action": "spam", "ticked": ticked(s)}, [("list", "one two")]
    ),
    "several": Act(
        "bulk", lambda s: {"action": "spam", "ticked": ticked(s), "confirmed": "yes"}, BOTH, why=EACH
    ),
    "a new one by phone": Act(
        "consult_entry:index",
        answers(channel="phone", locale="en", phone="(555) 555-0177", email="new@example.org", section=None),
        [("search", ""), ("change", "new")],
        why="Whether somebody asked before is looked up, and the new one is stored.",
    ),
    "handing over": Act("hand_over", {"text": "Nothing special."}, [("note", "")]),
    "taking over": Act("take_over", lambda s: {"handed": waiting_keys()}, [("change", "")], handed_over),
}
# What takes a form and is about no request; its events are looked at where it is tested.
ABOUT_NO_REQUEST = {
    "consult_audit:verify",
    "consult_people:about",
    "consult_people:away",
    "consult_people:desk_start",
    "consult_people:factor",
    "consult_people:give",
    "consult_people:invite",
    "consult_people:let_in",
    "consult_people:revoke_invitation",
    "consult_people:switch_off",
    "consult_people:take",
    "consult_requests:delete_view",
    "consult_requests:emergency",
    "consult_requests:retry_notices",
    "consult_requests:views",
    "consent_wordings:add",
    # Wagtail has these two, and they let nobody in.
    "consent_wordings:delete",
    "consent_wordings:edit",
    "every_page:change",
    "every_page:version",
    "reply_templates:add",
    "reply_templates:delete",
    "reply_templates:edit",
}


def ticked(scene):
    return [f"{scene.now(name).pk}:{scene.version(name)}" for name in ("one", "two")]


def waiting_keys():
    return [str(handed.pk) for handed in HandOver.objects.waiting()]


def whole_name(act):
    return act.address if ":" in act.address else f"consult_requests:{act.address}"


def addresses(patterns, namespace=""):
    """Yield the name of every address below these, and the address."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}:{pattern.name}", pattern
        else:
            yield from addresses(pattern.url_patterns, pattern.namespace or namespace)


ADDRESSES = dict(addresses(get_resolver().url_patterns))


def takes_a_form(address):
    """Whether an address takes a POST, or that can't be told."""
    view = getattr(address.callback, "view_class", None)
    return view is None or (hasattr(view, "post") and "post" in view.http_method_names)


def test_no_act_is_left_out():
    ours = {viewset.url_namespace for viewset in register_inbox()}
    there = {
        name
        for name, address in ADDRESSES.items()
        if name.partition(":")[0] in ours and takes_a_form(address)
    }
    named = {whole_name(act) for act in ACTS.values() if act.method == "post"}
    assert there - ABOUT_NO_REQUEST == named
    assert ABOUT_NO_REQUEST <= there


def test_several_events_have_their_reason():
    assert [name for name, act in ACTS.items() if (len(act.events) > 1) != bool(act.why)] == []


@pytest.fixture
def scene(client, midday, settings):
    """A desk that starts with names, and a clinician in charge."""
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    user = sign_in(client, UserFactory(group="Managers"))
    DeskStart.objects.create(pk=1, with_names=True)
    return Scene(client, user)


def address_of(act, scene):
    name = whole_name(act)
    if name in ("consult_people:agree", "consult_people:take_back"):
        return reverse(name, args=[Decision.objects.get().pk])
    if act.address == "found":
        return reverse(name, args=[scene.handle])
    if act.address == "calendar":
        return reverse(name, args=[scene.one.pk, scene.seen("one").get("appointment", 1)])
    is_of_a_request = "<int:pk>" in str(ADDRESSES[name].pattern)
    return reverse(name, args=[getattr(scene, act.on).pk]) + KEPT if is_of_a_request else reverse(name)


def since(number):
    return list(AuditEvent.objects.order_by("seq")[number:])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ACTS)
def test_each_act_has_its_one_event(scene, name, way):
    act, headers = ACTS[name], WAYS[way]
    act.before(scene)
    sent = act.sent(scene) if callable(act.sent) else act.sent
    address, before = address_of(act, scene), AuditEvent.objects.count()
    if act.method == "get":
        response = scene.client.get(address, headers=headers)
    else:
        response = scene.client.post(address, {**scene.seen(act.on), **sent}, headers=headers)
    assert response.status_code in (200, 302)
    events = since(before)
    assert sorted((event.action, scene.names_of(event)) for event in events) == sorted(act.events)
    assert {event.actor for event in events} == {scene.user}
    if response.status_code == 302:
        what_comes_after(scene, response.url, way)


def what_comes_after(scene, address, way):
    """The page that an act leads to is noted as it is shown: a list put in place shows no name anew."""
    before = AuditEvent.objects.count()
    response = scene.client.get(address, headers=WAYS[way])
    assert response.status_code in (200, 410)
    actions = [event.action for event in since(before)]
    if address.partition("?")[0] != INDEX:
        # What was found is listed, with each name that is shown; a request is opened.
        assert not actions or {"list", "view"} & set(actions)
    elif way == "in place":
        assert actions == ["list"]
    else:
        assert actions in (["list"], ["reveal", "list"])


@pytest.mark.parametrize("role", [{"group": "Editors"}, {"group": "Auditors"}, {"superuser": True}])
def test_nobody_else_does_any_of_it(client, scene, role):
    """Each try is one event, and nothing changes."""
    handed_over(scene)
    erasure_asked(scene)
    user = sign_in(client, UserFactory(**role))
    stands = list(ConsultRequest.objects.order_by("pk").values())
    wrong = {}
    for name, act in ACTS.items():
        # Auditors may: it is theirs to watch over.
        if role.get("group") == "Auditors" and act.address == "consult_people:take_back":
            continue
        before = AuditEvent.objects.count()
        send = client.get if act.method == "get" else client.post
        response = send(address_of(act._replace(address="search") if act.address == "found" else act, scene))
        events = [(event.action, event.actor, event.references) for event in since(before)]
        if (response.status_code, events) != (403, [("denied", user, "")]):
            wrong[name] = response.status_code, events
    assert wrong == {}
    assert list(ConsultRequest.objects.order_by("pk").values()) == stands
