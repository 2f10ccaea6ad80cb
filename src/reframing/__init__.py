"""How original reporting is reframed in reposts.

Pure functions over frozen records: `annotate` an article, `pair` articles, `align` two of them,
`compare` an original with its repost. Stages (`reframing.stages`) and the command line
(`reframing.commands.main`) are thin wrappers that read and write files.
"""

__version__ = "0.1.0"
