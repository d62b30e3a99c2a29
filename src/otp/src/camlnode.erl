%% @doc OCaml functions for Erlang: nodes under supervision, and calls to them.
%%
%% A node is a process of the operating system that runs OCaml. It is supervised like any other child, and called by the name of
%% the child; of a pool of nodes each call takes the one with the fewest calls. docs/ERLANG.md is the guide.
-module(camlnode).

-include("camlnode.hrl").

-export([child_spec/2, pool_spec/2, start_link/2]).
-export([call/3, call/4, call/5, cast/4, async_call/4, await/1, await/2, cancel/1]).
-export([apply/3, release/2, load/2, load/3, reload/1, reload/2]).
-export([status/1, attach/4, detach/1]).
%% For the shell.
-export([format_error/2]).
%% For supervisors.
-export([node_spec/2]).

-export_type([pool/0, options/0, pool_options/0, call_options/0, request/0, status/0, event/0, handler/0]).

%% The name of a node, or of a pool of nodes.
-type pool() :: atom() | term().

-type options() :: #{
    %% `node', the default: a C-node that joins the cluster; `port': calls go through a pipe, and this Erlang node need not be
    %% distributed.
    start => node | port,
    %% OCaml files to serve.
    modules => [file:filename_all()],
    %% docs/COMMANDS.md: a file, or its tables as maps, e.g. `#{limits => #{call_timeout => "5s"}}'.
    config => file:filename_all() | map(),
    %% Of the C-node, `name' or `name@host'; by default that of the pool, on this host.
    name => atom() | string() | binary(),
    %% By default that of this Erlang node; `config': what the configuration file says.
    cookie => atom() | config,
    %% The program, perhaps with first arguments. By default `bin/camlnode' of this application's priv folder, or in the PATH.
    executable => file:filename_all() | {file:filename_all(), [string()]},
    %% More environment, as `open_port/2' takes it.
    env => [{string(), string() | false}],
    %% Whether the start waits until the node can be called, and fails when it cannot: true.
    wait => boolean(),
    %% In milliseconds: 60000; 8000, of which running calls get 5000; 5000; 10000.
    start_timeout => pos_integer(),
    stop_timeout => pos_integer(),
    health_interval => pos_integer() | infinity,
    health_timeout => pos_integer(),
    %% How long a node that has ended waits at first and at most before it is started again: {500, 30000}.
    backoff => {Least :: pos_integer(), Most :: pos_integer()}
}.

-type pool_options() :: #{
    %% How many nodes: one per scheduler.
    size => pos_integer(),
    _ => _
}.

-type call_options() :: #{timeout => timeout()}.

-opaque request() :: camlnode_calls:request().

-type status() :: #{
    pool := pool(),
    index := pos_integer(),
    start := node | port,
    state := starting | up | disconnected | waiting,
    node := node() | undefined,
    os_pid := non_neg_integer() | undefined,
    outstanding := integer(),
    failures := non_neg_integer()
}.

%% `[camlnode, call, start | stop | exception]', `[camlnode, node, up | down | restart]'.
-type event() :: [atom(), ...].
-type handler() :: fun((event(), Measurements :: map(), Metadata :: map(), Config :: term()) -> term()).

%% How much longer than the node itself a supervisor waits for its process.
-define(SHUTDOWN_MARGIN, 7000).

%% ------------------------------------------------------------------------------------------------------------
%% Supervision

%% @doc A child of a supervisor: one node, called by `Id'.
-spec child_spec(pool(), options()) -> supervisor:child_spec().
child_spec(Id, Options) ->
    StopTimeout = maps:get(stop_timeout, Options, 8000),
    #{
        id => Id,
        start => {?MODULE, start_link, [Id, Options]},
        shutdown => StopTimeout + ?SHUTDOWN_MARGIN,
        modules => [camlnode_node]
    }.

%% @doc A child of a supervisor: `size' nodes, called by `Name'.
-spec pool_spec(pool(), pool_options()) -> supervisor:child_spec().
pool_spec(Name, Options) ->
    #{
        id => Name,
        start => {camlnode_pool, start_link, [Name, Options]},
        type => supervisor,
        modules => [camlnode_pool]
    }.

%% @doc Starts one node. Fails with `{camlnode_failed, Text}', Text what the program says, if it cannot start as configured.
-spec start_link(pool(), options()) -> {ok, pid()} | {error, term()}.
start_link(Id, Options) ->
    camlnode_node:start_link(camlnode_options:node_options(Id, alone, Options)).

%% @private
-spec node_spec(term(), camlnode_options:checked()) -> supervisor:child_spec().
node_spec(Id, #{stop_timeout := StopTimeout} = Checked) ->
    #{
        id => Id,
        start => {camlnode_node, start_link, [Checked]},
        shutdown => StopTimeout + ?SHUTDOWN_MARGIN,
        modules => [camlnode_node]
    }.

%% @doc What each node of a pool does; those whose process is busy starting are left out.
-spec status(pool()) -> [status()].
status(Pool) ->
    camlnode_registry:status(Pool).

%% ------------------------------------------------------------------------------------------------------------
%% Calls

%% @doc Calls a function on the pool of the application's environment, `default_pool'.
-spec call(module(), atom(), [term()]) -> term().
call(M, F, A) ->
    {ok, Pool} = application:get_env(camlnode, default_pool),
    call(Pool, M, F, A, #{}).

%% @doc Calls an OCaml function: its value, or what it raises.
-spec call(pool(), module(), atom(), [term()]) -> term().
call(Pool, M, F, A) ->
    call(Pool, M, F, A, #{}).

-spec call(pool(), module(), atom(), [term()], call_options()) -> term().
call(Pool, M, F, A, Options) ->
    Deadline = deadline(maps:get(timeout, Options, infinity)),
    camlnode_calls:await(camlnode_calls:request(Pool, M, F, A, Deadline), Deadline).

%% @doc Calls a function whose result nobody wants. If no node is up nothing happens.
-spec cast(pool(), module(), atom(), [term()]) -> ok.
cast(Pool, M, F, A) ->
    camlnode_calls:cast(Pool, M, F, A).

%% @doc Sends a call; `await' gives its value. To be awaited or cancelled by the process that has sent it.
-spec async_call(pool(), module(), atom(), [term()]) -> request().
async_call(Pool, M, F, A) ->
    camlnode_calls:request(Pool, M, F, A, infinity).

-spec await(request()) -> term().
await(Request) ->
    await(Request, infinity).

%% @doc After `Timeout' the call is cancelled, and `{camlnode, timeout}' is raised.
-spec await(request(), timeout()) -> term().
await(Request, Timeout) ->
    camlnode_calls:await(Request, deadline(Timeout)).

%% @doc Ends a call whose value nobody wants any more.
-spec cancel(request()) -> ok.
cancel(Request) ->
    camlnode_calls:cancel(Request).

%% @doc Applies an OCaml function that a handle stands for.
-spec apply(pool(), reference(), [term()]) -> term().
apply(Pool, Handle, Args) ->
    call(Pool, camlnode, apply, [Handle, Args]).

%% @doc Frees a handle.
-spec release(pool(), reference()) -> ok.
release(Pool, Handle) ->
    call(Pool, camlnode, release, [Handle]).

deadline(infinity) -> infinity;
deadline(Timeout) -> erlang:monotonic_time(millisecond) + Timeout.

%% @private
format_error(_Reason, [{_, _, _, Info} | _]) ->
    case Info of
        [{error_info, #{cause := Cause}}] -> #{general => Cause};
        _ -> #{}
    end.

%% ------------------------------------------------------------------------------------------------------------
%% New code

%% @doc Loads an OCaml file into every node of the pool, with the `.mli' beside it if there is one, in place of the module of that
%% name. Needs `#{load => #{enabled => true}}' in the configuration. `{error, Text}' tells what the compiler says; then nothing
%% has changed. State that modules keep, and handles, are gone afterwards.
-spec load(pool(), file:filename_all()) -> ok | {error, binary()}.
load(Pool, File) ->
    Module = list_to_atom(filename:basename(unicode:characters_to_list(File), ".ml")),
    case {file:read_file(File), file:read_file([File, "i"])} of
        {{ok, Source}, {ok, Interface}} -> on_all(Pool, load, [Module, Source, Interface]);
        {{ok, Source}, {error, enoent}} -> on_all(Pool, load, [Module, Source]);
        {{error, Reason}, _} -> cannot_read(File, Reason);
        {_, {error, Reason}} -> cannot_read([File, "i"], Reason)
    end.

%% @doc The same, from a text.
-spec load(pool(), module(), iodata()) -> ok | {error, binary()}.
load(Pool, Module, Source) ->
    on_all(Pool, load, [Module, iolist_to_binary(Source)]).

%% @doc Takes the files as they are now.
-spec reload(pool()) -> ok | {error, binary()}.
reload(Pool) ->
    on_all(Pool, reload, []).

%% @doc The same; of a module that was loaded as a text, its file again.
-spec reload(pool(), module()) -> ok | {error, binary()}.
reload(Pool, Module) ->
    on_all(Pool, reload, [Module]).

%% One node after the other: the first that refuses keeps the others from it.
on_all(Pool, F, A) ->
    case camlnode_registry:members(Pool) of
        [] -> error({camlnode, unavailable});
        Members -> on_each(Members, F, A)
    end.

on_each([], _, _) ->
    ok;
on_each([Member | Others], F, A) ->
    case camlnode_calls:await(camlnode_calls:request_to(Member, camlnode, F, A), infinity) of
        ok -> on_each(Others, F, A);
        {error, _} = Error -> Error
    end.

cannot_read(File, Reason) ->
    {error, unicode:characters_to_binary(io_lib:format("cannot read ~ts: ~ts", [File, file:format_error(Reason)]))}.

%% ------------------------------------------------------------------------------------------------------------
%% Events

%% @doc Calls `Fun(Event, Measurements, Metadata, Config)' when one of the events happens, in the process where it happens. A
%% handler that fails is detached.
-spec attach(term(), event() | [event()], handler(), term()) -> ok | {error, already_exists}.
attach(HandlerId, [Name | _] = Event, Fun, Config) when is_atom(Name) ->
    camlnode_events:attach(HandlerId, [Event], Fun, Config);
attach(HandlerId, Events, Fun, Config) ->
    camlnode_events:attach(HandlerId, Events, Fun, Config).

-spec detach(term()) -> ok | {error, not_found}.
detach(HandlerId) ->
    camlnode_events:detach(HandlerId).
