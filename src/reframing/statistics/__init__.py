"""Study tables: rates, differences and confidence intervals, with the news event as the unit of analysis."""
