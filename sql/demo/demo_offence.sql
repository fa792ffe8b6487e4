-- One row per offence of the mix, with its share among the crimes of men, of women and others.
create table demo_offence as
select
    row_number() over (order by offence.code, offence.title) as offence_number,
    offence.code,
    offence.ho_class,
    offence.item,
    offence.title,
    offence.man,
    offence.woman,
    offence.other,
    offence.domestic_percent,
    offence.written,
    offence.victim,
    offence.detected_by,
    offence.is_course,
    offence.historic_percent,
    offence.is_grave,
from (
    values
        -- man, woman, other: shares per ten thousand of the crimes of men and of women against
        -- women and girls, and of other crime; written: what a record may carry (any: code,
        -- class or item; class: class or item; item: always the item)
        ('105A', '105/01', '105A.105.1.0', 'common assault', 3245, 4406, 1292, 55, 'any', 'anyone', 'victim', false, 0, false),
        ('8R', '008/72', '8R.8.72.0', 'malicious communications', 750, 1300, 300, 45, 'class', 'anyone', 'victim', false, 0, false),
        ('8R', '008/71', '8R.8.71.0', 'private images disclosed', 40, 20, 0, 60, 'class', 'woman', 'victim', false, 1, false),
        ('58A', '149/00', '58A.149.0.0', 'damage to a dwelling', 450, 300, 150, 100, 'class', 'anyone', 'victim', false, 0, false),
        ('58C', '149/00', '58C.149.0.0', 'damage to a vehicle', 130, 100, 250, 100, 'class', 'anyone', 'victim', false, 0, false),
        ('8N', '008/06', '8N.8.6.0', 'actual bodily harm', 1790, 1800, 900, 50, 'any', 'anyone', 'victim', false, 0, false),
        ('8L', '195/94', '8L.195.94.0', 'harassment', 1020, 1100, 300, 50, 'any', 'anyone', 'victim', true, 0, false),
        ('8L', '008/30', '8L.8.30.0', 'fear of violence', 40, 60, 50, 50, 'class', 'anyone', 'victim', true, 0, false),
        ('8L', '008/31', '8L.8.31.0', 'breach of a restraining order', 130, 80, 30, 80, 'class', 'anyone', 'victim', false, 0, false),
        ('66', '066/39', '66.66.39.0', 'breach of a non-molestation order', 130, 60, 0, 100, 'class', 'woman', 'victim', false, 0, false),
        ('3B', '003/01', '3B.3.1.0', 'threats to kill', 300, 300, 150, 50, 'any', 'anyone', 'victim', false, 0, false),
        ('8Q', '195/12', '8Q.195.12.0', 'stalking', 200, 150, 20, 65, 'any', 'woman', 'victim', true, 0, false),
        ('8Q', '008/65', '8Q.8.65.0', 'stalking, fear of violence', 120, 40, 0, 65, 'class', 'woman', 'victim', true, 0, false),
        ('8Q', '008/66', '8Q.8.66.0', 'stalking, serious alarm', 80, 20, 0, 65, 'class', 'woman', 'victim', true, 0, false),
        ('105A', '008/67', '105.8.67.0', 'coercive control', 240, 80, 20, 100, 'class', 'woman', 'victim', true, 10, false),
        -- in force since 7 June 2022, no item in CCHI 2020
        ('NFS', null, null, 'non-fatal strangulation', 110, 40, 10, 85, 'any', 'woman', 'victim', false, 0, false),
        ('20A', '020/05', '20A.20.5.0', 'sexual assault of a woman', 430, 30, 40, 15, 'any', 'woman', 'victim', false, 8, false),
        ('20A', '020/03', '20A.20.3.0', 'penetration', 50, 0, 0, 25, 'class', 'woman', 'victim', false, 12, true),
        ('20B', '020/06', '20B.20.6.0', 'sexual assault of a girl under 13', 30, 0, 0, 25, 'class', 'girl under 13', 'victim', false, 15, false),
        ('19C', '019/08', '19C.19.8.0', 'rape of a woman', 440, 0, 0, 40, 'any', 'woman', 'victim', false, 12, true),
        ('19C', '019/12', '19C.19.12.0', 'attempted rape of a woman', 30, 0, 0, 25, 'class', 'woman', 'victim', false, 6, true),
        ('19D', '019/07', '19D.19.7.0', 'rape of a girl under 16', 24, 0, 0, 20, 'any', 'girl under 16', 'victim', false, 10, true),
        ('19E', '019/16', '19E.19.16.0', 'rape of a girl under 13', 12, 0, 0, 30, 'any', 'girl under 13', 'victim', false, 10, true),
        ('8N', '008/01', '8N.8.1.1', 'grievous bodily harm', 100, 60, 60, 40, 'item', 'anyone', 'victim', false, 0, true),
        ('5D', '005/01', '5D.5.1.0', 'grievous bodily harm with intent', 60, 40, 60, 40, 'any', 'anyone', 'victim', false, 0, true),
        ('36', '036/03', '36.36.3.0', 'false imprisonment', 25, 5, 5, 60, 'class', 'anyone', 'victim', false, 0, true),
        ('36', '036/01', '36.36.1.0', 'kidnapping', 15, 5, 5, 40, 'class', 'anyone', 'victim', false, 0, true),
        ('2', '002/00', '2.2.0.1', 'attempted murder', 4, 2, 3, 50, 'any', 'anyone', 'victim', false, 0, true),
        ('1', '001/01', '1.1.1.1', 'murder', 5, 2, 5, 60, 'any', 'anyone', 'victim', false, 0, true),
        ('34B', '034/01', '34B.34.1.2', 'robbery', 0, 0, 600, 1, 'any', 'anyone', 'victim', false, 0, false),
        ('28E', '028/03', '28E.28.3.1', 'burglary', 0, 0, 1100, 2, 'any', 'anyone', 'victim', false, 0, false),
        ('49', '049/10', '49.49.10.0', 'theft', 0, 0, 1400, 3, 'any', 'anyone', 'victim', false, 0, false),
        ('46', '046/00', '46.46.0.0', 'shoplifting', 0, 0, 1600, 0, 'any', 'business', 'company', false, 0, false),
        ('58B', '149/00', '58B.149.0.0', 'damage to business premises', 0, 0, 450, 0, 'class', 'business', 'victim', false, 0, false),
        ('104', '104/23', '104.104.23.0', 'assault on a constable', 0, 0, 200, 0, 'class', 'anyone', 'police', false, 0, false),
        ('92E', '092/61', '92E.92.61.0', 'possession of cannabis', 0, 0, 800, 0, 'any', 'society', 'police', false, 0, false),
        ('92D', '092/50', '92D.92.50.0', 'possession of cocaine', 0, 0, 200, 0, 'class', 'society', 'police', false, 0, false)
) as offence(
    code, ho_class, item, title, man, woman, other, domestic_percent, written, victim,
    detected_by, is_course, historic_percent, is_grave
);
comment on table demo_offence is
    'One row per offence of the mix, with its share among the crimes of men, of women and others.';
