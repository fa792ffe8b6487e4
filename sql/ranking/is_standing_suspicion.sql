-- Rule 16: an allegation stands until the suspect is acquitted or eliminated.
create macro is_standing_suspicion(suspicion_status) as
    suspicion_status not in ('acquitted', 'eliminated');
comment on macro is_standing_suspicion is 'True where the status of a suspicion counts (rule 16).';
