"""The patient's side: no JavaScript, no cookie, and no database until the request is stored."""
