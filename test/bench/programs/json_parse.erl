-module(json_parse).
-export([main/0]).

item(I) ->
    [<<"{\"id\": ">>, integer_to_binary(I), <<", \"name\": \"item number ">>, integer_to_binary(I * 7919 rem 10007),
     <<"\", \"tags\": [\"red\", \"green\", \"a\\\"b\"], \"price\": -">>, integer_to_binary(I rem 997), <<", \"ok\": ">>,
     if I rem 3 =:= 0 -> <<"true">>; true -> <<"false">> end, <<", \"none\": null}">>].

generate(N) -> iolist_to_binary(["[", lists:join(", ", [item(I) || I <- lists:seq(1, N)]), "]"]).

skip(<<C, Rest/binary>>) when C =:= $\s; C =:= $\n; C =:= $\t; C =:= $\r -> skip(Rest);
skip(Bin) -> Bin.

value(<<${, Rest/binary>>) -> members(skip(Rest), []);
value(<<$[, Rest/binary>>) -> elements(skip(Rest), []);
value(<<$", Rest/binary>>) -> string(Rest, Rest, 0);
value(<<$-, Rest/binary>>) ->
    {N, Rest1} = digits(Rest, 0),
    {-N, Rest1};
value(<<C, _/binary>> = Bin) when C >= $0, C =< $9 -> digits(Bin, 0);
value(<<"true", Rest/binary>>) -> {true, Rest};
value(<<"false", Rest/binary>>) -> {false, Rest};
value(<<"null", Rest/binary>>) -> {null, Rest};
value(<<C, Rest/binary>>) when C =:= $\s; C =:= $\n; C =:= $\t; C =:= $\r -> value(Rest).

digits(<<C, Rest/binary>>, N) when C >= $0, C =< $9 -> digits(Rest, N * 10 + C - $0);
digits(Rest, N) -> {N, Rest}.

%% A string without escapes is a part of the text; otherwise it is put together from pieces.
string(<<$", Rest/binary>>, Start, Length) -> {binary:part(Start, 0, Length), Rest};
string(<<$\\, C, Rest/binary>>, Start, Length) -> escaped(Rest, <<(binary:part(Start, 0, Length))/binary, C>>);
string(<<_, Rest/binary>>, Start, Length) -> string(Rest, Start, Length + 1).

escaped(<<$", Rest/binary>>, Acc) -> {Acc, Rest};
escaped(<<$\\, C, Rest/binary>>, Acc) -> escaped(Rest, <<Acc/binary, C>>);
escaped(<<C, Rest/binary>>, Acc) -> escaped(Rest, <<Acc/binary, C>>).

elements(<<$], Rest/binary>>, Acc) -> {lists:reverse(Acc), Rest};
elements(Bin, Acc) ->
    {V, Rest} = value(Bin),
    case skip(Rest) of
        <<$,, Rest1/binary>> -> elements(skip(Rest1), [V | Acc]);
        <<$], _/binary>> = Rest1 -> elements(Rest1, [V | Acc])
    end.

members(<<$}, Rest/binary>>, Acc) -> {{lists:reverse(Acc)}, Rest};
members(<<$", Bin/binary>>, Acc) ->
    {Key, Rest} = string(Bin, Bin, 0),
    <<$:, Rest1/binary>> = skip(Rest),
    {V, Rest2} = value(Rest1),
    case skip(Rest2) of
        <<$,, Rest3/binary>> -> members(skip(Rest3), [{Key, V} | Acc]);
        <<$}, _/binary>> = Rest3 -> members(Rest3, [{Key, V} | Acc])
    end.

sum(null) -> 1;
sum(true) -> 2;
sum(false) -> 3;
sum(N) when is_integer(N) -> N;
sum(S) when is_binary(S) -> byte_size(S);
sum(L) when is_list(L) -> lists:foldl(fun(V, Acc) -> Acc + sum(V) end, 0, L);
sum({L}) -> lists:foldl(fun({K, V}, Acc) -> Acc + byte_size(K) + sum(V) end, 0, L).

main() ->
    Text = generate(40000),
    Total = lists:sum([sum(element(1, value(Text))) || _ <- lists:seq(1, 6)]),
    io:format("~w ~w~n", [byte_size(Text), Total]).
