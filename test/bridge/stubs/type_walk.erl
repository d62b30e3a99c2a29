%% Whether terms belong to types of an Erlang module, by its abstract forms.
%%
%% Each line of the input file is `Module Function Arity result|Argument yes|no Base64`: the term must (not) be of the type of the result or
%% of that argument of the spec. Prints a line for each term for which it is not so, and how many terms there were.

-module(type_walk).
-export([main/1]).

-spec main([string()]) -> no_return().
main([Folder, Input]) ->
    {ok, Bytes} = file:read_file(Input),
    Lines = [string:lexemes(Line, " ") || Line <- string:lexemes(binary_to_list(Bytes), "\n")],
    Modules = maps:from_list([{M, forms(filename:join(Folder, M ++ ".erl"))} || M <- lists:usort([hd(L) || L <- Lines])]),
    [check(maps:get(M, Modules), Line) || [M | _] = Line <- Lines],
    io:format("checked ~p~n", [length(Lines)]),
    halt().

forms(File) ->
    {ok, Forms} = epp:parse_file(File, []),
    Types = maps:from_list([{{N, length(Vs)}, {T, Vs}} || {attribute, _, K, {N, T, Vs}} <- Forms, K =:= type orelse K =:= opaque]),
    Specs = maps:from_list([{FA, Spec} || {attribute, _, spec, {FA, [Spec]}} <- Forms]),
    {Types, Specs}.

check({Types, Specs}, [Module, Function, Arity, Which, Expected, Encoded]) ->
    Term = binary_to_term(base64:decode(Encoded)),
    {type, _, 'fun', [{type, _, product, Args}, Result]} =
        maps:get({list_to_atom(Function), list_to_integer(Arity)}, Specs),
    Type = case Which of "result" -> Result; N -> lists:nth(list_to_integer(N), Args) end,
    case {member(Term, Type, {Types, #{}}), Expected} of
        {true, "yes"} -> ok;
        {false, "no"} -> ok;
        {Is, _} -> io:format("~s:~s ~s: ~0p is ~p of ~0p~n", [Module, Function, Which, Term, Is, Type])
    end.

member(T, {type, _, integer, []}, _) -> is_integer(T);
member(T, {type, _, float, []}, _) -> is_float(T);
member(T, {type, _, number, []}, _) -> is_number(T);
member(T, {type, _, boolean, []}, _) -> is_boolean(T);
member(T, {type, _, binary, []}, _) -> is_binary(T);
member(T, {type, _, reference, []}, _) -> is_reference(T);
member(T, {type, _, pid, []}, _) -> is_pid(T);
member(_, {type, _, term, []}, _) -> true;
member(T, {type, _, atom, []}, _) -> is_atom(T);
%% Of unit -> t the spec shows the fun without arguments alone.
member(T, {type, _, 'fun', [{type, _, product, []}, _]}, _) -> is_function(T, 0) orelse is_function(T, 1);
member(T, {type, _, 'fun', [{type, _, product, Types}, _]}, _) -> is_function(T, length(Types));
member(_, {type, _, none, []}, _) -> false;
member(T, {type, _, range, [From, To]}, _) -> is_integer(T) andalso T >= number(From) andalso T =< number(To);
member(T, {atom, _, A}, _) -> T =:= A;
member(T, {type, _, tuple, Types}, Env) ->
    is_tuple(T) andalso tuple_size(T) =:= length(Types) andalso
        lists:all(fun({E, Type}) -> member(E, Type, Env) end, lists:zip(tuple_to_list(T), Types));
member(T, {type, _, list, [Type]}, Env) ->
    is_list(T) andalso length(T) >= 0 andalso lists:all(fun(E) -> member(E, Type, Env) end, T);
member(T, {type, _, map, [{type, _, map_field_assoc, [K, V]}]}, Env) ->
    is_map(T) andalso lists:all(fun({A, B}) -> member(A, K, Env) andalso member(B, V, Env) end, maps:to_list(T));
member(T, {type, _, map, Fields}, Env) ->
    is_map(T) andalso map_size(T) =:= length(Fields) andalso
        lists:all(
            fun({type, _, map_field_exact, [{atom, _, K}, V]}) -> is_map_key(K, T) andalso member(maps:get(K, T), V, Env) end,
            Fields
        );
member(T, {type, _, union, Types}, Env) -> lists:any(fun(Type) -> member(T, Type, Env) end, Types);
member(T, {var, _, V}, {_, Vars} = _Env) -> {Type, Env} = maps:get(V, Vars), member(T, Type, Env);
member(T, {user_type, _, Name, Args}, {Types, _} = Env) ->
    {Body, Params} = maps:get({Name, length(Args)}, Types),
    Vars = maps:from_list([{V, {A, Env}} || {{var, _, V}, A} <- lists:zip(Params, Args)]),
    member(T, Body, {Types, Vars});
member(T, {remote_type, _, [{atom, _, unicode}, {atom, _, chardata}, []]}, _) ->
    is_binary(T) orelse (is_list(T) andalso chardata(T)).

chardata([]) -> true;
chardata([H | T]) when is_integer(H) -> H >= 0 andalso H =< 16#10ffff andalso chardata(T);
chardata([H | T]) when is_list(H); is_binary(H) -> chardata(H) andalso chardata(T);
chardata(T) -> is_binary(T).

number({integer, _, N}) -> N;
number({op, _, '-', {integer, _, N}}) -> -N.
