"""Redlines: two settled trees -> one whose nodes are marked as inserted, deleted, moved or set otherwise.

Marked inlines stand in a ``Span`` of the class "insertion", "deletion" or "reformatted", marked blocks in a ``Div`` of
the class "insertion", "deletion", "moved-from" or "moved-to"; rows and cells of tables bear the class themselves. A
paragraph whose end is new or gone closes with an empty ``Span`` "paragraph-insertion" or "paragraph-deletion", as
Pandoc's own reader of Word has it. Every mark has the pairs "author" and "date".
"""
