"""The wording somebody agrees to. A change of a word is a new version."""

CONSENT_VERSION = "2026-11-24"
CONSENT_TEXT = "Please contact me about this request using the details above. I have read the privacy notice."
