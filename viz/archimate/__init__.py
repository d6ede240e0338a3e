"""The graph as an ArchiMate model: elements, relationships, their tree, and views with positions."""

from .csv_pairs import archi_files, gephi_files
from .export import ModelExport, archimate_model

__all__ = ["ModelExport", "archi_files", "archimate_model", "gephi_files"]
