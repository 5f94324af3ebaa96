"""Who checked which text, and who may. None of it shows in public: what readers see stands on the page."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page, Revision

# As long as a reason may be (characters): a paragraph.
LONGEST_REASON = 1000


class ReviewingAccount(models.Model):
    """Ties somebody's account to their page among the people, so that a review is theirs alone."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Their own account, used by nobody else.",
    )
    person = models.OneToOneField(
        "team.PersonPage",
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Their page below Team. It must say that this person checks what this site says.",
    )

    class Meta:
        verbose_name = "account of a reviewer"
        verbose_name_plural = "accounts of reviewers"

    def __str__(self):
        return f"{self.account.get_username()}: {self.person.title}"


class Review(models.Model):
    """One act: this person checked this very text. Written by ``record_review`` alone, and never changed."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey("team.PersonPage", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64, help_text="Of the medical text, see digests.py.")
    reviewed_on = models.DateField()
    next_review_on = models.DateField()
    is_own = models.BooleanField(default=False, help_text="Whether they had written it themselves.")

    class Meta:
        # Nobody edits it.
        default_permissions = ()
        indexes = [models.Index(fields=["page", "digest"], name="review_of_text")]

    def __str__(self):
        return f"{self.page_id}, {self.reviewed_on}"


class FindingsReason(models.Model):
    """Why findings of the content check don't hold in these very words of a page. Never changed."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="Of all words, see digests.py.")
    reason = models.TextField(max_length=LONGEST_REASON)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        # Nobody edits it.
        default_permissions = ()
        indexes = [models.Index(fields=["page", "digest"], name="reason_for_text")]

    def __str__(self):
        return f"{self.page_id}, {self.given_at:%Y-%m-%d}"


class OwnPageReason(models.Model):
    """Why, in a clinic with one clinician, she may check what she wrote herself: a manager's words."""

    page = models.OneToOneField(
        Page,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="The page that the only clinician of the clinic wrote and also checks.",
    )
    reason = models.TextField(
        max_length=LONGEST_REASON,
        help_text="Why one clinician is enough here. Readers see that no second one looked, not why.",
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "reason why one clinician is enough"
        verbose_name_plural = "reasons why one clinician is enough"

    def __str__(self):
        return self.page.title


class Sample(models.Model):
    """A page that the builder of the demonstration made. It counts only where the site is one, and only for
    the words that the builder wrote: whoever changes them needs a review like everybody.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(
        max_length=64, default="", db_default="", help_text="Of what the builder wrote."
    )

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.page_id)
