-- What a column holds by its name that is not kept with a crime: a name, an address, a protected characteristic and the like;
-- else null. A word stands alone among the others of the name; a part stands anywhere in it.
create macro private_kind(column_name) as (
    with name_parts as (
        select
            string_split(
                trim(
                    regexp_replace(
                        lower(regexp_replace(column_name, '(\p{Ll})(\p{Lu})', '\1_\2', 'g')), '[^\p{L}\p{N}]+', '_', 'g'
                    ),
                    '_'
                ),
                '_'
            ) as words,
            regexp_replace(lower(column_name), '[^\p{L}\p{N}]+', '', 'g') as joined,
    ),

    listed as (
        from (
            values
                (
                    'a name', 'word',
                    [
                        'name', 'names', 'surname', 'forename', 'forenames', 'nickname', 'alias', 'aliases',
                        'aka', 'initials', 'maiden', 'signature', 'photo', 'photograph', 'mugshot'
                    ]
                ),
                (
                    'a name', 'part',
                    [
                        'surname', 'forename', 'firstname', 'lastname', 'fullname', 'middlename', 'givenname',
                        'familyname', 'maidenname', 'nickname', 'personname', 'suspectname', 'offendername',
                        'victimname', 'nominalname'
                    ]
                ),
                ('a day of birth', 'word', ['dob', 'birthday', 'born']),
                ('a day of birth', 'part', ['dateofbirth', 'birthdate', 'dayofbirth', 'yearofbirth', 'birthyear']),
                (
                    'a protected characteristic', 'word',
                    [
                        'race', 'racial', 'ethnic', 'ethnicity', 'religion', 'religious', 'faith', 'belief',
                        'gender', 'trans', 'transgender', 'lgbt', 'lgbtq', 'sexuality', 'orientation',
                        'disability', 'disabled', 'disabilities', 'nationality', 'nationalities', 'citizenship',
                        'marital', 'pregnancy', 'pregnant', 'maternity', 'caste', 'tribe', 'language',
                        'languages', 'immigration', 'asylum', 'refugee', 'traveller', 'neurodiversity',
                        'neurodivergent', 'ic', 'ic1', 'ic2', 'ic3', 'ic4', 'ic5', 'ic6', 'sde', 'skin',
                        'complexion'
                    ]
                ),
                (
                    'a protected characteristic', 'part',
                    [
                        'ethnic', 'religio', 'nationalit', 'sexuality', 'orientation', 'genderid', 'disabilit',
                        'transgender', 'countryofbirth', 'placeofbirth', 'birthplace', 'birthcountry',
                        'maritalstatus', 'civilpartner', 'firstlanguage', 'iccode', 'sixteenplusone', '16plus1',
                        'selfdefined'
                    ]
                ),
                (
                    'a matter of health or conviction', 'word',
                    [
                        'health', 'medical', 'diagnosis', 'medication', 'mental', 'hiv', 'blood', 'dna',
                        'biometric', 'fingerprint', 'fingerprints', 'genetic', 'political', 'politics', 'union'
                    ]
                ),
                (
                    'an address', 'word',
                    [
                        'address', 'addr', 'postcode', 'postcodes', 'zip', 'zipcode', 'uprn', 'street'
                    ]
                ),
                ('an address', 'part', ['address', 'postcode', 'postalcode', 'zipcode', 'streetname', 'housenumber']),
                (
                    'a way to reach or find somebody', 'word',
                    [
                        'phone', 'phones', 'telephone', 'tel', 'mobile', 'msisdn', 'email', 'mail', 'contact',
                        'ip', 'imei', 'imsi', 'twitter', 'facebook', 'instagram', 'snapchat', 'handle',
                        'username'
                    ]
                ),
                (
                    'a way to reach or find somebody', 'part',
                    [
                        'phonenumber', 'telephone', 'mobileno', 'mobilenumber', 'emailaddress', 'username',
                        'socialmedia'
                    ]
                ),
                (
                    'a number by which others know somebody', 'word',
                    [
                        'passport', 'nino', 'nhs', 'ssn', 'vrm', 'iban', 'licence', 'license'
                    ]
                ),
                (
                    'a number by which others know somebody', 'part',
                    [
                        'passport', 'nationalinsurance', 'nhsnumber', 'socialsecurity', 'drivinglicence',
                        'driverlicense', 'accountnumber', 'sortcode', 'numberplate', 'registrationmark'
                    ]
                )
        ) as listed(kind, way, forms)
    )

    select min(listed.kind)
    from name_parts
    inner join listed
        on case listed.way
            when 'word' then list_has_any(listed.forms, name_parts.words)
            else list_bool_or(list_transform(listed.forms, lambda form: contains(name_parts.joined, form)))
        end
    -- A name of a place, a body or a thing is no name of somebody.
    where not (
        listed.kind = 'a name'
        and listed.way = 'word'
        and list_has_any(
            name_parts.words,
            [
                'station', 'borough', 'bcu', 'area', 'ward', 'beat', 'district', 'division', 'region', 'force',
                'agency',
                'team', 'unit', 'department', 'offence', 'offense', 'crime', 'operation', 'code', 'class', 'category',
                'file', 'system', 'source', 'court', 'lsoa', 'msoa', 'place', 'premises', 'group'
            ]
        )
        and not list_has_any(
            name_parts.words,
            ['suspect', 'offender', 'victim', 'person', 'nominal', 'accused', 'defendant', 'complainant']
        )
    )
);
