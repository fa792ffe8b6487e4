-- Rule 9a: a reference as a spreadsheet writes a long number, 1.23457E+11: its last digits are lost, and many may share it.
create macro is_rounded(reference) as
    regexp_full_match(reference, '[+-]?[0-9](\.[0-9]+)?[Ee]\+[0-9]{2,}');
comment on macro is_rounded is 'True for a reference whose last digits a spreadsheet has lost: 1.23457E+11 (rule 9).';
