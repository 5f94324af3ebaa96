"""Who may review what."""

from django.contrib.auth import get_user_model

from .models import OwnPageReason, ReviewingAccount


def reviewing_account_of(account) -> ReviewingAccount | None:
    """Return the tie of an account to a person who checks what this site says, if there is one."""
    return _able().filter(account=account).select_related("person").first()


def may_check_own_page(page, account) -> bool:
    """Whether the only clinician may check what she wrote: somebody else gave a reason, in writing."""
    if others_can_review(account):
        return False
    return OwnPageReason.objects.filter(page=page).exclude(account=account).exclude(account=None).exists()


def others_can_review(account) -> bool:
    """Whether somebody else checks what this site says, too."""
    return _able().exclude(account=account).exists()


def can_anybody_review() -> bool:
    """Whether somebody checks what this site says."""
    return _able().exists()


def is_reviewers(account, person) -> bool:
    """Whether this account is still that of this person, who still checks what this site says."""
    return _able().filter(account=account, person=person).exists()


def is_own_page(page, *, account, person, written_by=None) -> bool:
    """Whether somebody checks their own words: as the author who is named, or as who saved this version."""
    return getattr(page, "author_id", None) == person.pk or written_by == account.pk


def _able():
    active = get_user_model().objects.filter(is_active=True)
    return ReviewingAccount.objects.filter(
        account__in=active, person__reviews_content=True, person__live=True
    )
