"""A campaign as a folder: its declaration, who is evaluated by which guide, its log, how far it is, and whom to remind."""
