"""A request on its way in: first as the form gave it, then sealed and marked as accepted."""

import hashlib
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from consults.enums import Campaign, Channel, HeardFrom, Locale, Priority, SourceSection
from consults.models import ConsentReceipt
from consults.references import idempotency_key, reference_for
from consults.sealing.blind_index import indexes_of
from consults.sealing.envelope import seal
from consults.sealing.keys import parse_sealing_key, parse_secret
from consults.sealing.marks import make_mark, receipt_statement, request_statement


@dataclass(frozen=True)
class Consent:
    """One purpose agreed to, and the words that were shown for it."""

    purpose: str
    text: str
    version: str
    version_is_proven: bool
    # In hexadecimal digits, as the spool keeps it; empty until the request is sealed, and of release 0.1.0.
    mark: str = ""


@dataclass(frozen=True)
class Columns:
    """What is stored in clear, because the queue is sorted and counted by it."""

    best_times: int
    time_zone: str
    source_section: str = SourceSection.OTHER.value
    locale: str = Locale.EN.value
    channel: str = Channel.WEB.value
    campaign: str = Campaign.NONE.value
    heard_from: str = HeardFrom.UNSAID.value
    location: str = ""
    way: str = ""
    priority: int = Priority.NONE.value
    wants_copy: bool = False
    is_canary: bool = False


@dataclass(frozen=True)
class Submission:
    """A valid request. ``contents`` is sealed, ``columns`` are not; ``network`` is a daily hash."""

    idempotency_key: str
    contents: dict
    columns: Columns
    consents: tuple[Consent, ...] = ()
    page: str = ""
    spam_signals: tuple[str, ...] = ()
    network: str = ""
    # The reference of the request that this one corrects, as the page after that one proved.
    corrects: str = ""
    # When it came, if that isn't now: what is made up arrived some time ago.
    received_at: datetime | None = None

    def sent_again(self) -> "Submission":
        """Return the same under another key, so that it is a request beside the one it equals."""
        return replace(self, idempotency_key=idempotency_key({"again": self.idempotency_key}, day=""))

    def sealed(self, *, attempt=0):
        """Seal the contents under a reference; ``attempt`` counts on when a reference is taken."""
        public_key = parse_sealing_key(settings.CONSULTS_SEALING_PUBLIC_KEY)
        reference = reference_for(self.idempotency_key, attempt=attempt)
        sealed = SealedRequest(
            reference=reference,
            idempotency_key=self.idempotency_key,
            envelope=seal(self.contents, reference=reference, public_key=public_key),
            key_id=public_key.key_id,
            columns=self.columns,
            indexes=self._indexes(),
            consents=self.consents,
            page=self.page,
            spam_signals=self.spam_signals,
            network=self.network,
            corrects=self.corrects,
            received_at=self.received_at or timezone.now(),
        )
        return sealed.marked()

    def _indexes(self):
        return indexes_of(
            parse_secret(settings.CONSULTS_INDEX_KEY),
            phone=self.contents.get("phone_e164", ""),
            email=self.contents.get("email", ""),
            bits=settings.CONSULTS_INDEX_BITS,
        )


@dataclass(frozen=True)
class SealedRequest:
    """A request that nobody can read without the private key, ready for the database or the spool."""

    reference: str
    idempotency_key: str
    envelope: bytes
    key_id: int
    columns: Columns
    indexes: dict
    consents: tuple[Consent, ...]
    page: str
    spam_signals: tuple[str, ...]
    received_at: datetime
    network: str = field(default="", compare=False)
    corrects: str = ""
    # None in the spool of release 0.1.0.
    mark: bytes | None = None

    def marked(self):
        """Return it signed by this process, and each receipt of its consents too."""
        key = parse_sealing_key(settings.CONSULTS_SIGNING_PRIVATE_KEY)
        signed = tuple(
            replace(consent, mark=make_mark(receipt_statement(receipt), key=key).hex())
            for consent, receipt in zip(self.consents, self.receipts(), strict=True)
        )
        statement = request_statement(
            reference=self.reference,
            idempotency_key=self.idempotency_key,
            key_id=self.key_id,
            envelope=self.envelope,
            received_at=self.received_at,
            columns=vars(self.columns),
            indexes=self.indexes,
            purposes=[consent.purpose for consent in self.consents],
        )
        return replace(self, consents=signed, mark=make_mark(statement, key=key))

    def receipts(self):
        """Return the receipts of its consents, not stored yet."""
        return [
            ConsentReceipt(
                reference=self.reference,
                locale=self.columns.locale,
                channel=self.columns.channel,
                page=self.page,
                agreed_at=self.received_at,
                text_sha256=hashlib.sha256(consent.text.encode()).hexdigest(),
                **{**vars(consent), "mark": bytes.fromhex(consent.mark) or None},
            )
            for consent in self.consents
        ]

    def for_spool(self):
        """Return what goes into a spool file beside the envelope."""
        clear = asdict(replace(self, envelope=b"", mark=None))
        # The network counts for an hour only; a replayed request has missed it.
        del clear["envelope"], clear["network"]
        # A worker of release 0.5.0 knows no way in clear. Whoever reads the request first brings it back.
        del clear["columns"]["way"]
        # A worker of release 0.3.0 knows no corrections; it reads what is none.
        if not self.corrects:
            del clear["corrects"]
        mark = self.mark.hex() if self.mark else ""
        return {**clear, "received_at": self.received_at.isoformat(), "mark": mark}

    @classmethod
    def from_spool(cls, clear, envelope):
        """Return the request of a spool file. Raises KeyError, TypeError, ValueError for a strange one.

        Its mark isn't judged here: what bears a wrong one is stored as well, and shown as what it is.
        """
        return cls(
            **{
                **clear,
                "envelope": envelope,
                "mark": bytes.fromhex(clear.get("mark", "")) or None,
                "columns": Columns(**clear["columns"]),
                "consents": tuple(Consent(**consent) for consent in clear["consents"]),
                "spam_signals": tuple(clear["spam_signals"]),
                "received_at": datetime.fromisoformat(clear["received_at"]),
            }
        )
