"""Paper: the visit summary and what it is made of, given records and never fetching them.

Python runs this file before any module of the package, whatever that module imports first, so this is the
one place where reportlab can be made safe before its first import.
"""

from ssc_hand.reports import engine as engine
