"""Who is at the desk, since when and by whom; who was invited; what waits for a second person."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from consults.enums import DecisionKind, DeskRole

from .contacts import LONGEST_REASON
from .requests import ConsultRequest

# How long a link is good.
INVITATION_LASTS = timedelta(hours=72)
# What nobody agreed to for so long has to be asked for again.
DECISION_LASTS = timedelta(days=14)


def _user(**options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        **{"on_delete": models.PROTECT, "related_name": "+", "editable": False, **options},
    )


class DeskGrantQuerySet(models.QuerySet):
    """Roles as whoever asks for a right meets them."""

    def in_force(self):
        """Keep what somebody has now: an account that is switched off has nothing."""
        return self.filter(until=None, user__is_active=True)


class DeskGrant(models.Model):
    """One role that somebody has at the desk, or had. This table alone gives rights over requests."""

    wagtail_reference_index_ignore = True

    user = _user(related_name="desk_grants")
    role = models.CharField(max_length=12, choices=DeskRole)
    since = models.DateTimeField(default=timezone.now, editable=False)
    # Empty: on the server, or taken over from the groups of the release before.
    granted_by = _user(null=True)
    confirmed_by = _user(null=True)
    until = models.DateTimeField(null=True, editable=False)
    ended_by = _user(null=True)

    objects = DeskGrantQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(until=None), name="desk_grant_once"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"


class DeskProfileQuerySet(models.QuerySet):
    """What is known of people, as the desk asks for it."""

    def away_within(self, first, last):
        """Keep those who are away on one of these days."""
        return self.filter(away_from__lte=last, away_until__gte=first)


class DeskProfile(models.Model):
    """What colleagues should know of somebody at the desk. It gives no rights."""

    wagtail_reference_index_ignore = True

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="desk_profile"
    )
    # Keys of the clinic's locations, blank between them; empty: all.
    locations = models.CharField(max_length=400, blank=True)
    stands_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Days by the clinic's clock, both of them away; empty: here.
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)

    objects = DeskProfileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(away_from=None, away_until=None)
                | models.Q(
                    away_from__isnull=False,
                    away_until__isnull=False,
                    away_from__lte=models.F("away_until"),
                ),
                name="desk_profile_away_in_order",
            )
        ]

    def __str__(self):
        return f"About {self.user}"


def _nonce():
    return secrets.token_urlsafe(16)


class InvitationQuerySet(models.QuerySet):
    """Invitations as their senders meet them."""

    def open(self):
        """Keep those that were neither used nor taken back; some of them may be too old."""
        return self.filter(used_at=None, revoked_at=None)


class Invitation(models.Model):
    """A link that makes an account, once: for a role at the desk, or for what Wagtail's form made."""

    wagtail_reference_index_ignore = True

    email = models.EmailField()
    first_name = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=150, blank=True)
    # Empty: no role at the desk.
    role = models.CharField(max_length=12, choices=DeskRole, blank=True)
    # Who came of it, or whose account it is from the start.
    user = _user(null=True, on_delete=models.CASCADE, related_name="invitations")
    invited_by = _user()
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    # With the key of the site it makes the link, which is stored nowhere.
    nonce = models.CharField(max_length=32, default=_nonce, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-invited_at", "-pk"]

    def __str__(self):
        return f"Invitation {self.pk}"

    @property
    def is_late(self):
        """Whether its time is over."""
        return timezone.now() > self.invited_at + INVITATION_LASTS


class DecisionQuerySet(models.QuerySet):
    """Decisions as managers and auditors meet them."""

    def open(self):
        """Keep what is neither done nor taken back, and not too old."""
        asked_since = timezone.now() - DECISION_LASTS
        return self.filter(done_at=None, revoked_at=None, asked_at__gt=asked_since)

    def due(self):
        """Keep what waited for its day, the oldest first."""
        return self.open().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")


class Decision(models.Model):
    """What one manager wants and not one alone decides: a second one agrees, or a day has to pass."""

    wagtail_reference_index_ignore = True

    kind = models.CharField(max_length=12, choices=DecisionKind)
    about = _user(null=True)
    role = models.CharField(max_length=12, choices=DeskRole, blank=True)
    consult = models.ForeignKey(
        ConsultRequest, null=True, on_delete=models.CASCADE, related_name="decisions", editable=False
    )
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    asked_by = _user()
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    # Empty: it takes a second manager.
    due_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = _user(null=True)
    done_at = models.DateTimeField(null=True, editable=False)
    # Empty with a time: the site, since it could not be done any more.
    revoked_by = _user(null=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    # Whether nothing comes of it, since something happened to its request; set where it is shown.
    has_lapsed = False

    objects = DecisionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return f"{self.in_words}, asked for by {self.asked_by}"

    @property
    def in_words(self):
        """What is to be done; never what is in a request."""
        if self.kind == DecisionKind.GRANT:
            return f"make {self.about} one of the {self.get_role_display()}"
        if self.kind == DecisionKind.FACTOR:
            return f"let {self.about} begin anew, without the lost second factor"
        words = {
            DecisionKind.ERASE: "remove the contents of {}",
            DecisionKind.LIFT_STOP: "let the person of {} be contacted again",
            DecisionKind.RELEASE: "no longer keep the contents of {} beyond their time",
        }
        return words[self.kind].format(self.consult)
