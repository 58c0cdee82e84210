"""The hand diagram: shapes to press, values to read, marks of lesions."""
