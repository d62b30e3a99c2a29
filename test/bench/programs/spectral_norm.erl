-module(spectral_norm).
-export([main/0]).

a(I, J) -> 1.0 / ((I + J) * (I + J + 1) div 2 + I + 1).

row(_, _, [], S) -> S;
row(I, J, [X | Rest], S) -> row(I, J + 1, Rest, S + a(I, J) * X).

column(_, _, [], S) -> S;
column(I, J, [X | Rest], S) -> column(I, J + 1, Rest, S + a(J, I) * X).

multiply(N, U) -> [row(I, 0, U, 0.0) || I <- lists:seq(0, N - 1)].
multiply_transposed(N, U) -> [column(I, 0, U, 0.0) || I <- lists:seq(0, N - 1)].
step(N, U) -> multiply_transposed(N, multiply(N, U)).

loop(_, 0, U, V) -> {U, V};
loop(N, K, U, _) ->
    V = step(N, U),
    loop(N, K - 1, step(N, V), V).

dot([], [], S) -> S;
dot([X | Xs], [Y | Ys], S) -> dot(Xs, Ys, S + X * Y).

main() ->
    N = 1600,
    {U, V} = loop(N, 10, lists:duplicate(N, 1.0), []),
    io:format("~.9f~n", [math:sqrt(dot(U, V, 0.0) / dot(V, V, 0.0))]).
