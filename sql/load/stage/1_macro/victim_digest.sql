-- Digest of what the files say of a victim of a crime, and of the person. The outer hash mixes the last value in.
create macro victim_digest(
    reference, person_sex, years_old, kind_word, year_of_birth, month_of_birth
) as
    hash(hash(
        'v', reference, person_sex, years_old, kind_word, year_of_birth, month_of_birth
    ));
