-- One row per labelled weight of the ONS Crime Severity Score, original weights: 32 Home Office codes.
-- Contains public sector information from the Office for National Statistics, licensed under the Open
-- Government Licence v3.0. The weights are those of the ONS data tool in use from about 2016 to 2020
-- (homicide 7,979); only the part with labels is held, so most offences have no weight here.
-- The weight is the mean sentence imposed, in days, rounded to four decimals beside the published figure.
-- ONS writes 4.3 where the canonical code is 4/3, "1, 4.1/10/2" for homicide (1+4/1+4/2+4/10) and
-- 4.4/6/8 for death by driving (4/4+4/6+4/8, beside weights for its parts).
insert into harm_index by name
select
    'ons-css-2016' as index_id,
    'ONS Crime Severity Score, original weights (about 2016 to 2020), labelled part' as title,
    'days of the average sentence imposed' as unit,
    'code' as item_kind,
    date '2016-11-29' as released_on,
    'ONS Crime Severity Score data tool, original weights; method: Research outputs: developing a Crime Severity Score for England and Wales using data on crimes recorded by the police, 29 November 2016' as source,
    'Source: Office for National Statistics, Crime Severity Score, licensed under the Open Government Licence v3.0' as attribution;

insert into harm_weight by name
select
    'ons-css-2016' as index_id,
    listed.*,
    listed.item as ho_code,
    listed.days_published::decimal(14, 4) as days,
    'average' as basis,
from (
    values
        ('1+4/1+4/2+4/10', 'Homicide', '7978.79308113648', false, null),
        ('2', 'Attempted murder', '4662.78644445245', true, null),
        ('4/3', 'Intentional destruction of viable unborn child', '15', false, null),
        ('4/4', 'Causing death or serious injury by dangerous driving', '1092.34479240094', false, null),
        ('4/6', 'Causing death by careless driving when under the influence of drink or drugs', '1595.24709501025', false, null),
        ('4/8', 'Causing death by careless or inconsiderate driving', '112.15659045088', false, null),
        ('4/4+4/6+4/8', 'Causing death by dangerous or careless driving', '677.244392560494', false, null),
        ('5', 'More serious wounding or other act endangering life', '1918.80482502285', false, null),
        ('5A', 'Wounding', '1965.33792360212', false, null),
        ('5B', 'Use of substance or object to endanger life', '1492.156822371', false, null),
        ('5C', 'Possession of items to endanger life', '2892.75843998986', false, null),
        ('5D', 'Assault with intent to cause serious harm', '1965.33792360212', false, null),
        ('5E', 'Endangering life', '1325.82468619707', false, null),
        ('6', 'Endangering railway passengers', '53.5240188470067', false, null),
        ('7', 'Endangering life at sea', '40.2480244755245', false, null),
        ('8F', 'Inflicting grievous bodily harm (GBH) without intent', '332.815555280363', false, null),
        ('8H', 'Racially or religiously aggravated inflicting GBH without intent', '469.244602272727', false, null),
        ('37/1', 'Causing death by aggravated vehicle taking', '722.136363636364', false, null),
        ('4/7', 'Causing or allowing death or serious physical harm of child or vulnerable person', '1005.5671641791', false, null),
        ('4/9', 'Causing death by driving: unlicensed or disqualified or uninsured drivers', '135.976363636364', false, null),
        ('8A', 'Other wounding', '184.099471420817', false, null),
        ('8G', 'Actual bodily harm (ABH) and other injury', '127.372669975046', false, null),
        ('8D', 'Racially or religiously aggravated other wounding', '285.423603960396', false, null),
        ('8J', 'Racially or religiously aggravated ABH or other injury', '250.822004278075', false, null),
        ('8K', 'Poisoning or female genital mutilation', '50.1512284301347', false, null),
        ('8N', 'Assault with injury', '184.094705907588', false, null),
        ('8P', 'Racially or religiously aggravated assault with injury', '285.423603960396', false, 'Label cut off in the data tool: the value is the one that stands after 8N.'),
        ('34A', 'Robbery of business property', '746', false, null),
        ('34B', 'Robbery of personal property', '746', false, null),
        ('46', 'Shoplifting', '13', false, null),
        ('39', 'Theft from the person', '86', false, null),
        ('92E', 'Possession of controlled drugs (cannabis)', '3', false, null)
) as listed(item, offence, days_published, is_attempt, source);
