%% The same as reactions.ml, with processes and messages.
-module(reactions).
-export([main/0]).

measure(Name, Operations, F) ->
    {Time, _} = timer:tc(F),
    io:format("~s ~.1f~n", [Name, Time * 1000 / Operations]).

call(Process, Request) ->
    Ref = make_ref(),
    Process ! {Request, self(), Ref},
    receive {Ref, Reply} -> Reply end.

cell(K) ->
    receive
        {increment, From, Ref} -> From ! {Ref, ok}, cell(K + 1);
        {read, From, Ref} -> From ! {Ref, K}, cell(K)
    end.

increments(_, 0) -> ok;
increments(Cell, N) -> call(Cell, increment), increments(Cell, N - 1).

pong() -> receive {From, K} -> From ! K - 1, pong() end.

ping(_, 0) -> ok;
ping(Pong, K) -> Pong ! {self(), K}, receive Left -> ping(Pong, Left) end.

fib(K) when K < 2 -> K;
fib(K) ->
    Self = self(),
    [Left, Right] = [make_ref(), make_ref()],
    spawn(fun() -> Self ! {Left, fib(K - 1)} end),
    spawn(fun() -> Self ! {Right, fib(K - 2)} end),
    receive {Left, X} -> receive {Right, Y} -> X + Y end end.

total(Parent, 0) -> Parent ! all;
total(Parent, Left) -> receive add -> total(Parent, Left - 1) end.

adds(_, 0) -> ok;
adds(Total, N) -> Total ! add, adds(Total, N - 1).

producers(N) ->
    Self = self(),
    Total = spawn(fun() -> total(Self, N) end),
    [spawn(fun() -> adds(Total, N div 100) end) || _ <- lists:seq(1, 100)],
    receive all -> ok end.

main() ->
    N = 1000000,
    Cell = spawn(fun() -> cell(0) end),
    measure(cell, N, fun() -> increments(Cell, N), N = call(Cell, read) end),
    Pong = spawn(fun pong/0),
    measure(ping_pong, N, fun() -> ping(Pong, N) end),
    measure(fib, 57313, fun() -> 17711 = fib(22) end),
    measure(producers, N, fun() -> producers(N) end),
    halt().
