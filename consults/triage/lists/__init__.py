"""The lists of the front desk: what is to be done now, all requests, what was looked for."""
