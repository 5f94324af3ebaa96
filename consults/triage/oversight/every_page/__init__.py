"""Where managers change what every page says and who is told: form, what it will look like, history."""
