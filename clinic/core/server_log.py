"""The log of gunicorn, in which nothing may stand that the site's own log leaves out."""

from gunicorn.glogging import Logger

from .log_format import PlainFormatter


class PlainLogger(Logger):
    """gunicorn's logger with our way of writing a line, for accesses as for errors."""

    def setup(self, cfg):
        """Set the logs up as gunicorn does, then let them be written like ours."""
        super().setup(cfg)
        for log, form in ((self.error_log, self.error_fmt), (self.access_log, self.access_fmt)):
            for handler in log.handlers:
                handler.setFormatter(PlainFormatter(form, self.datefmt))
