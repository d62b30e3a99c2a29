%% @private The options of a node, checked, with their defaults.
-module(camlnode_options).

-export([node_options/3, pool_size/1]).

-export_type([checked/0]).

-type checked() :: #{
    pool := camlnode:pool(),
    index := pos_integer(),
    start := node | port,
    name := string() | undefined,
    cookie := atom() | config,
    config := map() | file:filename_all(),
    modules := [file:filename_all()],
    executable := {file:filename_all(), [string()]} | undefined,
    env := [{string(), string() | false}],
    wait := boolean(),
    start_timeout := pos_integer(),
    stop_timeout := pos_integer(),
    health_interval := pos_integer() | infinity,
    health_timeout := pos_integer(),
    backoff := {pos_integer(), pos_integer()}
}.

-spec pool_size(camlnode:pool_options()) -> pos_integer().
pool_size(Options) ->
    case maps:get(size, Options, erlang:system_info(schedulers_online)) of
        Size when is_integer(Size), Size > 0 -> Size;
        Other -> error({camlnode, {bad_option, {size, Other}}})
    end.

%% Of the node number `Index' of a pool, or of a node alone. Raises `{camlnode, {bad_option, _}}'.
-spec node_options(camlnode:pool(), alone | pos_integer(), camlnode:pool_options()) -> checked().
node_options(Pool, Place, Given) ->
    Options = maps:remove(size, Given),
    maps:foreach(
        fun(Key, Value) ->
            fits(Key, Value) orelse error({camlnode, {bad_option, {Key, Value}}})
        end,
        Options
    ),
    Index = case Place of alone -> 1; _ -> Place end,
    All = maps:merge(defaults(), Options),
    All#{
        pool => Pool,
        index => Index,
        name => name(Pool, Place, All),
        executable => executable(maps:get(executable, All))
    }.

defaults() ->
    #{
        start => node,
        name => undefined,
        cookie => erlang:get_cookie(),
        config => #{},
        modules => [],
        executable => undefined,
        env => [],
        wait => true,
        start_timeout => 60000,
        stop_timeout => 8000,
        health_interval => 5000,
        health_timeout => 10000,
        backoff => {500, 30000}
    }.

fits(start, Value) -> lists:member(Value, [node, port]);
fits(name, Value) -> is_atom(Value) orelse is_text(Value);
fits(cookie, Value) -> is_atom(Value);
fits(config, Value) -> is_map(Value) orelse is_text(Value);
fits(modules, Value) -> is_list(Value) andalso lists:all(fun is_text/1, Value);
fits(executable, {File, Args}) -> is_text(File) andalso is_list(Args);
fits(executable, Value) -> is_text(Value);
fits(env, Value) -> is_list(Value);
fits(wait, Value) -> is_boolean(Value);
fits(health_interval, infinity) -> true;
fits(backoff, {Least, Most}) -> is_time(Least) andalso is_time(Most) andalso Least =< Most;
fits(Key, Value) when
    Key =:= start_timeout; Key =:= stop_timeout; Key =:= health_interval; Key =:= health_timeout
->
    is_time(Value);
fits(_, _) -> false.

is_time(Value) -> is_integer(Value) andalso Value > 0.

is_text(Value) -> is_binary(Value) orelse (is_list(Value) andalso Value =/= [] andalso io_lib:char_list(Value)).

%% The node's name; undefined leaves it to a configuration file. Nodes of a pool are numbered.
name(Pool, alone, #{name := undefined, config := Config} = Options) when is_map(Config) ->
    full_name(default_name(Pool), Options);
name(_, alone, #{name := undefined}) ->
    undefined;
name(_, alone, #{name := Name} = Options) ->
    full_name(text(Name), Options);
name(Pool, Index, #{name := undefined} = Options) ->
    name(Pool, Index, Options#{name := default_name(Pool)});
name(_, Index, #{name := Name} = Options) ->
    {Short, Host} = lists:splitwith(fun(C) -> C =/= $@ end, text(Name)),
    full_name(Short ++ "_" ++ integer_to_list(Index) ++ Host, Options).

default_name(Pool) when is_atom(Pool) -> atom_to_list(Pool);
default_name(Pool) -> error({camlnode, {bad_option, {name, {is_needed_for, Pool}}}}).

%% On this node's host; the nodes of ports are on none.
full_name(Name, #{start := Start}) ->
    case lists:member($@, Name) of
        true -> Name;
        false when Start =:= port -> Name ++ "@port";
        false -> Name ++ "@" ++ host()
    end.

host() ->
    [_, Host] = string:split(atom_to_list(node()), "@"),
    Host.

executable(undefined) ->
    case application:get_env(camlnode, executable) of
        {ok, Value} -> executable(Value);
        undefined -> undefined
    end;
executable({File, Args}) -> {File, Args};
executable(File) -> {File, []}.

text(Text) when is_atom(Text) -> atom_to_list(Text);
text(Text) -> unicode:characters_to_list(Text).
