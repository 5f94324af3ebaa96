"""The pictures that go with a shared link: a card with a page's title in the clinic's look, or a picture that
an editor chose.

``cards`` says which card a page has, ``drawing`` draws one, ``mark`` the clinic's mark on it, and ``keeping``
is the worker's part: cards are made before anybody asks for them, and never by a visitor's request.
"""
