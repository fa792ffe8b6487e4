-- Rule 16: how far a suspicion has gone; a status that ends it, or is not understood, stands before
-- all others.
create macro suspect_status_order(suspicion_status) as
    list_position(
        [
            'eliminated',
            'acquitted',
            'not_understood',
            'named',
            'no_further_action',
            'arrested',
            'cautioned',
            'charged',
            'convicted',
        ],
        suspicion_status
    );
comment on macro suspect_status_order is 'How far a suspicion has gone, from 1; 1 and 2 are suspicions that have ended, of 3 the status is not understood (rule 16).';
