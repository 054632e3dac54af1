"""The sheet that converts amounts and adds up months: beside the form, read by nobody."""
