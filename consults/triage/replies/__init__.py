"""What the front desk says to people: the words that managers prepared, and answers by e-mail."""
