"""The front desk's pages with few and with many requests stored."""
