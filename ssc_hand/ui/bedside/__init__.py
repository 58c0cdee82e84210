"""What is typed at the bedside: the path over the digits, the timer, the number pad, the account."""
