from .document import write_report_document as write_report_document
from .findings import findings as findings
from .page import write_report as write_report
