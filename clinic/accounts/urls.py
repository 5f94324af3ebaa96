"""What staff do about their own account: signing in again, second factors, sessions, password, address."""

from allauth.mfa.base.views import index
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from django.db import transaction
from django.urls import path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from . import account_views, session_views, views
from .said_by_views import needs_no_factor

# A factor that goes, or a passkey that comes, and the note of it are one: what can't be noted doesn't happen.
add_passkey = needs_no_factor(transaction.atomic(views.AddPasskeyView.as_view()))
remove_app = transaction.atomic(deactivate_totp)
remove_passkey = transaction.atomic(views.RemovePasskeyView.as_view())

# For whoever has the link of a mail, signed in or not.
answer = needs_no_factor(account_views.AddressAnswerView.as_view())
sign_in_by_passkey = needs_no_factor(views.PasskeySignInView.as_view())

# The names are those by which django-allauth finds them.
urlpatterns = [
    path("again/", needs_no_factor(views.AgainView.as_view()), name="account_reauthenticate"),
    path("again/code/", views.CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", views.PasskeyAgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("password/", account_views.PasswordView.as_view(), name="account_change_password"),
    path("email/", account_views.AddressView.as_view(), name="account_email"),
    path("email/answer/", answer, name="account_email_answer"),
    path("code/", needs_no_factor(views.CodeView.as_view()), name="mfa_authenticate"),
    path("passkey/", sign_in_by_passkey, name="mfa_login_webauthn"),
    path("factors/", needs_no_factor(index), name="mfa_index"),
    path("factors/app/", needs_no_factor(views.AddAppView.as_view()), name="mfa_activate_totp"),
    path("factors/app/remove/", remove_app, name="mfa_deactivate_totp"),
    path("factors/recovery-codes/", needs_no_factor(view_recovery_codes), name="mfa_view_recovery_codes"),
    path("factors/recovery-codes/new/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factors/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("factors/passkeys/add/", add_passkey, name="mfa_add_webauthn"),
    path("factors/passkeys/<int:pk>/", views.RenamePasskeyView.as_view(), name="mfa_edit_webauthn"),
    path("factors/passkeys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    path("sessions/", require_admin_access(session_views.MySessionsView.as_view()), name="account_sessions"),
    # Both answer whoever is signed in no more as well: that is what a page asks them.
    path("sessions/left/", session_views.time_left, name="account_time_left"),
    path("sessions/stay/", session_views.stay, name="account_stay"),
]
