-module(binary_trees).
-export([main/0]).
-define(MIN, 4).
-define(MAX, 18).

make(0) -> {nil, nil};
make(D) -> {make(D - 1), make(D - 1)}.

check(nil) -> 0;
check({L, R}) -> 1 + check(L) + check(R).

total(_, 0, Acc) -> Acc;
total(Depth, N, Acc) -> total(Depth, N - 1, Acc + check(make(Depth))).

main() ->
    io:format("stretch ~w~n", [check(make(?MAX + 1))]),
    LongLived = make(?MAX),
    [begin
         N = 1 bsl (?MAX - Depth + ?MIN),
         io:format("~w trees of depth ~w: ~w~n", [N, Depth, total(Depth, N, 0)])
     end || Depth <- lists:seq(?MIN, ?MAX, 2)],
    io:format("long lived ~w~n", [check(LongLived)]).
