%% @private Which nodes can be called, and how many calls each has.
%%
%%     camlnode_pools   {Pool, [#member{}]}        written here, read by every caller
%%     camlnode_calls   {Key, Caller, Counter}     written by callers; one row per call under way
%%
%% A node joins when it is up and leaves when it is down; if its process dies, it leaves. A caller that is killed in the middle
%% of a call leaves its row behind: a sweep takes it out and counts the call as ended. Whoever takes a row out is who counts.
-module(camlnode_registry).
-behaviour(gen_server).

-include("camlnode.hrl").

-export([start_link/0, enlist/2, occupy/2, join/1, leave/2, members/1, status/1, enter_call/1, leave_call/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-export_type([call_key/0]).

-opaque call_key() :: reference().

-define(SWEEP, 5000).

-spec start_link() -> gen_server:start_ret().
start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% The calling process is a node of a pool; it is known until it ends.
-spec enlist(camlnode:pool(), pos_integer()) -> ok.
enlist(Pool, Index) ->
    gen_server:call(?MODULE, {enlist, {Pool, Index}, self()}, infinity).

%% The calling process runs the node now; first the one that ran it before must have ended, which takes its time when
%% its supervisor has killed it.
-spec occupy(camlnode:pool(), pos_integer()) -> ok.
occupy(Pool, Index) ->
    case gen_server:call(?MODULE, {occupy, {Pool, Index}, self()}, infinity) of
        ok ->
            ok;
        {occupied, Run} ->
            Monitor = monitor(process, Run),
            receive {'DOWN', Monitor, process, _, _} -> occupy(Pool, Index) end
    end.

%% The node of the calling process can be called.
-spec join(#member{}) -> ok.
join(Member) ->
    gen_server:call(?MODULE, {join, Member}, infinity).

-spec leave(camlnode:pool(), pos_integer()) -> ok.
leave(Pool, Index) ->
    gen_server:call(?MODULE, {leave, Pool, Index}, infinity).

-spec members(camlnode:pool()) -> [#member{}].
members(Pool) ->
    try ets:lookup(camlnode_pools, Pool) of
        [{_, Members}] -> Members;
        [] -> []
    catch
        error:badarg -> error({camlnode, not_started})
    end.

%% What the nodes of a pool say of themselves, up or not.
-spec status(camlnode:pool()) -> [camlnode:status()].
status(Pool) ->
    lists:append([status_of(Node) || {_, Node} <- gen_server:call(?MODULE, {nodes, Pool})]).

status_of(Node) ->
    try
        [camlnode_node:status(Node)]
    catch
        exit:_ -> []
    end.

%% A call of the calling process begins.
-spec enter_call(#member{}) -> call_key().
enter_call(#member{outstanding = Counter}) ->
    Key = make_ref(),
    counters:add(Counter, 1, 1),
    true = ets:insert(camlnode_calls, {Key, self(), Counter}),
    Key.

-spec leave_call(call_key()) -> ok.
leave_call(Key) ->
    case ets:take(camlnode_calls, Key) of
        [{_, _, Counter}] -> counters:sub(Counter, 1, 1);
        [] -> ok
    end.

%% ------------------------------------------------------------------------------------------------------------
%% The process

init([]) ->
    camlnode_pools = ets:new(camlnode_pools, [named_table, protected, {read_concurrency, true}]),
    camlnode_calls = ets:new(camlnode_calls, [named_table, public, {write_concurrency, true}]),
    ok = camlnode_events:create(),
    sweep_later(),
    {ok, #{}}.

%% The state: {node, Pool, Index} and {run, Pool, Index}, and their processes with monitors.
handle_call({enlist, {Pool, Index}, Node}, _From, Nodes) ->
    {reply, ok, enter({node, Pool, Index}, Node, Nodes)};
handle_call({occupy, {Pool, Index}, Run}, _From, Nodes) ->
    case Nodes of
        #{{run, Pool, Index} := {Other, _}} -> {reply, {occupied, Other}, Nodes};
        _ -> {reply, ok, enter({run, Pool, Index}, Run, Nodes)}
    end;
handle_call({nodes, Pool}, _From, Nodes) ->
    {reply, lists:sort([{Index, Node} || {{node, P, Index}, {Node, _}} <- maps:to_list(Nodes), P =:= Pool]), Nodes};
handle_call({join, #member{pool = Pool, index = Index} = Member}, _From, Nodes) ->
    Others = [M || M <- members(Pool), M#member.index =/= Index],
    true = ets:insert(camlnode_pools, {Pool, lists:keysort(#member.index, [Member | Others])}),
    {reply, ok, Nodes};
handle_call({leave, Pool, Index}, _From, Nodes) ->
    remove({Pool, Index}),
    {reply, ok, Nodes}.

handle_cast(_, Nodes) ->
    {noreply, Nodes}.

handle_info({'DOWN', Ref, process, _, _}, Nodes) ->
    Gone = [Key || {Key, {_, R}} <- maps:to_list(Nodes), R =:= Ref],
    lists:foreach(fun({_, Pool, Index}) -> remove({Pool, Index}) end, Gone),
    {noreply, maps:without(Gone, Nodes)};
handle_info(sweep, Nodes) ->
    sweep(),
    sweep_later(),
    {noreply, Nodes};
handle_info(_, Nodes) ->
    {noreply, Nodes}.

enter(Key, Process, Nodes) ->
    Nodes#{Key => {Process, monitor(process, Process)}}.

remove({Pool, Index}) ->
    case [M || M <- members(Pool), M#member.index =/= Index] of
        [] -> ets:delete(camlnode_pools, Pool);
        Others -> ets:insert(camlnode_pools, {Pool, Others})
    end,
    ok.

sweep_later() ->
    erlang:send_after(?SWEEP, self(), sweep),
    ok.

sweep() ->
    ets:foldl(
        fun({Key, Caller, _}, ok) ->
            case is_process_alive(Caller) of
                true -> ok;
                false -> leave_call(Key)
            end
        end,
        ok,
        camlnode_calls
    ).
