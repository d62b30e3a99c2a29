-module(string_building).
-export([main/0]).

build(I, N, Acc) when I > N -> Acc;
build(I, N, Acc) ->
    Word = if I band 1 =:= 0 -> <<"even\n">>; true -> <<"odd\n">> end,
    Digits = integer_to_binary(I),
    build(I + 1, N, <<Acc/binary, "item ", Digits/binary, $\s, Word/binary>>).

checksum(<<>>, H) -> H;
checksum(<<C, Rest/binary>>, H) -> checksum(Rest, (H * 31 + C) band 16#FFFFFFF).

loop(I, Length, Total) when I > 6 -> {Length, Total};
loop(I, Length, Total) ->
    S = build(1, 400000 + I, <<>>),
    loop(I + 1, Length + byte_size(S), Total bxor checksum(S, 0)).

main() ->
    {Length, Total} = loop(1, 0, 0),
    io:format("~w ~w~n", [Length, Total]).
