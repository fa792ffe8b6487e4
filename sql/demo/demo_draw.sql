-- One row per call: a whole number below a million, fixed by seed, purpose and key.
create macro demo_draw(draw_purpose varchar, draw_key bigint) as (
    -- hash() of several values leaves the last one unmixed, hence the outer hash; the seed
    -- is shifted so that seed 1, the default, lies well within the published figures
    hash(hash(
        hash(coalesce(getvariable('demo_seed')::bigint, 1) + 3, draw_purpose),
        draw_key
    )) % 1000000
)::integer;
comment on macro demo_draw is
    'One row per call: a whole number below a million, fixed by seed, purpose and key.';
