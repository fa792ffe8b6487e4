-- Rule 19: references that sources use where nobody is known.
create macro is_stand_in(reference) as
    regexp_full_match(
        upper(reference),
        '(UNKNOWN|UNK|UNIDENTIFIED|NOT KNOWN|NOT RECORDED|NONE|NULL|N/?A|NOMINAL|TBC|0+|9{4,}|X+|\?+)'
    );
comment on macro is_stand_in is 'True for a reference that sources use where nobody is known (rule 19).';
