-- A count and what is counted, in words: 1 crime, 2 crimes.
create macro number_of(how_many, word_of_one, word_of_many) as
    format('{:,} {}', how_many::bigint, case how_many when 1 then word_of_one else word_of_many end);
comment on macro number_of is 'A count and what is counted, in words: 1 crime, 2 crimes.';
