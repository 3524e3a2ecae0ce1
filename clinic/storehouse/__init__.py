"""Files that grow, in a bucket beside the database where the settings name one.

A file is always written into its row first, in the transaction of whoever makes it: nobody waits
for the bucket, and nothing is lost while it is away. ``run_due`` takes it there later
(``clinic.file_moves``), and empties the row only when the bucket has given the same bytes back.
What lies there is named by its SHA-256 under its practice, and only this site reads it (``place``).
"""
