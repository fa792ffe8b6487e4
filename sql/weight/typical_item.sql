-- One row per ambiguous Home Office code or class whose typical item has been reviewed, for cchi-2020.
-- The typical item is what a record with this code and nothing more most likely means: the commonest
-- offence or the plain form, never the aggravated one, and an attempt only where the code holds nothing
-- else (28F, 28H). Few counts by class are published: a reason that rests on no count and no rule begins
-- with "judgement:".
-- Figures: stalking, answers to Parliament of July 2014 and West Midlands Police request 1841_15; child
-- abduction, Action Against Abduction, Police-recorded child abduction and kidnapping 2014/15; grooming,
-- police recorded crime; charging, Crown Prosecution Service, Offences against the Person; images,
-- Sentencing Council, Sexual Offences Definitive Guideline 2014.
-- Left out, so that the median of the completed offences stands in and is marked as not reviewed:
-- 5E (eight unlike offences from 10 to 3,285, no count by class at hand), 99, NN and class 099/99
-- (catch-alls: nothing is typical of them), 4/4+4/6+4/8 (deaths by dangerous and by careless driving
-- are about as many, 1,095 and 10).
insert into typical_item by name
select
    'cchi-2020' as index_id,
    'ho' as code_system,
    'code' as code_kind,
    listed.*,
from (
    values
        ('3A', '3A.3.2.2', 'judgement: the offence the code is named after; soliciting carries the same days, helping a murderer afterwards (1,095) is another kind of act'),
        ('4/4', '4.4.4.12.0', 'judgement: since December 2012 the code also holds serious injury, and dangerous driving badly injures more people than it kills; a death is 1,095'),
        ('8L', '8L.195.94.0', 'judgement: harassment without violence (section 2), the plain form and the bulk of the code; breaches and fear of violence are 5'),
        ('8N', '8N.8.6.0', 'judgement: actual bodily harm (section 47), by far the most recorded assault with injury; GBH without intent is 547.5 or 19'),
        ('8P', '8P.8.60.0', 'judgement: the aggravated form of actual bodily harm, for the same reason as 8N; wounding is 357'),
        ('8Q', '8Q.195.12.0', 'stalking without fear of violence (section 2A), the plain form: 601 of 834 stalking cases before a court by May 2014, 233 of 481 crimes recorded by West Midlands Police 2012-15'),
        ('8R', '8R.8.72.0', 'judgement: malicious letters and messages, the offence the code is named after and its bulk; private sexual images are 5'),
        ('8S', '8S.8.6.0', 'judgement: actual bodily harm, for the same reason as 8N; the aggravation, a constable, is in every item of the code'),
        ('9A', '9A.125.9.0', 'judgement: intentional harassment, alarm or distress (section 4A) has a person it is aimed at, as a record with a victim has; it lies between section 5 (1) and section 4 (5)'),
        ('9B', '9B.8.55.0', 'judgement: the aggravated form of the item chosen for 9A'),
        ('10B', '10B.81.3.0', 'judgement: possessing without a certificate, the plain form; prohibited weapons, dealing and carrying loaded need more than the code says'),
        ('10C', '10C.8.11.0', 'judgement: having an offensive weapon in public, the plain form and the bulk of the code; threatening with it is 182.5'),
        ('10D', '10D.8.26.0', 'judgement: having a blade or point in public, the plain form and the bulk of the code; threatening with it is 182.5'),
        ('11A', '11A.11.3.0', 'judgement: cruelty to and neglect of children, the offence the code is named after; the others carry the same days'),
        ('13', '13.13.2.0', 'abduction by other persons: of 1,141 child abductions and kidnappings recorded in 2014/15, 600 were abductions by someone not a parent and fewer than that by a parent (Action Against Abduction); a parent is 19'),
        ('17A', '17A.17.15.0', 'judgement: sexual assault without penetration, the plain form and the bulk of the code'),
        ('17B', '17B.17.16.0', 'judgement: sexual assault without penetration, the plain form and the bulk of the code'),
        ('20A', '20A.20.5.0', 'judgement: sexual assault without penetration, the plain form and the bulk of the code; by penetration is 730'),
        ('20B', '20B.20.6.0', 'judgement: sexual assault without penetration, the plain form and the bulk of the code; by penetration is 1,460'),
        ('21', '21.21.3.0', 'judgement: causing or inciting a girl under 13, without penetration, by an adult; rape and sexual assault under 13 have codes of their own'),
        ('22A', '22A.22.4.0', 'judgement: causing a woman to take part without consent, without penetration, the plain form; with penetration is 730'),
        ('22B', '22B.22.18.0', 'judgement: sexual activity of an adult with a girl under 16, without penetration, the plain form; the code does not say penetration, which is 365'),
        ('23', '23.23.28.0', 'judgement: an adult and a girl of the family, without penetration, the one such item listed; relations between adults (10, 19) are rarely reported'),
        ('24', '24.24.19.0', 'judgement: keeping a brothel, the plain form; causing or inciting carries the same days, controlling for gain is 365'),
        ('28E', '28E.28.3.1', 'judgement: most residential burglaries are of the dwelling itself, not of its shed or garage (10)'),
        ('28F', '28F.28.3.1', 'judgement: the dwelling, as for 28E; the code holds attempts alone, so its typical item is one'),
        ('28G', '28G.28.3.1', 'judgement: a distraction is practised on people at home, so the dwelling; a building that is not one is 126'),
        ('28H', '28H.28.3.1A', 'judgement: the dwelling, as for 28G; the code holds attempts alone, so its typical item is one'),
        ('33A', '33A.53.43.0', 'judgement: possessing articles for fraud, the plain form; making or supplying is 10'),
        ('36', '36.36.1.0', 'judgement: the offence the code is named after; false imprisonment carries the same days, forced marriage (2,190) is rarer'),
        ('37/2', '37.2.37.2.0', 'judgement: aggravated vehicle taking, the offence the code is named after; the others carry the same days'),
        ('38', '38.38.1.0', 'judgement: concealing, converting or transferring, the offence the code is named after; acquiring and using carry the same days'),
        ('44', '44.44.0.0', 'judgement: theft of a pedal cycle, the offence the code is named after; taking one carries the same days'),
        ('48', '48.48.1.0', 'judgement: theft of a motor vehicle, the offence the code is named after; taking without consent is 5'),
        ('49', '49.49.10.0', 'judgement: theft not classified elsewhere, the bulk of the code; other conveyances are 5 and 10'),
        ('54', '54.54.1.0', 'judgement: receiving, the plain form; helping to keep or sell for another is 5'),
        ('58A', '58A.149.0.0', 'judgement: damage under 5,000 pounds, the bulk of the code; endangering life is 365'),
        ('58B', '58B.149.0.0', 'judgement: damage under 5,000 pounds, the bulk of the code; endangering life is 365'),
        ('58C', '58C.149.0.0', 'judgement: damage under 5,000 pounds, the bulk of the code; endangering life is 365'),
        ('58D', '58D.149.0.0', 'judgement: damage under 5,000 pounds, the bulk of the code; endangering life is 365'),
        ('59', '59.59.11.0', 'judgement: threats to destroy or damage, the bulk of the code; explosives are 1,460'),
        ('61A', '61A.61.38.0', 'judgement: possessing a false identity document with intent; without a reasonable excuse carries the same days, making them is 182'),
        ('66', '66.66.39.0', 'judgement: breach of a non-molestation order: of the common offences here the one with a person wronged; affray and breach of a sexual harm order are 10'),
        ('67', '67.67.1.2', 'judgement: perjury in judicial proceedings, the offence the code is named after'),
        ('69', '69.69.5.0', 'judgement: having a forbidden thing, mostly a telephone, in prison; bringing in drugs or weapons (182.5) is graver than the code says'),
        ('70', '70.70.4.0', 'judgement: sexual activity with a woman whose disorder impedes choice, the offence the code is named after, without penetration; penetration carries the same days'),
        ('71', '71.71.1.0', 'judgement: arranging or facilitating a child sex offence, the wider of the two offences; causing or inciting exploitation is 365'),
        ('73', '73.73.7.0', 'judgement: sexual activity with a girl of 13 to 17: abuse of trust protects mostly the age at which consent would otherwise hold; under 13 is 182.5'),
        ('79', '79.79.2.0', 'judgement: intimidating a witness: the offence of this code with a person wronged; perverting justice (120) has none'),
        ('86', '86.86.10.0', 'judgement: possessing an indecent image: the guideline sentences making by simple downloading as possession; producing and distributing are 547.5'),
        ('88A', '88A.71.17.0', 'sexual communication: recorded grooming rose from 1,156 in the year to March 2017 to 2,996 in the nine months after this offence joined the code; meeting a child is 547.5'),
        ('88E', '88E.88.9.0', 'judgement: exposure, the most recorded of the three; voyeurism carries the same days'),
        ('92A', '92A.92.81.0', 'judgement: cannabis held with intent to supply: cannabis is the drug most dealt and found; class A is 547.5'),
        ('92C', '92C.93.30.0', 'judgement: obstructing a search or hiding drugs, the plain form; the other items name a drug, premises or a prison'),
        ('92D', '92D.92.50.0', 'judgement: cocaine, the drug most found next to cannabis; class B is 2, class C 1'),
        ('92E', '92E.92.61.0', 'cannabis has been class B since January 2009'),
        ('95', '95.96.3.0', 'judgement: taking personal data: the offence of this code with a person wronged; money laundering rules are 730'),
        ('105A', '105A.105.1.0', 'judgement: common assault and battery, by far the most recorded; coercive control (84) is named by its class 008/67'),
        ('814', '814.814.3.0', 'judgement: vehicle documents, among them false number plates; licences and work records are 10'),
        ('NFIB', 'NFIB.53.40.0', 'judgement: fraud by false representation, the bulk of all fraud'),
        ('1+4/1+4/2+4/10', '1.1.1.1', 'murder: a killing is recorded as murder until a court or prosecutor finds it was less; manslaughter is 730')
) as listed(code, item, reason);

-- Classes. 008/73 and 195/12 carry one value but stand in two scopes; 034/01 and 034/02, like the codes
-- 11A, 37/2 and 44 above, carry one value, and the row only says which title to show.
insert into typical_item by name
select
    'cchi-2020' as index_id,
    'ho' as code_system,
    'class' as code_kind,
    listed.*,
from (
    values
        ('005/01', '5D.5.1.0', 'judgement: wounding with intent; 8S is the same against a constable, which the class does not say'),
        ('008/01', '8N.8.1.1', 'judgement: GBH without intent (section 20), serious wound: the charging standard leaves minor wounds to section 47 and keeps section 20 for really serious ones; a minor wound is 19, a constable 912.5'),
        ('008/06', '8N.8.6.0', 'judgement: actual bodily harm; 8S is the same against a constable, which the class does not say'),
        ('008/73', '104.8.73.0', 'judgement: of assaults on emergency workers most are on constables; the days are the same, the item decides the scope'),
        ('019/08', '19C.19.8.0', 'judgement: rape of a female of 16 or over; 19J is the same by several undefined offenders, which the class does not say'),
        ('028/03', '28E.28.3.1', 'judgement: burglary of a dwelling, as for 28E; attempt and distraction are not in the class'),
        ('034/01', '34B.34.1.2', 'judgement: robbery of a person, commoner than of a business; the days are the same'),
        ('034/02', '34B.34.2.2', 'judgement: robbery of a person, commoner than of a business; the days are the same'),
        ('067/01', '67.67.1.2', 'judgement: perjury in judicial proceedings, as for 67'),
        ('069/05', '69.69.5.0', 'judgement: having a forbidden thing in prison; the knife or weapon has a class of its own, 069/06'),
        ('079/05', '79.79.5.0', 'the completed offence; only its attempt is 126'),
        ('125/12', '9A.125.12.0', 'judgement: the notifiable form of section 5, which is what crime systems record'),
        ('195/12', '8Q.195.12.0', 'judgement: stalking under its present code; the days are the same, the item decides the scope'),
        ('810/90', 'NN.810.90.9', 'judgement: registration and licensing offences are everyday, excess passengers are not')
) as listed(code, item, reason);
