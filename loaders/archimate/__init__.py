"""ArchiMate models from other tools: exchange files, files and folders of Archi, and their import."""

from .importing import ModelImport, ModelReport, import_model
from .reading import is_model, read_model

__all__ = ["ModelImport", "ModelReport", "import_model", "is_model", "read_model"]
