-module(queens).
-export([main/0]).

safe(_, _, []) -> true;
safe(Col, Dist, [C | Rest]) ->
    C =/= Col andalso C =/= Col + Dist andalso C =/= Col - Dist andalso safe(Col, Dist + 1, Rest).

place(N, N, _) -> 1;
place(N, Row, Placed) -> try_column(N, Row, Placed, 0, 0).

try_column(N, _, _, N, Total) -> Total;
try_column(N, Row, Placed, Col, Total) ->
    Found = case safe(Col, 1, Placed) of
        true -> place(N, Row + 1, [Col | Placed]);
        false -> 0
    end,
    try_column(N, Row, Placed, Col + 1, Total + Found).

main() -> io:format("~w~n", [place(12, 0, []) + place(11, 0, []) + place(12, 0, [])]).
