"""Sealing which template an e-mail was written from, where release 0.1.0 left it in clear."""

import contextlib

from django.db import transaction

from consults.models import SealedReply
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.sealing.texts import seal_reply_part

from .reading.opening import open_record

PART = "template_name"


def seal_template_names() -> int:
    """Seal the names that stand in clear; return how many. Raises django.db.Error."""
    done = 0
    for reply in SealedReply.objects.exclude(template=None).iterator():
        # One that doesn't open keeps its name until somebody dealt with it; its page says it loudly.
        with contextlib.suppress(EnvelopeProblem, KeyProblem):
            done += _seal(reply)
    return done


@transaction.atomic
def _seal(reply: SealedReply) -> bool:
    _contents, record_key = open_record(reply.consult)
    name = reply.template.title if reply.template else ""
    sealed = seal_reply_part(name, part=PART, reply_id=str(reply.pk), record_key=record_key)
    return bool(SealedReply.objects.filter(pk=reply.pk).update(template=None, template_name=sealed))
