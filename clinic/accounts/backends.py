"""Looking at a password: the one place for every door, so that none can be tried more often than others."""

from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied

from .guessing import AGAIN, MOST_ACCOUNTS, PASSWORD, Attempt, HeldUp
from .passwords import LONGEST_OF_BEFORE, normal_password

# As the forms bound it (characters).
LONGEST_NAME = 254


class GuardedBackend(ModelBackend):
    """Finds who has this name, or this address, and this password; asks first whether it may be tried.

    Where it may not, it leaves a HeldUp at ``request.held_up``, and no other backend is asked.
    """

    def authenticate(self, request, username=None, password=None, email=None, **_other):
        """Return the user, or None."""
        name = username or email
        if not name or not password or len(name) > LONGEST_NAME or len(password) > LONGEST_OF_BEFORE:
            return None
        users = users_called(name)
        door = AGAIN if getattr(request, "user", None) in users else PASSWORD
        attempt = Attempt(door, request, users, name)
        try:
            attempt.begin()
        except HeldUp as held_up:
            if request:
                request.held_up = held_up
            raise PermissionDenied from None
        if user := self._who_has(password, users):
            attempt.right()
            return user
        attempt.wrong()
        return None

    def _who_has(self, password, users):
        """Return the one with this password who may sign in. Nobody costs as much time as one."""
        if not users:
            # Hashed in vain, so that nobody learns from the time which names there are.
            get_user_model()().set_password(normal_password(password))
        for user in users:
            if has_password(user, password) and self.user_can_authenticate(user):
                return user
        return None


def users_called(name):
    """Return the accounts of this name, or of this address: usually one."""
    by_name = get_user_by_username(name)
    found = filter_users_by_email(name, for_login=True) if "@" in name else []
    others = sorted((user for user in found if user != by_name), key=lambda user: user.pk)
    return [*([by_name] if by_name else []), *others][:MOST_ACCOUNTS]


def has_password(user, password):
    """Whether it is theirs. One from before passwords had a normal form is as it was typed."""
    normal = normal_password(password)
    return user.check_password(normal) or (normal != password and user.check_password(password))
