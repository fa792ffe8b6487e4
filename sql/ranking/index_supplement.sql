-- One row per index that has a supplement: items somebody added to it, each with its source, to be named wherever its values are.
create view index_supplement as
select
    harm_weight.index_id,
    count(*) as items,
    concat(
        number_of(count(*), 'item', 'items'), ' of a supplement, provisional: ',
        array_to_string(
            list_slice(
                list(
                    concat(harm_weight.item, ' ', harm_weight.offence, ', ', number_of_days(harm_weight.days))
                    order by harm_weight.item
                ),
                1, 5
            ),
            '; '
        ),
        if(count(*) > 5, '; and others', ''),
        '. Source: ',
        coalesce(string_agg(distinct harm_weight.source, ', ' order by harm_weight.source), 'none is given')
    ) as words,
from harm_weight
where harm_weight.basis = 'supplement'
group by harm_weight.index_id;
comment on view index_supplement is 'One row per index that has a supplement: items somebody added to it, each with its source, to be named wherever its values are.';
