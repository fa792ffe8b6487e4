-- Rule 19: the pattern of a reference, in the form of stand_in_form, that words for nobody make: one of them, or several, words
-- that say nothing by themselves beside them.
create macro stand_in_pattern() as (
    select
        concat(
            '((', listed.beside, ') )*((', listed.alone, ')|(', listed.numbered, ')( [0-9]{1,2})?)',
            '( ((', listed.beside, ')|(', listed.alone, ')|(', listed.numbered, '))( [0-9]{1,2})?)*'
        )
    from (
        select
            string_agg(replace(stand_in_word.word, '\', '\\'), '|' order by stand_in_word.word)
                filter (where stand_in_word.use = 'alone') as alone,
            string_agg(stand_in_word.word, '|' order by stand_in_word.word)
                filter (where stand_in_word.use = 'numbered') as numbered,
            string_agg(stand_in_word.word, '|' order by stand_in_word.word)
                filter (where stand_in_word.use = 'beside') as beside,
        from stand_in_word
    ) as listed
);
comment on macro stand_in_pattern is 'The pattern of a reference that words for nobody make, see stand_in_form (rule 19).';
