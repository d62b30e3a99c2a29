%% @private One life of a node: owns the process of the operating system, from its start to its end.
%%
%%     open the port ─▶ says that it is ready ─▶ {camlnode_run, Pid, {ready, Via, Name}} to the parent ─▶ … ─▶ exits
%%
%% This process lives as long as the operating system's, so callers through the port monitor it. It exits with
%% `{camlnode_failed, Text}' if the node never was ready, and with `{exit_status, Status}' if it was. When it ends in any
%% way, the operating system's process is dead or on its way: at last the end of its stdin tells it.
%%
%% Of a C-node, stdout and stderr come as lines: `ready NAME PORT' and the log. Of a port, everything comes as frames
%% (docs/COMMANDS.md). Replies are passed on undecoded to the caller, whose alias is the reference of the call.
-module(camlnode_run).
-behaviour(gen_server).

-export([start_link/1, stop/2, kill/1, silence/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

-record(state, {
    parent :: pid(),
    options :: camlnode_options:checked(),
    launch :: camlnode_launch:launch(),
    port :: port() | undefined,
    os_pid :: non_neg_integer() | undefined,
    ready = false :: boolean(),
    %% When it last said something.
    heard = erlang:monotonic_time(millisecond) :: integer(),
    %% The part of a line that has come.
    line = <<>> :: binary(),
    %% What was said before it was ready that is no line of the log: why it cannot start.
    said = <<>> :: binary()
}).

-define(LONGEST_LINE, 65536).
-define(MOST_SAID, 16384).
%% An external reference is never longer.
-define(LONGEST_REF, 1100).
%% How long SIGTERM may take when nobody has said how long the end may take.
-define(TERM_TIMEOUT, 8000).
-define(KILL_TIMEOUT, 5000).

%% Also gives the number of the operating system's process.
-spec start_link(camlnode_options:checked()) -> {ok, pid(), non_neg_integer() | undefined} | {error, term()}.
start_link(Options) ->
    case gen_server:start_link(?MODULE, {self(), Options}, []) of
        {ok, Run} ->
            receive {camlnode_run, Run, {started, OsPid}} -> {ok, Run, OsPid} end;
        {error, Reason} ->
            {error, Reason}
    end.

%% Ends the node: running calls get their time, then it is told by a signal, then killed. Returns when it is dead.
-spec stop(pid(), pos_integer()) -> ok.
stop(Run, Timeout) ->
    Monitor = monitor(process, Run),
    gen_server:cast(Run, {stop, Timeout}),
    receive
        {'DOWN', Monitor, process, _, _} -> ok
    end.

%% Kills the node; this process exits when it is dead.
-spec kill(pid()) -> ok.
kill(Run) ->
    gen_server:cast(Run, kill).

%% For how many milliseconds it has said nothing.
-spec silence(pid()) -> non_neg_integer().
silence(Run) ->
    gen_server:call(Run, silence, infinity).

%% ------------------------------------------------------------------------------------------------------------
%% Callbacks

init({Parent, #{pool := Pool, index := Index} = Options}) ->
    process_flag(trap_exit, true),
    camlnode_registry:occupy(Pool, Index),
    try camlnode_launch:prepare(Options) of
        Launch ->
            {ok, open(#state{parent = Parent, options = Options, launch = Launch})}
    catch
        throw:{camlnode_failed, _} = Failure -> {stop, {shutdown, Failure}}
    end.

open(#state{options = #{start := Start}, launch = #{program := Program, args := Args, env := Env}} = State) ->
    Common = [{args, Args}, {env, Env}, binary, exit_status, hide],
    Port = open_port({spawn_executable, Program}, packets(Start) ++ Common),
    OsPid =
        case erlang:port_info(Port, os_pid) of
            {os_pid, Pid} -> Pid;
            undefined -> undefined
        end,
    State#state.parent ! {camlnode_run, self(), {started, OsPid}},
    State#state{port = Port, os_pid = OsPid}.

packets(node) -> [stderr_to_stdout, {line, ?LONGEST_LINE}];
packets(port) -> [{packet, 4}].

handle_call(silence, _From, State) ->
    {reply, erlang:monotonic_time(millisecond) - State#state.heard, State}.

handle_cast({stop, Timeout}, State) ->
    {stop, normal, end_gently(Timeout, State)};
handle_cast(kill, State) ->
    signal("KILL", State),
    {noreply, State};
handle_cast(_, State) ->
    {noreply, State}.

handle_info({Port, {data, Data}}, #state{port = Port} = State) ->
    {noreply, data(Data, State#state{heard = erlang:monotonic_time(millisecond)})};
handle_info({Port, {exit_status, Status}}, #state{port = Port} = State) ->
    {stop, {shutdown, reason(Status, State)}, State#state{port = undefined}};
handle_info({'EXIT', Port, Reason}, #state{port = Port} = State) ->
    {stop, {shutdown, {port_closed, Reason}}, State};
handle_info({connected, Node, true}, State) ->
    {noreply, is_ready({node, Node}, Node, State)};
handle_info({connected, Node, _}, State) ->
    Text = io_lib:format("the camlnode ~ts is ready, but this node cannot connect to it: do the cookies differ?", [Node]),
    {stop, {shutdown, {camlnode_failed, unicode:characters_to_binary(Text)}}, State};
handle_info(_, State) ->
    {noreply, State}.

terminate(_Reason, #state{port = undefined, launch = Launch}) ->
    camlnode_launch:clean(Launch);
terminate(_Reason, #state{launch = Launch} = State) ->
    _ = end_by_signal("TERM", ?TERM_TIMEOUT, State),
    camlnode_launch:clean(Launch).

reason(Status, #state{ready = true}) ->
    {exit_status, Status};
reason(Status, #state{said = <<>>}) ->
    Text = io_lib:format("the camlnode ended with status ~b before it was ready", [Status]),
    {camlnode_failed, unicode:characters_to_binary(Text)};
reason(_, #state{said = Said}) ->
    {camlnode_failed, string:trim(Said)}.

%% ------------------------------------------------------------------------------------------------------------
%% What the node says

data({eol, Part}, #state{line = Line} = State) ->
    line(<<Line/binary, Part/binary>>, State#state{line = <<>>});
data({noeol, Part}, #state{line = Line} = State) when byte_size(Line) < 16 * ?LONGEST_LINE ->
    State#state{line = <<Line/binary, Part/binary>>};
data({noeol, _}, State) ->
    State;
data(<<131, 104, 3, 119, 5, "reply", Rest/binary>>, State) ->
    reply(Rest),
    State;
data(Frame, State) ->
    frame(binary_to_term(Frame), State).

line(<<"ready ", Rest/binary>>, #state{ready = false} = State) ->
    [Name | _] = binary:split(Rest, <<" ">>),
    connect(binary_to_atom(Name), State);
line(<<"{", _/binary>> = Line, State) ->
    log(Line, State);
line(Line, #state{ready = true} = State) ->
    log(Line, State);
line(Line, State) ->
    said(<<Line/binary, "\n">>, State).

frame({ready, #{message := _}}, #state{port = Port, options = #{name := Name}} = State) ->
    is_ready({port, self(), Port}, node_of_port(Name), State);
frame({log, Line}, State) ->
    log(Line, State);
frame({failed, Text}, State) ->
    said(Text, State);
frame(_, State) ->
    State.

%% References to values of a port without a name are of the default one.
node_of_port(undefined) -> 'caml@127.0.0.1';
node_of_port(Name) -> list_to_atom(Name).

%% Only the reference is decoded here: the caller does the rest.
reply(Rest) ->
    Head = binary:part(Rest, 0, min(byte_size(Rest), ?LONGEST_REF)),
    {Ref, Used} = binary_to_term(<<131, Head/binary>>, [used]),
    Size = Used - 1,
    <<_:Size/binary, Result/binary>> = Rest,
    is_reference(Ref) andalso (Ref ! {camlnode_reply, Ref, Result}),
    ok.

log(Line, #state{options = #{pool := Pool, index := Index}} = State) ->
    camlnode_log:line(Line, #{camlnode => Pool, index => Index}),
    State.

said(Text, #state{said = Said} = State) when byte_size(Said) < ?MOST_SAID ->
    State#state{said = <<Said/binary, Text/binary>>};
said(_, State) ->
    State.

%% Not here: it may take seconds.
connect(Node, #state{options = #{cookie := Cookie}} = State) ->
    Cookie =:= config orelse Cookie =:= erlang:get_cookie() orelse erlang:set_cookie(Node, Cookie),
    Self = self(),
    spawn_link(fun() -> Self ! {connected, Node, net_kernel:connect_node(Node)} end),
    State.

is_ready(Via, Name, #state{parent = Parent, launch = Launch} = State) ->
    camlnode_launch:clean(Launch),
    Parent ! {camlnode_run, self(), {ready, Via, Name}},
    State#state{ready = true}.

%% ------------------------------------------------------------------------------------------------------------
%% Its end

%% A port is asked by a frame, since closing it would close its answers, too; a C-node by SIGTERM, which does what the end of
%% its stdin does. Both then have `Timeout' milliseconds.
end_gently(Timeout, #state{options = #{start := port}, port = Port} = State) when is_port(Port) ->
    %% If it does not read any more, this does not wait for it.
    _ = catch erlang:port_command(Port, term_to_binary(stop), [nosuspend]),
    case await_exit(Timeout, State) of
        dead -> State#state{port = undefined};
        alive -> end_by_signal("TERM", 1000, State)
    end;
end_gently(Timeout, State) ->
    end_by_signal("TERM", Timeout, State).

end_by_signal(_, _, #state{port = undefined} = State) ->
    State;
end_by_signal(Signal, Timeout, State) ->
    signal(Signal, State),
    case await_exit(Timeout, State) of
        dead -> State#state{port = undefined};
        alive when Signal =:= "KILL" -> State;
        alive -> end_by_signal("KILL", ?KILL_TIMEOUT, State)
    end.

%% What it still says is handled meanwhile.
await_exit(Timeout, State) ->
    await_exit_until(erlang:monotonic_time(millisecond) + Timeout, State).

await_exit_until(_, #state{port = undefined}) ->
    dead;
await_exit_until(End, #state{port = Port} = State) ->
    receive
        {Port, {data, Data}} -> await_exit_until(End, data(Data, State));
        {Port, {exit_status, _}} -> dead;
        {'EXIT', Port, _} -> dead
    after max(0, End - erlang:monotonic_time(millisecond)) -> alive
    end.

%% Until its exit status has come, its number is its own.
signal(Signal, #state{os_pid = Pid, port = Port}) when is_integer(Pid), is_port(Port) ->
    _ = os:cmd("kill -" ++ Signal ++ " " ++ integer_to_list(Pid)),
    ok;
signal(_, _) ->
    ok.
