"""The fault trial: the real server under load while things break. `make fault` runs all of it."""
