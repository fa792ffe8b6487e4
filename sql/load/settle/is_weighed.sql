-- True where each way of recording an offence has its weights, and nothing else has: they are worked out anew only where
-- a load brings one, or an undone load takes one away.
select
    not exists (
        from offence
        anti join offence_weight using (offence_key)
    )
    and not exists (
        from offence_weight
        anti join offence using (offence_key)
    ) as is_weighed;
