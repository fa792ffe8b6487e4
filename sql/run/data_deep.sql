-- One row: a fingerprint of the rows themselves, whatever their order. It holds within one version of the engine.
with content as (
    select 'crime' as name, count(*) as size, bit_xor(hash(crime)) as mix, sum(hash(crime)::hugeint) as total,
    from crime
    union all
    select 'suspect', count(*), bit_xor(hash(suspect)), sum(hash(suspect)::hugeint),
    from suspect
    union all
    select 'victim', count(*), bit_xor(hash(victim)), sum(hash(victim)::hugeint),
    from victim
    union all
    select 'person', count(*), bit_xor(hash(person)), sum(hash(person)::hugeint),
    from person
    union all
    select 'suspicion', count(*), bit_xor(hash(suspicion)), sum(hash(suspicion)::hugeint),
    from suspicion
    union all
    select 'identity', count(*), bit_xor(hash(identity)), sum(hash(identity)::hugeint),
    from identity
    union all
    select 'custody', count(*), bit_xor(hash(custody)), sum(hash(custody)::hugeint),
    from custody
    union all
    select 'exclusion', count(*), bit_xor(hash(exclusion)), sum(hash(exclusion)::hugeint),
    from exclusion
)

select
    sha256(
        string_agg(
            concat_ws('|', content.name, content.size, content.mix, content.total),
            chr(10) order by content.name
        )
    ) as deep,
from content;
