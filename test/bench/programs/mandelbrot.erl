-module(mandelbrot).
-export([main/0]).

inside(_, _, _, _, 0) -> 0;
inside(Cr, Ci, Zr, Zi, N) ->
    R2 = Zr * Zr, I2 = Zi * Zi,
    if
        R2 + I2 > 4.0 -> N;
        true -> inside(Cr, Ci, R2 - I2 + Cr, 2.0 * Zr * Zi + Ci, N - 1)
    end.

line(_, _, Size, Size, Total, Check) -> {Total, Check};
line(Ci, Y, X, Size, Total, Check) ->
    Cr = 2.0 * X / Size - 1.5,
    N = inside(Cr, Ci, 0.0, 0.0, 1000),
    Total1 = if N =:= 0 -> Total + 1; true -> Total end,
    line(Ci, Y, X + 1, Size, Total1, (Check * 31 + N) band 16#FFFFFF).

lines(Size, Size, Total, Check) -> {Total, Check};
lines(Y, Size, Total, Check) ->
    {Total1, Check1} = line(2.0 * Y / Size - 1.0, Y, 0, Size, Total, Check),
    lines(Y + 1, Size, Total1, Check1).

main() ->
    {Total, Check} = lines(0, 600, 0, 0),
    io:format("~w ~w ~w~n", [Total, Check, inside(-0.5, 0.5, 0.0, 0.0, 1000)]).
