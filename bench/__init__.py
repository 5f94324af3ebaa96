"""How fast the form is, beside a bare insert on the same server. `make bench` runs all of it."""
