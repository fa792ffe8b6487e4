-- The words of a text, by which a reference is found in it: parted by white space, quotes, brackets and signs of lists.
create macro words_of(raw_text) as
    list_transform(
        regexp_split_to_array(raw_text, '[\s,;|"''(){}\[\]<>=]+'),
        lambda word: trim(word, '.:')
    );
