"""The sheet of measures: what an enterprise plans, line by line, computed live beside the evaluation it changes nothing of."""
