"""The mails about accounts, as they lie in mailboxes."""

import re

from django.core import mail

from clinic.accounts import mailing


def links_of(address):
    """Send what waits; return path and token of each link that lies in this mailbox, the oldest first."""
    mailing.send_waiting()
    bodies = [message.body for message in mail.outbox if message.to == [address]]
    return re.findall(r"https?://[^/\s]+(/\S+)\?token=(\S+)", "\n".join(bodies))
