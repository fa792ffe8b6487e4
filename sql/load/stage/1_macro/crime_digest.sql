-- Digest of what the files say of a crime itself. The outer hash mixes the last value in.
create macro crime_digest(
    incident, system_name, offence_code, class_code, item_code, report_day, first_day, last_day, status_word,
    detector, is_domestic_crime, borough_name, bcu_name, area_name, carried_along
) as
    hash(hash(
        'c', incident, system_name, offence_code, class_code, item_code, report_day, first_day, last_day,
        status_word, detector, is_domestic_crime, borough_name, bcu_name, area_name, carried_along
    ));
