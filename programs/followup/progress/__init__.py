"""How a case goes: the week in words, the chart, adherence, the log."""
