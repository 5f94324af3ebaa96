"""Published pages as files: written by the worker, read by the front server and by the application.

``folders`` says where they lie, ``writer`` writes them, ``watch`` sees when they are old, and ``middleware``
answers with them. Who does what on which machine stands in docs/kept-pages.md.
"""
