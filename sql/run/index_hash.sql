-- One row: a fingerprint of the values of a harm index.
select
    sha256(
        coalesce(
            string_agg(
                concat_ws('|', harm_weight.item, harm_weight.days, harm_weight.basis),
                chr(10) order by harm_weight.item, harm_weight.basis
            ),
            ''
        )
    ) as index_hash,
from harm_weight
where harm_weight.index_id = $index_id;
