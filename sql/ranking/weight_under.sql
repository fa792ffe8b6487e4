-- Rule 25: low and high are the smallest and largest candidate, middle the typical item.
create macro weight_under(rule_name, low_days, middle_days, high_days) as
    case rule_name
        when 'middle' then middle_days
        when 'low' then low_days
        when 'high' then high_days
        else error(concat('harmrank: no weight rule ', rule_name, '; low, middle, high'))
    end;
comment on macro weight_under is 'Days of a crime under a weight rule: low, middle or high (rule 25).';
