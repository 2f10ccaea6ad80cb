"""Tables of the study: rates, differences and intervals, with the event as the unit.

One idea a module. `study_tables` turns compared pairs into every table that the figures draw.
"""

from reframing.statistics.tables import COLUMNS, study_tables, tables_of

__all__ = ["COLUMNS", "study_tables", "tables_of"]
