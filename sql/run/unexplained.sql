-- What is said of a change that the evidence does not account for.
create macro unexplained() as
    case
        when (select count(*) from parameter_change) > 0 then 'parameters differ'
        when not exists(from earlier_evidence) and not exists(from later_evidence)
            then 'own score, and the report keeps no evidence of why'
        else 'not explained by the evidence'
    end;
