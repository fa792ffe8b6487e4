-- One row: what the file of protected characteristics holds of the person, now and in superseded versions.
select
    'record of protected characteristics' as what,
    (
        select count(*)
        from protected
        where protected.person_id in (select forgotten_reference.person_id from forgotten_reference)
    ) as now,
    (
        select count(*)
        from protected_history
        where protected_history.person_id in (select forgotten_reference.person_id from forgotten_reference)
    ) as past;
