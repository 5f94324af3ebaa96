"""The page of reports, and each table as a file."""

from django.http import Http404, HttpResponse
from django.views import View

from consults import csv_files
from consults.admin_pages import PageMixin

from .access import ReportsMixin, note_reading
from .catalogue import wanted_reports
from .masking import SMALLEST_BASE, SMALLEST_COUNT
from .periods import CHOICES, period_from


class ReportsView(ReportsMixin, PageMixin, View):
    """Pictures and tables of 30 or 90 days."""

    page_title = "Reports on requests"
    template_name = "consults/reports/index.html"

    def get(self, request):
        """Show them, or say that nothing has arrived yet."""
        period = period_from(request.GET.get("days"))
        reports = [report.shown(period) for report in wanted_reports().values()]
        context = {
            "period": period,
            "choices": CHOICES,
            "reports": reports,
            "has_arrivals": any(number for _step, number, _share in reports[0]["table"].rows),
            "smallest_count": SMALLEST_COUNT,
            "smallest_base": SMALLEST_BASE,
        }
        response = self.show_page(context)
        note_reading(request, "reports")
        return response


class TableView(ReportsMixin, View):
    """One table as a file."""

    def get(self, request, name):
        """Hand it out."""
        report = wanted_reports().get(name)
        if report is None:
            raise Http404
        table = report.table_of(period_from(request.GET.get("days")))
        response = HttpResponse(
            csv_files.csv_file(table.for_file()),
            content_type=csv_files.CONTENT_TYPE,
            headers={"Content-Disposition": f'attachment; filename="requests-{name}.csv"'},
        )
        note_reading(request, name)
        return response
