from .evidence import Evidence as Evidence
from .evidence import evidence as evidence
from .extract import extract_targets as extract_targets
from .extract import unknown_units as unknown_units
from .finding import Quantity as Quantity
from .finding import find_quantities as find_quantities
