-module(objects).
-export([main/0]).

%% A counter is state that a loop carries; a shape is a pair of funs; a point is a tuple; an evaluator is a map of funs that
%% take it, so that another one can replace some.

count(N) -> count(1, N, 0, 0).
count(I, N, Total, Calls) when I > N -> Total + Calls;
count(I, N, Total, Calls) -> count(I + 1, N, (Total + I) band 16#FFFFFF, Calls + 1).

rectangle(W, H) -> {fun() -> W * H end, fun(K) -> K * W * H end}.
square(S) -> {fun() -> S * S end, fun(K) -> K * S * S end}.
disc(R) -> {fun() -> 3 * R * R end, fun(K) -> 3 * K * R * R end}.
triangle(B, H) -> {fun() -> B * H div 2 end, fun(K) -> K * B * H div 2 end}.

make_shape(I) ->
    case I rem 4 of
        0 -> rectangle(I, I + 1);
        1 -> square(I);
        2 -> disc(I);
        3 -> triangle(I, I + 3)
    end.

measure(Rounds) ->
    measure(1, Rounds, [make_shape(I) || I <- lists:seq(0, 999)], 0).
measure(Round, Rounds, _, Sum) when Round > Rounds -> Sum;
measure(Round, Rounds, Shapes, Sum) ->
    measure(Round + 1, Rounds, Shapes, total(Shapes, Round, Sum)).

total([], _, Sum) -> Sum;
total([{Area, Scale} | Rest], Round, Sum) ->
    total(Rest, Round, (Sum + Area() + Scale(Round)) band 16#FFFFFF).

move({point, X, Y}, Dx, Dy) -> {point, X + Dx, Y + Dy}.
mirror({point, X, Y}) -> {point, Y, X}.

walk(N) -> walk(1, N, {point, 0, 1}).
walk(I, N, {point, X, Y}) when I > N -> X + Y;
walk(I, N, P) -> walk(I + 1, N, mirror(move(P, 1, I band 3))).

evaluator() ->
    #{leaf => fun(_, N) -> N end,
      add => fun(Self, A, B) -> (eval(Self, A) + eval(Self, B)) band 16#FFFF end,
      mul => fun(Self, A, B) -> (eval(Self, A) * eval(Self, B) + 1) band 16#FFFF end}.

doubling() ->
    #{leaf := Leaf} = Super = evaluator(),
    Super#{leaf := fun(Self, N) -> 2 * Leaf(Self, N) end}.

eval(#{leaf := Leaf} = Self, {leaf, N}) -> Leaf(Self, N);
eval(#{add := Add} = Self, {add, A, B}) -> Add(Self, A, B);
eval(#{mul := Mul} = Self, {mul, A, B}) -> Mul(Self, A, B).

tree(0, Seed) -> {leaf, Seed};
tree(Depth, Seed) ->
    B = tree(Depth - 1, (Seed + 13) band 255),
    A = tree(Depth - 1, (Seed * 7) band 255),
    case (Depth + Seed) band 1 of
        0 -> {add, A, B};
        1 -> {mul, A, B}
    end.

interpret(Rounds) -> interpret(Rounds, tree(14, 5), doubling(), 0).
interpret(0, _, _, Sum) -> Sum;
interpret(N, Tree, Evaluator, Sum) ->
    interpret(N - 1, Tree, Evaluator, (Sum + eval(Evaluator, Tree)) band 16#FFFFFF).

main() ->
    io:format("~w ~w ~w ~w~n", [count(20000000), measure(4000), walk(3000000), interpret(150)]).
