-- Days in words, without noughts at their end: 1 day, 1825 days, 2.5 days.
create macro number_of_days(how_many) as
    concat(
        regexp_replace(how_many::decimal(18, 4)::varchar, '\.?0+$', ''),
        case how_many when 1 then ' day' else ' days' end
    );
comment on macro number_of_days is 'Days in words, without noughts at their end: 1 day, 1825 days, 2.5 days.';
