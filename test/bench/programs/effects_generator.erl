-module(effects_generator).
-export([main/0]).

%% Generators as processes: each leaf is a message, asked for by its consumer.

build(0, N) -> N;
build(Depth, N) -> {build(Depth - 1, 2 * N), build(Depth - 1, 2 * N + 1)}.

walk({A, B}, Consumer) -> walk(A, Consumer), walk(B, Consumer);
walk(N, Consumer) ->
    Consumer ! {leaf, self(), N},
    receive continue -> ok end.

start(Tree) ->
    Consumer = self(),
    spawn_link(fun() -> walk(Tree, Consumer), Consumer ! {done, self()} end).

next(P) ->
    receive
        {leaf, P, N} -> N;
        {done, P} -> done
    end.

compare(P, Q, Same) ->
    case {next(P), next(Q)} of
        {done, done} -> Same;
        {M, N} ->
            P ! continue,
            Q ! continue,
            compare(P, Q, if M =:= N -> Same + 1; true -> Same end)
    end.

main() ->
    T = build(16, 1),
    Total = lists:sum([compare(start(T), start(T), 0) || _ <- lists:seq(1, 15)]),
    io:format("~w~n", [Total]).
