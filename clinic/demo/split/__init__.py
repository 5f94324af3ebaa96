"""The demonstration as two processes that are really two, on a PostgreSQL of its own."""
