-- Rule 16: an allegation stands until the suspect is acquitted or eliminated; one whose status is not understood is not known to.
create macro is_standing_suspicion(suspicion_status) as
    suspicion_status not in ('acquitted', 'eliminated', 'not_understood');
comment on macro is_standing_suspicion is 'True where the status of a suspicion counts (rule 16).';
