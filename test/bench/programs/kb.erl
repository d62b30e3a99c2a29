-module(kb).
-export([main/0]).

%% The same completion; what OCaml says with exceptions is said with throw. A term is a variable (an integer) or {Function, Arguments}.

substitute(S, V) when is_integer(V) ->
    case lists:keyfind(V, 1, S) of
        {_, T} -> T;
        false -> V
    end;
substitute(S, {F, Arguments}) -> {F, [substitute(S, A) || A <- Arguments]}.

extend(S, V, Subject) when is_integer(V) ->
    case lists:keyfind(V, 1, S) of
        {_, Bound} when Bound =:= Subject -> S;
        {_, _} -> throw(no_match);
        false -> [{V, Subject} | S]
    end;
extend(S, {F, Ps}, {F, Ts}) -> extend_all(S, Ps, Ts);
extend(_, _, _) -> throw(no_match).

extend_all(S, [], []) -> S;
extend_all(S, [P | Ps], [T | Ts]) -> extend_all(extend(S, P, T), Ps, Ts).

occurs(V, W) when is_integer(W) -> V =:= W;
occurs(V, {_, Arguments}) -> lists:any(fun(A) -> occurs(V, A) end, Arguments).

bind(V, T, S) -> [{V, T} | [{W, substitute([{V, T}], U)} || {W, U} <- S]].

unify(S, {A, B}) -> unify_terms(S, substitute(S, A), substitute(S, B)).

unify_terms(S, V, V) when is_integer(V) -> S;
unify_terms(S, V, T) when is_integer(V) -> unify_variable(S, V, T);
unify_terms(S, T, V) when is_integer(V) -> unify_variable(S, V, T);
unify_terms(S, {F, Xs}, {F, Ys}) -> lists:foldl(fun(Pair, S1) -> unify(S1, Pair) end, S, lists:zip(Xs, Ys));
unify_terms(_, _, _) -> throw(no_unifier).

unify_variable(S, V, T) ->
    case occurs(V, T) of
        true -> throw(no_unifier);
        false -> bind(V, T, S)
    end.

reduce([], _) -> throw(irreducible);
reduce([{Left, Right} | Rest], T) ->
    try substitute(extend([], Left, T), Right)
    catch no_match -> reduce(Rest, T)
    end.

rewrite(Rules, T) ->
    try reduce(Rules, T)
    catch irreducible ->
        case T of
            {F, Arguments} -> {F, rewrite_one(Rules, Arguments)};
            _ -> throw(irreducible)
        end
    end.

rewrite_one(_, []) -> throw(irreducible);
rewrite_one(Rules, [T | Rest]) ->
    try [rewrite(Rules, T) | Rest]
    catch irreducible -> [T | rewrite_one(Rules, Rest)]
    end.

normal_form(Rules, T) ->
    try rewrite(Rules, T) of
        U -> normal_form(Rules, U)
    catch irreducible -> T
    end.

rank(inverse) -> 2;
rank(product) -> 1;
rank(_) -> 0.

greater(A, _) when is_integer(A) -> false;
greater(A, V) when is_integer(V) -> occurs(V, A);
greater({F, Xs} = A, {G, Ys} = B) ->
    lists:any(fun(X) -> X =:= B orelse greater(X, B) end, Xs)
        orelse (rank(F) > rank(G) andalso lists:all(fun(Y) -> greater(A, Y) end, Ys))
        orelse (F =:= G andalso lexicographic(Xs, Ys) andalso lists:all(fun(Y) -> greater(A, Y) end, Ys)).

lexicographic([X | Xs], [X | Ys]) -> lexicographic(Xs, Ys);
lexicographic([X | _], [Y | _]) -> greater(X, Y);
lexicographic(_, _) -> false.

rename(V) when is_integer(V) -> V + 100;
rename({F, Arguments}) -> {F, [rename(A) || A <- Arguments]}.

positions(V, _) when is_integer(V) -> [];
positions({F, Arguments} = T, Rebuild) -> [{T, Rebuild} | inside(F, [], Arguments, Rebuild)].

inside(_, _, [], _) -> [];
inside(F, Before, [T | After], Rebuild) ->
    positions(T, fun(U) -> Rebuild({F, lists:reverse(Before, [U | After])}) end)
        ++ inside(F, [T | Before], After, Rebuild).

superpose({L1, R1}, {L2, R2}) ->
    Left = rename(L2),
    Right = rename(R2),
    lists:foldl(
        fun({T, Rebuild}, Pairs) ->
            try unify([], {T, Left}) of
                S -> [{substitute(S, Rebuild(Right)), substitute(S, R1)} | Pairs]
            catch no_unifier -> Pairs
            end
        end, [], positions(L1, fun(U) -> U end)).

names(Seen, V) when is_integer(V) ->
    case lists:keymember(V, 1, Seen) of
        true -> Seen;
        false -> [{V, length(Seen)} | Seen]
    end;
names(Seen, {_, Arguments}) -> lists:foldl(fun(A, S) -> names(S, A) end, Seen, Arguments).

canonical({A, B}) ->
    S = names(names([], A), B),
    {substitute(S, A), substitute(S, B)}.

orient({A, B}) ->
    case greater(A, B) of
        true -> {A, B};
        false ->
            case greater(B, A) of
                true -> {B, A};
                false -> throw(unorientable)
            end
    end.

reducible(Rules, T) ->
    try rewrite(Rules, T) of _ -> true
    catch irreducible -> false
    end.

complete(Rules, []) -> Rules;
complete(Rules, [{A0, B0} | Rest]) ->
    A = normal_form(Rules, A0),
    B = normal_form(Rules, B0),
    case A =:= B of
        true -> complete(Rules, Rest);
        false ->
            try orient(canonical({A, B})) of
                Rule -> add(Rules, Rule, Rest)
            catch unorientable -> complete(Rules, Rest ++ [{A, B}])
            end
    end.

add(Rules, Rule, Rest) ->
    {Kept0, Broken} = lists:partition(fun({L, _}) -> not reducible([Rule], L) end, Rules),
    Kept = [{L, normal_form([Rule | Kept0], R)} || {L, R} <- Kept0],
    All = [Rule | Kept],
    Pairs = lists:append([superpose(Rule, Other) ++ superpose(Other, Rule) || Other <- All]),
    complete(All, Rest ++ Broken ++ Pairs).

groups() ->
    {X, Y, Z} = {0, 1, 2},
    [{{product, [{unit, []}, X]}, X},
     {{product, [{inverse, [X]}, X]}, {unit, []}},
     {{product, [{product, [X, Y]}, Z]}, {product, [X, {product, [Y, Z]}]}}].

show(V) when is_integer(V) -> [$a + V];
show({F, Arguments}) -> atom_to_list(F) ++ "(" ++ lists:flatten(lists:join(",", [show(A) || A <- Arguments])) ++ ")".

repeat(1, F) -> F();
repeat(N, F) -> F(), repeat(N - 1, F).

main() ->
    Rules = repeat(40, fun() -> complete([], groups()) end),
    Lines = lists:sort([show(L) ++ " = " ++ show(R) || {L, R} <- Rules]),
    io:format("~s~n", [lists:join("\n", Lines)]).
