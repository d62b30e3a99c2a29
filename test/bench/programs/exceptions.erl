-module(exceptions).
-export([main/0]).

search(N, 0) when N band 1 =:= 0 -> throw({found, N});
search(_, 0) -> throw(odd);
search(N, Depth) -> 1 + search(N + Depth, Depth - 1).

attempt(N) ->
    try search(N, 5)
    catch
        {found, K} -> K;
        odd -> 1
    end.

loop(0, Acc) -> Acc;
loop(N, Acc) -> loop(N - 1, (Acc + attempt(N)) band 16#FFFFFFF).

main() -> io:format("~w~n", [loop(20000000, 0)]).
