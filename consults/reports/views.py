"""The page of reports, and each table as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from consults import csv_files
from consults.admin_pages import PageMixin
from consults.permissions import can_read_requests

from .access import ReportsMixin, note_reading
from .catalogue import wanted_reports
from .forms import asked_for
from .periods import CHOICES, last_days, today
from .rounding import SMALLEST_BASE, SMALLEST_COUNT, exact, in_fives
from .summary import summary_of

# Of what can't be days, no more than this is handed on to be shown.
LONGEST_QUERY = 400


class ReportsView(ReportsMixin, PageMixin, View):
    """Pictures and tables of some days, beside the days before.

    To whoever may open each request the counts are exact, and stay on the screen; what is asked for
    ``rounded`` is in fives, and may be printed and handed on.
    """

    page_title = "Reports on requests"
    template_name = "consults/reports/index.html"

    def get(self, request):
        """Show them, or say that nothing has arrived yet; days that can't be are said to be so."""
        form, asked = asked_for(request.GET)
        period = asked or last_days(CHOICES[0])
        may_be_exact = can_read_requests(request.user)
        is_exact = may_be_exact and "rounded" not in request.GET
        told = exact if is_exact else in_fives
        reports = {name: report.shown(period, told) for name, report in wanted_reports().items()}
        funnels, clocks = reports["funnel"]["figures"], reports["clocks"]["figures"]
        appointments = reports["appointments"]["figures"]
        context = {
            "form": form,
            "period": period,
            "choices": CHOICES,
            "is_until_today": period.last_day == today(),
            "is_exact": is_exact,
            "may_be_exact": may_be_exact,
            "reports": reports.values(),
            # Appointments may lie in days in which nobody wrote.
            "has_figures": any(steps[0].count for steps in funnels) or any(appointments),
            "summary": summary_of(period, funnels, clocks),
            "smallest_count": SMALLEST_COUNT,
            "smallest_base": SMALLEST_BASE,
        }
        response = self.show_page(context)
        days = (period.first_day, period.last_day)
        note_reading(request, "reports" if is_exact else "rounded reports", days)
        return response


class TableView(ReportsMixin, View):
    """One table as a file, always in fives: a file leaves."""

    def get(self, request, name):
        """Hand it out, named by its days; days that can't be lead to the page that says so."""
        report = wanted_reports().get(name)
        if report is None:
            raise Http404
        _form, period = asked_for(request.GET)
        if period is None:
            return redirect(f"{reverse('consult_reports:index')}?{request.GET.urlencode()[:LONGEST_QUERY]}")
        table = report.table_of(period, in_fives)
        first, last = days = table.days or (period.first_day, period.last_day)
        file_name = f"requests-{name}-{first}-to-{last}-rounded.csv"
        response = HttpResponse(
            csv_files.csv_file(table.for_file()),
            content_type=csv_files.CONTENT_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
        )
        note_reading(request, name, days)
        return response
