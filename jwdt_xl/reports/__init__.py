"""Evaluation reports as Word documents, made from a template that an institute edits in Word.

What a template may say is declared in `fields`; `values` and `rows` fill it from a result, `charts` draws, `template`
renders what a template of others asks for, and nothing else. `default` makes the templates that come with the package.
Needs the extra ``report`` (docxtpl, matplotlib), which is asked for when a report is made. Begin at `report`.
"""
