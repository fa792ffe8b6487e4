-- A choice about rows with a property: include them, exclude them, or take only them.
create macro is_chosen(choice_made, has_property) as
    case choice_made
        when 'include' then true
        when 'exclude' then not has_property
        when 'only' then has_property
        else error(concat('harmrank: no choice ', choice_made, '; include, exclude, only'))
    end;
comment on macro is_chosen is 'True where a row is wanted under include, exclude or only, given whether it has the property.';
