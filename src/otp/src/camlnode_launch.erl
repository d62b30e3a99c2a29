%% @private What a node is started with: its program, its arguments, and for a C-node a configuration and a cookie in files
%% that only this user can read, which are there only while the node starts.
-module(camlnode_launch).

-export([prepare/1, clean/1]).

-export_type([launch/0]).

-type launch() :: #{
    program := file:filename_all(),
    args := [string() | binary()],
    env := [{string(), string() | false}],
    %% Removed by `clean/1'.
    folder := file:filename_all()
}.

%% Throws `{camlnode_failed, Text}'.
-spec prepare(camlnode_options:checked()) -> launch().
prepare(#{start := Start, env := Env} = Options) ->
    {Program, First} = program(Options),
    Folder = private_folder(),
    try
        Args = First ++ [command(Start) | arguments(Options, Folder)],
        #{program => Program, args => Args, env => Env, folder => Folder}
    catch
        Class:Reason:Stack ->
            clean(#{folder => Folder}),
            erlang:raise(Class, Reason, Stack)
    end.

-spec clean(#{folder := file:filename_all(), _ => _}) -> ok.
clean(#{folder := Folder}) ->
    _ = file:del_dir_r(Folder),
    ok.

command(node) -> "start";
command(port) -> "port".

%% The option, the application's priv folder, the PATH.
program(#{executable := {File, Args}}) ->
    {found(File), Args};
program(#{executable := undefined}) ->
    {found(in_priv()), []}.

in_priv() ->
    Candidates = [filename:join(Dir, "bin/camlnode") || Dir <- [code:priv_dir(camlnode)], is_list(Dir)],
    case lists:filter(fun filelib:is_regular/1, Candidates) of
        [File | _] -> File;
        [] -> "camlnode"
    end.

found(File) ->
    case os:find_executable(unicode:characters_to_list(File)) of
        false -> fail("cannot find the program ~ts: give the option `executable' or put it into the PATH", [File]);
        Found -> Found
    end.

arguments(#{start := port} = Options, Folder) ->
    ["--log-frames" | heartbeat(Options)] ++ port_arguments(Options, Folder) ++ name(Options);
arguments(Options, Folder) ->
    is_alive() orelse
        fail("this Erlang node is not distributed: start it with -name or -sname, or the camlnode as a port", []),
    case Options of
        #{config := Config} when is_map(Config) ->
            ["--config", config_file(Folder, node_config(Options)) | name(Options)] ++ cookie(Options, Folder);
        #{config := File} ->
            ["--config", absolute(File) | name(Options)] ++ cookie(Options, Folder) ++ modules(Options)
    end.

port_arguments(#{config := Config} = Options, Folder) when is_map(Config) ->
    ["--config", config_file(Folder, port_config(Options))];
port_arguments(#{config := File} = Options, _) ->
    ["--config", absolute(File) | modules(Options)].

heartbeat(#{health_interval := infinity}) -> [];
heartbeat(#{health_interval := Interval}) -> ["--heartbeat", integer_to_list(Interval)].

name(#{name := undefined}) -> [];
name(#{name := Name}) -> ["--name", Name].

modules(#{modules := Modules}) ->
    lists:append([["--module", absolute(File)] || File <- Modules]).

cookie(#{cookie := config}, _) ->
    [];
cookie(#{cookie := Cookie}, Folder) ->
    ["--cookie-file", private_file(Folder, "cookie", atom_to_binary(Cookie))].

config_file(Folder, Config) ->
    private_file(Folder, "camlnode.toml", camlnode_toml:encode(Config)).

port_config(#{config := Config, modules := Files}) ->
    Modules = [#{file => absolute(File)} || File <- Files],
    maps:update_with(module, fun(More) -> Modules ++ More end, Modules, Config).

%% Where the node listens is where this node looks for it, and both ask the same EPMD.
node_config(#{name := Name} = Options) ->
    Listen = #{listen => #{address => address(Name)}},
    Epmd =
        case os:getenv("ERL_EPMD_PORT") of
            false -> #{};
            Port -> #{epmd => #{port => list_to_integer(Port)}}
        end,
    merge(merge(Listen, Epmd), port_config(Options)).

address(Name) ->
    [_, Host] = string:split(Name, "@"),
    case inet:getaddr(Host, inet) of
        {ok, Address} -> inet:ntoa(Address);
        {error, _} -> "127.0.0.1"
    end.

%% Tables are merged, one level deep.
merge(Defaults, Given) ->
    maps:merge_with(
        fun
            (_, Default, Value) when is_map(Default), is_map(Value) -> maps:merge(Default, Value);
            (_, _, Value) -> Value
        end,
        Defaults,
        Given
    ).

absolute(File) ->
    filename:absname(unicode:characters_to_list(File)).

%% ------------------------------------------------------------------------------------------------------------
%% Files

%% A new folder for this user alone. Making it fails if the name is taken, whatever it is that has it.
private_folder() -> private_folder(10).

private_folder(Tries) ->
    Random = integer_to_list(erlang:phash2({make_ref(), self(), erlang:monotonic_time(), os:getpid()}), 36),
    Folder = filename:join(temporary(), "camlnode-" ++ os:getpid() ++ "-" ++ Random),
    case file:make_dir(Folder) of
        ok ->
            done(Folder, file:change_mode(Folder, 8#700));
        {error, eexist} when Tries > 0 ->
            private_folder(Tries - 1);
        {error, Reason} ->
            fail("cannot make the folder ~ts: ~ts", [Folder, file:format_error(Reason)])
    end.

temporary() ->
    case os:getenv("TMPDIR") of
        Empty when Empty =:= false; Empty =:= "" -> "/tmp";
        Folder -> Folder
    end.

%% The mode is set before there is anything to read.
private_file(Folder, Name, Content) ->
    File = filename:join(Folder, Name),
    _ = done(File, file:write_file(File, <<>>, [exclusive])),
    _ = done(File, file:change_mode(File, 8#600)),
    done(File, file:write_file(File, Content)).

done(File, ok) -> File;
done(File, {error, Reason}) -> fail("cannot write ~ts: ~ts", [File, file:format_error(Reason)]).

-spec fail(io:format(), [term()]) -> no_return().
fail(Format, Args) ->
    throw({camlnode_failed, unicode:characters_to_binary(io_lib:format(Format, Args))}).
