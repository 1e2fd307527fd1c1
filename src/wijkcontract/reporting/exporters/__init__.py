"""The issued report in other forms. Each is made from the frozen content alone: the same content gives the same bytes."""

from wijkcontract.reporting.exporters.excel import excel
from wijkcontract.reporting.exporters.pdf import pdf

__all__ = ["excel", "pdf"]
