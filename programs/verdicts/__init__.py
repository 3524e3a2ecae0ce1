"""The rules over rows: a case's facts, judgements, what stands before issuing."""
