-- Rule 19: a reference as it is compared with the words for nobody: capitals, words and numbers parted by one space, signs left
-- out but for the backslash.
create macro stand_in_form(reference) as
    trim(regexp_replace(
        regexp_replace(upper(reference), '([\p{L}])([0-9])', '\1 \2', 'g'), '[^\p{L}\p{N}\\]+', ' ', 'g'
    ));
comment on macro stand_in_form is 'A reference as it is compared with the words for nobody (rule 19).';
