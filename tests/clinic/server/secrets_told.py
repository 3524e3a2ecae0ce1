"""Whether a text tells any piece of a password."""

BREAKING_PASSWORDS = [
    "Xq7vLm/9Kw2rT5zP",
    "12345/9Kw2rT5zP",
    "12345/9Kw2rT5zP?x=Qd4n",
    "12345?9Kw2=rT5zP",
    "12345#9Kw2rT5zP",
    "99999999/9Kw2rT5zP",
    "Xq7v#9Kw2rT5zP",
    "Xq7v[9Kw2rT5zP",
    "Xq7v℀Kw2rT5zP",
]
"""Passwords with a sign that has to be written otherwise in an address."""


def pieces_told(password: str, text: str) -> list[str]:
    """Every four signs of the password, in a row, that stand in the text too."""
    pieces = [password[i : i + 4] for i in range(len(password) - 3)]
    return [piece for piece in pieces if piece in text]
