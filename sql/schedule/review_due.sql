-- One row: how many decisions to leave someone out are past the day of their review, and the earliest such day.
select
    count(*) as decisions,
    min(exclusion.review_on)::varchar as earliest,
from exclusion
where exclusion.review_on < $today::date;
