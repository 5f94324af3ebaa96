"""The addresses of the reviewer's pages, below /admin/review/."""

from django.urls import path

from .views import DraftView, ReadView, ToReviewView

urlpatterns = [
    path("review/", ToReviewView.as_view(), name="review_list"),
    path("review/<int:page_id>/", ReadView.as_view(), name="review_read"),
    path("review/<int:page_id>/draft/", DraftView.as_view(), name="review_draft"),
]
