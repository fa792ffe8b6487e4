-- One row per crime and suspect in the files.
create table staged_suspect as
from lone_suspect
union all by name
from agreed_suspect;
