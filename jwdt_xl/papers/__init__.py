"""What an enterprise has filed elsewhere: each kind of paper declared once, recognised by its headings, imported with its origin."""
