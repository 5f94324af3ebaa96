"""Redirects as editors make them: from any address, also with a query, to a page, a fixed page or elsewhere.

How a visitor follows one is ``CampaignRedirectMiddleware`` in ``clinic.core.middleware``.
"""
