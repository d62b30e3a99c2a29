-module(hash_table).
-export([main/0]).

next(X) -> (X * 1103515245 + 12345) band 16#3FFFFFFF.

count_ints(0, _, _, H) -> maps:fold(fun(K, C, Acc) -> Acc + K * C end, 0, H);
count_ints(N, X, Range, H) ->
    X1 = next(X),
    K = (X1 bsr 8) rem Range,
    H1 = case H of
        #{K := C} -> H#{K := C + 1};
        _ -> H#{K => 1}
    end,
    count_ints(N - 1, X1, Range, H1).

count_strings(0, _, _, H) -> maps:fold(fun(K, C, Acc) -> Acc + byte_size(K) * C end, 0, H);
count_strings(N, X, Range, H) ->
    X1 = next(X),
    Digits = integer_to_binary((X1 bsr 8) rem Range),
    K = <<"key", Digits/binary>>,
    H1 = case H of
        #{K := C} -> H#{K := C + 1};
        _ -> H#{K => 1}
    end,
    count_strings(N - 1, X1, Range, H1).

main() ->
    io:format("~w ~w~n", [count_ints(2000000, 42, 100000, #{}), count_strings(600000, 42, 20000, #{})]).
