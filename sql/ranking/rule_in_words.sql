-- What a rule did to a suspicion, in words; rule_detail says more where the rule alone does not.
create macro rule_in_words(rule_applied, detail_of_rule, least_age) as
    case rule_applied
        when rule_code('restricted') then 'restricted'
        when rule_code('window') then 'reported outside the window'
        when rule_code('status_not_understood') then concat('status not understood: that of the ', detail_of_rule)
        when rule_code('crime_status')
            then case detail_of_rule
                when 'not_crime' then 'recorded as no crime'
                else concat('crime is ', detail_of_rule)
            end
        when rule_code('scope')
            then case detail_of_rule
                when 'victim_sex' then 'outside the scope: sex of the victim unknown'
                when 'code' then 'outside the scope: code in no table'
                else 'outside the scope'
            end
        when rule_code('proactive')
            then coalesce('detected by ' || detail_of_rule, 'reported by victim or witness')
        when rule_code('historic')
            then case detail_of_rule
                when 'historic' then 'historic: committed more than 365 days before the report'
                else 'not a historic report'
            end
        when rule_code('named_by') then 'not named by victim or witness'
        when rule_code('suspect_status') then concat('suspect ', detail_of_rule)
        when rule_code('placeholder')
            then case detail_of_rule when 'person' then 'not a placeholder' else 'placeholder record, not a person' end
        when rule_code('under_ten') then 'under ten or age uncertain'
        when rule_code('min_age') then concat('under ', least_age, ' or age uncertain')
        when rule_code('dead') then 'dead'
        when rule_code('custody')
            then case detail_of_rule when 'in_custody' then 'in custody' else 'not in custody' end
        when rule_code('exclusion') then 'left out by a recorded decision'
        when rule_code('suspect_sex') then 'another sex, or unknown'
        when rule_code('no_weight') then 'counted, but no weight in the index'
        else 'counted'
    end;
comment on macro rule_in_words is 'What a rule did to a suspicion, in words: see rule_code for the rules.';
