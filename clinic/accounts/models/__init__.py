"""What is kept about accounts of staff, beside Django's own table of users."""

from .email_changes import EmailChange
from .mails import AccountMail
from .tries import TryCount

__all__ = ["AccountMail", "EmailChange", "TryCount"]
