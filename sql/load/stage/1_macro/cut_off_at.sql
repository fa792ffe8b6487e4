-- Why a file that ends on this line may have been cut off where it was exported; else null.
-- Power BI exports at most 30,000 rows as CSV and 150,000 as a workbook, a header before them.
create macro cut_off_at(last_line) as
    case last_line
        when 1048576 then 'ends on line 1,048,576, the last a sheet holds'
        when 65536 then 'ends on line 65,536, the last an old sheet holds'
        when 30001 then 'holds 30,000 rows, the most Power BI exports as CSV'
        when 150001 then 'holds 150,000 rows, the most Power BI exports as a workbook'
    end
    || ': rows may be cut off; export fewer at a time';
