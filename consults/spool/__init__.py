"""The second place to keep requests: sealed files on the local disk, while the database is away."""
