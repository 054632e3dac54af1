"""The sheets that say where weights come from: experts, AHP, survey results and their combination."""
