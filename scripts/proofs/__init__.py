"""What the index does without: no seed, model, page or release is made by anything here.

``engines`` builds the project on PostgreSQL and on Spark and holds the marts against DuckDB's; ``bi`` reads
them with the clients of others. ``benchmark`` and ``engines.scaling`` measure what rank bands cost.
``planted_faults`` and ``mutations`` make realistic faults in figures and slips in code, to see which check
stops each.
"""
