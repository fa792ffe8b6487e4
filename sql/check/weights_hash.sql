-- One row: a digest of the days in use, to tell whether they are still what the last load made of them.
select concat(count(*), '-', sum(hash(offence_weight))) as weights_hash,
from offence_weight;
