"""The same rule for what pages share: a medical answer is published by who checks what this site says."""

from django.db.models import Q
from django.urls import reverse

from clinic.core.live_rules import Reason, shared_rule
from clinic.core.medical_words import names_medicine
from clinic.core.models import Faq, RegulatoryStatement
from clinic.core.start_page import MOST_ROWS, Row, start_section

from .reading.waiting import may_review
from .recording import MOST_VERSIONS
from .reviewers import others_can_review, reviewing_account_of

# An answer about money or privacy is a medical one only where it speaks of medicine.
PLAIN_TOPICS = {Faq.Topic.COST, Faq.Topic.PRIVACY}
NOT_A_REVIEWER = Reason(
    "This is medical, so a medical reviewer publishes it. Save it as a draft: it waits on their start page."
)
OWN_WORDS = Reason(
    "You wrote this draft, so another medical reviewer publishes it. Save it as a draft: it waits on their"
    " start page."
)


@shared_rule
def medical_answer(content, user):
    """Yield why this person may not publish it: publishing is the act by which a reviewer answers for it."""
    if not is_medical(content) and not _was_medical(content):
        return
    if user is None or reviewing_account_of(user) is None:
        yield NOT_A_REVIEWER
    elif _is_written_by(content, user) and others_can_review(user):
        yield OWN_WORDS


def is_medical(content) -> bool:
    """Whether it says something medical; a source alone says nothing."""
    if isinstance(content, RegulatoryStatement):
        return True
    if not isinstance(content, Faq):
        return False
    return content.topic not in PLAIN_TOPICS or names_medicine([content.question, content.answer])


def _was_medical(content):
    """Whether what stood online last was medical: under another topic it is still what pages show."""
    was_online = Q(live=True) | Q(first_published_at__isnull=False)
    published = type(content)._base_manager.filter(was_online, pk=content.pk).first()
    return published is not None and is_medical(published)


def _is_written_by(content, user):
    """Whether the words came from this person: from a draft of theirs, or typed just now.

    Whoever saves a draft once more as it is has not written it.
    """
    if content.live and not content.has_unpublished_changes:
        return True
    written_by = user.pk
    for draft in content.revisions.order_by("-created_at", "-pk")[:MOST_VERSIONS]:
        if not _says_the_same(draft, content):
            break
        written_by = draft.user_id
    return written_by == user.pk


def _says_the_same(draft, content):
    words = ("question", "answer", "topic", "text", "source_title", "source_url")
    there = draft.content
    return all(there[word] == getattr(content, word) for word in words if word in there)


@start_section("Answers and statements to check", order=12)
def drafts_to_check(user):
    """Tell a reviewer's start page of drafts of medical content; three queries, however many there are."""
    if not may_review(user):
        return
    drafts = [
        *RegulatoryStatement.objects.drafts()[: MOST_ROWS + 1],
        *(one for one in Faq.objects.drafts() if is_medical(one)),
    ]
    for draft in drafts[: MOST_ROWS + 1]:
        edit = reverse(f"wagtailsnippets_core_{draft._meta.model_name}:edit", args=[draft.pk])
        yield Row(str(draft), edit, draft._meta.verbose_name)
