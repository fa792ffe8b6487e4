-- Variance of a sample from its sum, the sum of its squares and its size.
create temp macro variance_of(total, squares, size) as
    case when size > 1 then greatest(0.0, (squares - total * total / size) / (size - 1.0)) end;
