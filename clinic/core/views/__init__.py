"""The fixed routes of the site. None of them but the search needs the database."""
