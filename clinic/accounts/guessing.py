"""How often a password or a code may be tried: asked before anything expensive is done with it.

Whoever signed in here before, in this very browser, is counted for themselves. All other browsers are counted
by account and network, by network, and by account as a whole. So a stranger who tries and tries holds up
passwords from browsers that were never here, and nobody else; never a passkey, and never the link in a mail,
which makes a browser known.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinic.core.facts import read_facts
from clinic.core.networks import visitor_network

from . import events, known_devices
from .models import TryCount

# Who is known by this name is counted together with whoever else is: no more than these are looked at.
MOST_ACCOUNTS = 3


@dataclass(frozen=True)
class Limit:
    """So many tries within so long, from the first one on."""

    name: str
    most: int
    within: timedelta

    def key(self, *parts):
        """Return what a row is called: a keyed hash, for what was typed may be a password."""
        said = "|".join([self.name, *map(str, parts)])
        return salted_hmac("clinic.accounts.guessing", said, algorithm="sha256").hexdigest()

    def add(self, *parts):
        """Count one more; return its number and the moment when the count ends."""
        return TryCount.add(self.key(*parts), seconds=int(self.within.total_seconds()))

    def has_room(self, *parts):
        """Count one more; return whether it is within the limit."""
        return self.add(*parts)[0] <= self.most


QUARTER, DAY, HOUR = timedelta(minutes=15), timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True)
class Door:
    """The limits of one kind of try. ``what`` is its word in the audit, ``name`` keeps its counts apart."""

    name: str
    what: str
    known: Limit
    here: Limit
    account: Limit
    network: Limit
    everywhere: Limit


def _door(name, what, *, here, account):
    limit = partial(_limit, name)
    return Door(
        name=name,
        what=what,
        known=limit("known", here, QUARTER),
        here=limit("here", here, QUARTER),
        account=limit("account", account, DAY),
        # A clinic has one address for all who work there.
        network=limit("network", 100, QUARTER),
        # Each try costs the machine memory and time, and the audit a row.
        everywhere=limit("everywhere", 1000, QUARTER),
    )


def _limit(door, name, most, within):
    return Limit(f"{door} {name}", most, within)


PASSWORD = _door("password", "wrong passwords", here=10, account=50)
# The password again, of somebody who is signed in.
AGAIN = _door("again", "wrong passwords of somebody signed in", here=10, account=50)
# A million codes, of which up to three are right at a time.
CODE = _door("code", "wrong codes", here=5, account=30)

# New passwords that are asked for, by what was typed and by network; links that are none, by network.
RESETS = Limit("resets", 3, HOUR)
RESETS_OF_NETWORK = Limit("resets of network", 30, HOUR)
WRONG_LINKS = Limit("wrong links", 30, QUARTER)
# How often the owner is told of wrong tries: about one account, and in all.
MAILS_OF_ACCOUNT = Limit("mails of account", 1, HOUR)
MAILS = Limit("mails", 12, DAY)


class HeldUp(Exception):
    """So much was tried that nothing more is looked at until ``ends`` (seconds since 1970)."""

    def __init__(self, door, ends):
        super().__init__(door.what)
        self.door, self.ends = door, ends

    @property
    def minutes(self):
        """How long it lasts, in full minutes and never none."""
        left = self.ends - timezone.now().timestamp()
        return max(1, -int(-left // 60))

    @property
    def in_words(self):
        """What to say: how long, what works now, whom to call."""
        phone = read_facts().phone
        mailed = "" if self.door is CODE else ", and so does a new password by the link that we mail you"
        call = f" For help call {phone}." if phone else ""
        said = f"Too many {self.door.what} were tried from here. Wait {self._for}."
        return f"{said} A passkey works now{mailed}.{call}"

    @property
    def _for(self):
        if self.minutes < 120:
            return f"{self.minutes} minute{'' if self.minutes == 1 else 's'}"
        return f"{-(-self.minutes // 60)} hours"


@dataclass
class Attempt:
    """One try at a door by whoever asks. Begin it before looking at what was typed, then say what came of it.

    ``users`` are the accounts it may be for, ``name`` what was typed for one that there isn't.
    """

    door: Door
    request: object
    users: list
    name: str = ""
    _counted: list = field(default_factory=list)

    def begin(self):
        """Count it. Raises HeldUp where it is one too many; then nothing may be looked at."""
        for user in self.users[:MOST_ACCOUNTS] or [None]:
            device = known_devices.known_to(self.request, user) if user else None
            for limit, parts in self._limits(user, device):
                n, ends = limit.add(*parts)
                if n > limit.most:
                    if n == limit.most + 1:
                        self._note_limit(user, limit)
                    raise HeldUp(self.door, ends)
                self._counted.append((limit, parts))

    def right(self):
        """Take the try back: it was right. What others tried wrongly meanwhile stays counted."""
        for limit, parts in self._counted:
            TryCount.take_back(limit.key(*parts))

    def wrong(self):
        """Note that it was wrong."""
        user = self.users[0] if self.users else None
        detail = {CODE: "wrong code", AGAIN: "wrong password, signed in"}.get(self.door, "wrong password")
        if user is None:
            detail = "no such account"
        elif not user.is_active:
            detail = f"{detail}, account switched off"
        events.note(events.Action.SIGN_IN_FAIL, actor=None, about=user, detail=detail)

    def _limits(self, user, device):
        """Return what counts, the narrowest first: what that stops the wider ones never see."""
        account = user.pk if user else f"name {self.name.casefold()}"
        if device:
            return [(self.door.known, (account, device))]
        network = visitor_network(self.request) if self.request else None
        return [
            (self.door.here, (account, network)),
            (self.door.network, (network,)),
            (self.door.account, (account,)),
            (self.door.everywhere, ()),
        ]

    def _note_limit(self, user, limit):
        where = limit.name.removeprefix(f"{self.door.name} ")
        detail = f"{limit.most} {self.door.what}: {WHERE[where]}"
        tell = []
        if MAILS_OF_ACCOUNT.has_room(user.pk if user else "") and MAILS.has_room():
            tell = [events.Tell.OWNER, *([events.Tell.HOLDER] if user else [])]
        events.note(events.Action.LIMIT, actor=None, about=user, detail=detail, tell=tell)


WHERE = {
    "known": "in a browser that was here before",
    "here": "from one network at one account",
    "network": "from one network",
    "account": "at one account, from browsers that were never here",
    "everywhere": "in all, from browsers that were never here",
}


def forget_ended():
    """Remove counts that count no more; a step of the worker."""
    TryCount.forget_ended()
