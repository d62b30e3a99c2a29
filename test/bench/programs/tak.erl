-module(tak).
-export([main/0]).

tak(X, Y, Z) when Y < X -> tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y));
tak(_, _, Z) -> Z.

repeat(0, Acc) -> Acc;
repeat(N, Acc) -> repeat(N - 1, Acc + tak(20 + (N band 1), 13, 6)).

main() -> io:format("~w~n", [repeat(400, 0)]).
