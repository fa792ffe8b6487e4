-- Rule 8: the day it was in London at an instant: a day of universal time and minutes from its beginning, which may be before it or
-- after it. Summer time began on the last Sunday of March since 1981, and ended on the last of October since 1996, before that on
-- the one after the fourth Saturday; it changes at 1 a.m., far from where days meet.
create macro london_day(utc_day, utc_minutes) as
    list_extract(
        list_transform(
            [
                struct_pack(
                    day := utc_day + floor(utc_minutes / 1440)::integer,
                    minutes := utc_minutes - floor(utc_minutes / 1440)::integer * 1440
                )
            ],
            lambda instant: instant.day + case
                when instant.minutes < 1380 then 0
                when
                    instant.day >= make_date(year(instant.day), 3, 31)
                        - dayofweek(make_date(year(instant.day), 3, 31))::integer
                    and instant.day < case
                        when year(instant.day) >= 1996
                            then make_date(year(instant.day), 10, 31)
                                - dayofweek(make_date(year(instant.day), 10, 31))::integer
                        else make_date(year(instant.day), 10, 29)
                            - dayofweek(make_date(year(instant.day), 10, 29))::integer
                    end
                    then 1
                else 0
            end
        ),
        1
    );
