"""Trying to sign in, as people and strangers do: from browsers that were here before, and from networks."""

from django.test import Client

LOGIN = "/admin/login/"
PASSWORD = "a long password of the desk"
WRONG = "not the password of the desk"


def from_network(number):
    """Return a browser that was never here, in a network of its own."""
    return Client(REMOTE_ADDR=f"198.{18 + number // 200}.{number % 200}.7")


def try_password(browser, name, password=PASSWORD):
    """Send the form to sign in; return the page it answers with, "" where it leads on."""
    answer = browser.post(LOGIN, {"login": str(name), "username": str(name), "password": password})
    return "" if answer.status_code == 302 else answer.content.decode()


def is_in(browser):
    """Whether the browser is signed in."""
    return browser.get("/admin/").status_code == 200
