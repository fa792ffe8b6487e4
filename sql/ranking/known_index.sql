-- The name of an index that is held; an unknown one is an error, not an empty list.
create macro known_index(index_name) as
    case
        when index_name in (select harm_index.index_id from harm_index) then index_name
        else error(concat('harmrank: no index ', index_name, '; see the table harm_index'))
    end;
comment on macro known_index is 'The name of an index that is held; an unknown one is an error, not an empty list.';
