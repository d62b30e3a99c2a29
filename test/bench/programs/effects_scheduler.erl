-module(effects_scheduler).
-export([main/0]).

%% 100,000 processes, each of which yields ten times, waits for a message and wakes its neighbour.

fiber(I, Collector, Next) ->
    yield(10),
    case I of
        0 -> ok;
        _ ->
            receive V ->
                Collector ! {value, V},
                case Next of none -> Collector ! finished; _ -> Next ! V + I end
            end
    end.

yield(0) -> ok;
yield(N) -> erlang:yield(), yield(N - 1).

collect(Total) ->
    receive
        {value, V} -> collect((Total + V) band 16#FFFFFF);
        finished -> Total
    end.

main() ->
    Self = self(),
    %% From the last to the first, so that each knows its neighbour.
    First = lists:foldl(fun(I, Next) -> spawn(fun() -> fiber(I, Self, Next) end) end, none, lists:seq(99999, 1, -1)),
    spawn(fun() -> fiber(0, Self, First) end),
    First ! 1,
    io:format("~w~n", [collect(0)]).
