%% An atomics array is the mutable array of the BEAM.
-module(sieve).
-export([main/0]).

mark(_, Q, _, N) when Q > N -> ok;
mark(Ref, Q, P, N) ->
    atomics:put(Ref, Q, 1),
    mark(Ref, Q + P, P, N).

loop(_, P, N, Count) when P > N -> Count;
loop(Ref, P, N, Count) ->
    case atomics:get(Ref, P) of
        0 ->
            mark(Ref, P * P, P, N),
            loop(Ref, P + 1, N, Count + 1);
        _ -> loop(Ref, P + 1, N, Count)
    end.

sieve(N) -> loop(atomics:new(N, []), 2, N, 0).

main() -> io:format("~w~n", [lists:sum([sieve(5000000 + I) || I <- lists:seq(1, 8)])]).
