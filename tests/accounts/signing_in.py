"""Being signed in as the forms would have it, without going through them."""

import time

from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client, user, *, is_fresh=True, with_factor=False):
    """Sign a user in; ``with_factor``: by a second factor too, which is made where there is none."""
    client.force_login(user)
    at = time.time() - (0 if is_fresh else 3600)
    records = [{"method": "password", "at": at, "username": user.get_username()}]
    if with_factor:
        records.append({"method": "mfa", "at": at, "id": give_factor(user).pk, "type": "totp"})
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = user_id_to_str(user)
    session.save()
    return user


def give_factor(user):
    """Return the user's app for codes, made where there is none."""
    kind = {"user": user, "type": Authenticator.Type.TOTP}
    return Authenticator.objects.get_or_create(**kind, defaults={"data": {"secret": encrypt(SECRET)}})[0]
