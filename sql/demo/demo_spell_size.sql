-- One row per number of crimes in a spell, with the draws that mean it.
create table demo_spell_size as
select
    size.crimes,
    size.draw_from,
    lead(size.draw_from, 1, 1000000) over (order by size.crimes) as draw_below,
from (
    values
        -- logarithmic, parameter 0.565: two in three spells are of one crime
        (1, 0),
        (2, 678753),
        (3, 870500),
        (4, 942725),
        (5, 973331),
        (6, 987164),
        (7, 993677),
        (8, 996832),
        (9, 998391),
        (10, 999174),
        (11, 999573)
) as size(crimes, draw_from);
comment on table demo_spell_size is
    'One row per number of crimes in a spell, with the draws that mean it.';
