-- An age in whole years from 0 to 120, as a program may write it that keeps numbers as fractions: 37.0; else null.
create macro strict_age(raw_text) as
    case
        -- As nearly all ages are written.
        when try_cast(raw_text as utinyint)::varchar = raw_text
            then case when try_cast(raw_text as utinyint) <= 120 then try_cast(raw_text as utinyint) end
        else try_cast(
            regexp_extract(clean_text(raw_text), '^0{0,2}(\d{1,2}|1[01]\d|120)(\.0+)?$', 1) as utinyint
        )
    end;
