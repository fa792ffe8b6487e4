-- One row: the engine's own parse tree of $sql, or why there is none, as JSON.
select json_serialize_sql($sql::varchar) as tree;
