"""Pages that are taken away and come back, links that lead nowhere, and addresses that lead on."""
