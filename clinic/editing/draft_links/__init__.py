"""Links by which somebody without a login reads a draft, for some days or until they are taken back."""
