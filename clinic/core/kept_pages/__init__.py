"""Published pages as files: written by the worker and on first request, read by the front server and by the
application.

``folders`` says where they lie, ``rendering`` makes a page, ``writer`` writes all of them, ``watch`` sees
when they are old and takes them away, ``serving`` answers with them before Django begins, and ``middleware``
writes what a visitor asked for first. Who does what on which machine stands in docs/kept-pages.md.
"""
