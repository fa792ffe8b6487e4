-- Digest of what the files say of a suspect of a crime, and of the person. The outer hash mixes the last value in.
create macro suspect_digest(
    reference, status_word, status_day, namer, named_day, years_old, person_sex, year_of_birth,
    month_of_birth, death_day
) as
    hash(hash(
        's', reference, status_word, status_day, namer, named_day, years_old, person_sex,
        year_of_birth, month_of_birth, death_day
    ));
