"""The doors of the inbox: these and no others."""

from django.urls import path

from consults.admin_pages import MenuViewSet
from consults.permissions import can_read_requests

from .appointments.actions import CameView, CancelView, ChangeView, MakeView, NoShowView, PutOnRecordView
from .appointments.calendar import CalendarView
from .appointments.record_sheet import RecordSheetView
from .days.hand_over import HandOverView, TakeOverView
from .days.outage import OutageView
from .detail.actions import (
    AssignView,
    ClaimView,
    EraseView,
    HandToClinicianView,
    HoldView,
    LinkView,
    MissedView,
    NoteView,
    OutcomeView,
    PriorityView,
    SnoozeView,
    StatusView,
    UndoView,
    UnlinkView,
)
from .detail.do_not_contact import LiftStopView, StopView
from .detail.held import HeldView
from .detail.others import OthersView, ReopenOthersView
from .detail.page import ConsultView
from .detail.print_view import PrintView
from .exports.views import ExportView
from .lists.bulk import BulkView
from .lists.desk import DeskView
from .lists.inbox import InboxView
from .lists.saved_views import DeleteSavedView, OpenSavedView, SavedViewsView
from .lists.search import FoundView, SearchView
from .oversight.banners import RetryNoticesView
from .oversight.emergency import EmergencyView
from .replies.page import ReplyView


class ConsultRequestViewSet(MenuViewSet):
    """Lists, one request and what can be done to it. No adding, deleting or copying."""

    name = "consult_requests"
    url_prefix = "requests"
    icon = "mail"
    menu_label = "Requests"
    menu_name = "consult-requests"
    menu_order = 90
    is_allowed = staticmethod(can_read_requests)

    def get_urlpatterns(self):
        """Return the addresses below /admin/requests/."""
        return [
            path("", DeskView.as_view(), name="index"),
            path("all/", InboxView.as_view(), name="all"),
            path("all/results/", InboxView.as_view(results_only=True), name="all_results"),
            path("bulk/", BulkView.as_view(), name="bulk"),
            path("export/", ExportView.as_view(), name="export"),
            path("views/", SavedViewsView.as_view(), name="views"),
            path("views/<int:pk>/", OpenSavedView.as_view(), name="view"),
            path("views/<int:pk>/delete/", DeleteSavedView.as_view(), name="delete_view"),
            path("emergency/", EmergencyView.as_view(), name="emergency"),
            path("hand-over/", HandOverView.as_view(), name="hand_over"),
            path("hand-over/taken/", TakeOverView.as_view(), name="take_over"),
            path("outage/", OutageView.as_view(), name="outage"),
            path("find/", SearchView.as_view(), name="search"),
            path("found/<slug:handle>/", FoundView.as_view(), name="found"),
            path("notices/retry/", RetryNoticesView.as_view(), name="retry_notices"),
            path("<int:pk>/", ConsultView.as_view(), name="detail"),
            path("<int:pk>/print/", PrintView.as_view(), name="print"),
            path("<int:pk>/claim/", ClaimView.as_view(), name="claim"),
            path("<int:pk>/outcome/", OutcomeView.as_view(), name="outcome"),
            path("<int:pk>/snooze/", SnoozeView.as_view(), name="snooze"),
            path("<int:pk>/assign/", AssignView.as_view(), name="assign"),
            path("<int:pk>/priority/", PriorityView.as_view(), name="priority"),
            path("<int:pk>/clinician/", HandToClinicianView.as_view(), name="hand_to_clinician"),
            path("<int:pk>/missed/", MissedView.as_view(), name="missed"),
            path("<int:pk>/hold/", HoldView.as_view(), name="hold"),
            path("<int:pk>/erase/", EraseView.as_view(), name="erase"),
            path("<int:pk>/stop/", StopView.as_view(), name="stop"),
            path("<int:pk>/stop/lift/", LiftStopView.as_view(), name="lift_stop"),
            path("<int:pk>/link/", LinkView.as_view(), name="link"),
            path("<int:pk>/unlink/", UnlinkView.as_view(), name="unlink"),
            path("<int:pk>/others/", OthersView.as_view(), name="others"),
            path("<int:pk>/others/reopen/", ReopenOthersView.as_view(), name="reopen_others"),
            path("<int:pk>/held/", HeldView.as_view(), name="held"),
            path("<int:pk>/status/", StatusView.as_view(), name="status"),
            path("<int:pk>/undo/", UndoView.as_view(), name="undo"),
            path("<int:pk>/note/", NoteView.as_view(), name="note"),
            path("<int:pk>/reply/", ReplyView.as_view(), name="reply"),
            path("<int:pk>/appointment/", MakeView.as_view(), name="make_appointment"),
            path("<int:pk>/appointment/change/", ChangeView.as_view(), name="change_appointment"),
            path("<int:pk>/appointment/cancel/", CancelView.as_view(), name="cancel_appointment"),
            path("<int:pk>/appointment/came/", CameView.as_view(), name="came"),
            path("<int:pk>/appointment/did-not-come/", NoShowView.as_view(), name="no_show"),
            path("<int:pk>/appointment/<int:appointment>/calendar/", CalendarView.as_view(), name="calendar"),
            path("<int:pk>/record-sheet/", RecordSheetView.as_view(), name="record_sheet"),
            path("<int:pk>/handed-over/", PutOnRecordView.as_view(), name="put_on_record"),
        ]
