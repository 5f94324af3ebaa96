"""Sessions in our own table: only hashes of their keys, and an end that no request by itself puts off."""

from datetime import timedelta

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.models import Session
from django.utils import timezone

from .devices import device_of
from .idle import idle_minutes
from .models import StaffSession, hash_of, longest
from .session_networks import network_hash
from .session_sealing import open_sealed, seal
from .sessions import clear_over
from .use_marks import last_use

# Last use is written once a minute at most. Within it a signed cookie knows better, and no later than this.
WRITTEN_AGAIN_AFTER = timedelta(minutes=1)
# For whoever is about to sign in (minutes).
SIGNING_IN = 30


class SessionStore(SessionBase):
    """Django's interface to a session; ``request`` is the one it belongs to, if any."""

    request = None
    # The row as it was read or made.
    row = None
    _written_at = None

    @classmethod
    def get_model_class(cls):
        """Return the table."""
        return StaffSession

    @classmethod
    def clear_expired(cls):
        """Remove what nobody can use any more, and what the releases before this table left in theirs."""
        clear_over()
        Session.objects.filter(expire_date__lte=timezone.now()).delete()

    def load(self):
        """Return what is in the session; nothing where it is over."""
        row = StaffSession.objects.filter(session_key=hash_of(self.session_key)).first()
        if row:
            self._written_at, row.last_seen = row.last_seen, last_use(self.request, row)
        if row is None or min(row.expire_date, row.ends_at) <= timezone.now():
            self._session_key = None
            return {}
        self.row = row
        return self.decode(open_sealed(row.session_data, self.session_key))

    def exists(self, session_key):
        """Whether there is a session of this key."""
        return StaffSession.objects.filter(session_key=hash_of(session_key)).exists()

    def create(self):
        """Make a row for a new session."""
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create=False):
        """Write what is in the session. Its end stays, unless somebody signed in or out with it."""
        data = self._get_session(no_load=must_create)
        if self.session_key is None:
            self.create()
            return
        fields = {"session_data": seal(self.encode(data), self.session_key)}
        holder = data.get(SESSION_KEY)
        if must_create or holder != self._holder:
            fields |= self._beginning(holder)
        if must_create:
            self.row = StaffSession.objects.create(session_key=hash_of(self.session_key), **fields)
        elif not self._update(fields):
            raise UpdateError

    def delete(self, session_key=None):
        """End the session on the server."""
        if key := session_key or self.session_key:
            StaffSession.objects.filter(session_key=hash_of(key)).delete()

    def cycle_key(self):
        """Give the session a new key; when it began stays."""
        data, new = self._get_session(), self._get_new_session_key()
        rows = StaffSession.objects.filter(session_key=hash_of(self.session_key or ""))
        if not rows.update(session_key=hash_of(new), session_data=seal(self.encode(data), new)):
            super().cycle_key()
            return
        self._session_key = new
        self.modified = True
        self.row.session_key = hash_of(new)

    def note_use(self, user) -> bool:
        """Keep that the user is there; return whether that was written, or is left to the browser to keep."""
        now = timezone.now()
        if timedelta() <= now - self._written_at < WRITTEN_AGAIN_AFTER:
            self.row.last_seen = now
            return False
        fields = _used_at(now, user, self.row.began)
        self._update({**fields, "device": self._device() or self.row.device})
        self._written_at = now
        return True

    @property
    def _holder(self):
        return str(self.row.user_id) if self.row and self.row.user_id else None

    def _update(self, fields):
        rows = StaffSession.objects.filter(session_key=hash_of(self.session_key))
        for name, value in fields.items():
            if self.row:
                setattr(self.row, name, value)
        return rows.update(**fields)

    def _beginning(self, holder):
        now = timezone.now()
        user = get_user_model().objects.filter(pk=holder).first() if holder else None
        network = network_hash(self.request, user=user, began=now) if user and self.request else ""
        return {
            "user": user,
            "began": now,
            "device": self._device(),
            "networks": network,
            "mailed_at": None,
            **_used_at(now, user, now),
        }

    def _device(self):
        return device_of(self.request.headers.get("User-Agent", "")) if self.request else ""


def _used_at(now, user, began):
    minutes = idle_minutes(user) if user else SIGNING_IN
    # What the browser alone knows may come from the minute after the one that is written.
    end = now + timedelta(minutes=minutes) + WRITTEN_AGAIN_AFTER
    return {
        "last_seen": now,
        "idle_minutes": minutes,
        "expire_date": min(end, began + longest()),
    }
