"""Files for other programs and other clinics: given records, gives text, and back."""
