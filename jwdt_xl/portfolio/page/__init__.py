"""A portfolio as one web page that any computer opens without a network: ranking, charts, findings. Begin at `write`."""
