-- The parameter that decides about what a rule left out, named as the rule is; null: none does.
create macro parameter_behind(deciding_rule) as
    case
        when deciding_rule in ('scope', 'proactive', 'historic', 'named_by', 'min_age', 'custody', 'suspect_sex')
            then deciding_rule
    end;
