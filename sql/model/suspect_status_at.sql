-- The status with a given place in suspect_status_order.
create macro suspect_status_at(status_order) as
    list_extract(
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
        status_order
    );
comment on macro suspect_status_at is 'The status with a given place in suspect_status_order.';
