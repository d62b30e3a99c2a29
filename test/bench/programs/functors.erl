-module(functors).
-export([main/0]).

%% The same search over OTP's ordered sets and maps; the graph is a fun.

moves() -> [{1, 2}, {2, 1}, {2, -1}, {1, -2}, {-1, -2}, {-2, -1}, {-2, 1}, {-1, 2}].

board(Size) ->
    fun({X, Y}) ->
        [{X + A, Y + B} || {A, B} <- moves(), X + A >= 0, Y + B >= 0, X + A < Size, Y + B < Size]
    end.

search(Successors, Start) ->
    level(Successors, 0, [Start], gb_sets:singleton(Start), gb_trees:insert(Start, 0, gb_trees:empty())).

level(_, _, [], _, Distances) -> Distances;
level(Successors, Distance, Frontier, Seen, Distances) ->
    Visit = fun(Node, Acc) ->
        lists:foldl(
            fun(N, {Next, S, D}) ->
                case gb_sets:is_element(N, S) of
                    true -> {Next, S, D};
                    false -> {[N | Next], gb_sets:add(N, S), gb_trees:insert(N, Distance + 1, D)}
                end
            end, Acc, Successors(Node))
    end,
    {Next, Seen1, Distances1} = lists:foldl(Visit, {[], Seen, Distances}, Frontier),
    level(Successors, Distance + 1, Next, Seen1, Distances1).

main() ->
    Board = board(120),
    {Total, Furthest} = lists:foldl(
        fun(I, {T, F}) ->
            lists:foldl(fun(D, {T1, F1}) -> {T1 + D, max(F1, D)} end, {T, F}, gb_trees:values(search(Board, {I, I})))
        end, {0, 0}, lists:seq(0, 4)),
    io:format("~w ~w~n", [Total, Furthest]).
