-- One row per merged source identity with the last person of its chain (rule 5).
create view identity_root as
with recursive chain as (
    select identity.person_id, identity.is_person_id as root_id, 1 as steps,
    from identity
    union
    select chain.person_id, identity.is_person_id as root_id, chain.steps + 1 as steps,
    from chain
    inner join identity on identity.person_id = chain.root_id
    -- A cycle never ends: the load refuses it, this bound keeps the view finite meanwhile.
    where chain.steps < 1000
)

select
    chain.person_id,
    arg_max(chain.root_id, chain.steps) as root_id,
    max(chain.steps) as steps,
from chain
group by chain.person_id;
comment on view identity_root is 'One row per merged source identity with the last person of its chain (rule 5).';
