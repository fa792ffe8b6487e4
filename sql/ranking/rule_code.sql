-- The code of a rule, in the order in which the rules are applied: the first that leaves a suspicion out names it.
-- A rule that a parameter of the list decides has the name of that parameter.
create macro rule_code(code) as
    code::enum(
        'restricted',
        'window',
        'status_not_understood',
        'crime_status',
        'scope',
        'proactive',
        'historic',
        'named_by',
        'suspect_status',
        'placeholder',
        'under_ten',
        'min_age',
        'dead',
        'custody',
        'exclusion',
        'suspect_sex',
        'no_weight',
        'counted'
    );
comment on macro rule_code is 'The code of a rule, in the order in which the rules are applied (rules 10 to 27).';
