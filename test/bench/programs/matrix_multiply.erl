-module(matrix_multiply).
-export([main/0]).

make(N, F) -> [[F(I, J) || J <- lists:seq(0, N - 1)] || I <- lists:seq(0, N - 1)].

transpose([[] | _]) -> [];
transpose(Rows) -> [[hd(R) || R <- Rows] | transpose([tl(R) || R <- Rows])].

dot([], [], S) -> S;
dot([X | Xs], [Y | Ys], S) -> dot(Xs, Ys, S + X * Y).

multiply(A, B) ->
    Columns = transpose(B),
    [[dot(Row, Column, 0.0) || Column <- Columns] || Row <- A].

main() ->
    N = 500,
    A = make(N, fun(I, J) -> ((I * 7 + J * 3) rem 11) / 11 end),
    B = make(N, fun(I, J) -> ((I * 5 + J * 2) rem 13) / 13 end),
    C = multiply(multiply(A, B), B),
    Trace = lists:sum([lists:nth(I, Row) || {I, Row} <- lists:zip(lists:seq(1, N), C)]),
    io:format("~.3f~n", [Trace]).
