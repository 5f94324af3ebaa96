"""What managers, auditors and whoever runs the site look after."""
