%% @private A node under supervision.
%%
%%     starting ─ ready ─▶ up ─ the process has ended, or does not answer ─▶ waiting ─ back-off ─▶ starting …
%%
%% The first start is waited for (`wait'), so a supervisor that starts with a wrong configuration or source fails at once, with
%% the text that `camlnode' printed. Later this process stays, whatever happens to the node: it starts it again, first
%% soon, then less and less often, and tells the log why. So a node that keeps dying never uses up the intensity of its
%% supervisor, whose other children have no part in it.
-module(camlnode_node).
-behaviour(gen_statem).

-include("camlnode.hrl").
-include_lib("kernel/include/logger.hrl").

-export([start_link/1, status/1]).
-export([init/1, callback_mode/0, handle_event/4, terminate/3]).

-record(data, {
    options :: camlnode_options:checked(),
    outstanding :: counters:counters_ref(),
    run :: pid() | {failed, term()} | undefined,
    os_pid :: non_neg_integer() | undefined,
    %% Since it was up for the first time.
    member :: #member{} | undefined,
    %% Whether it can be called.
    joined = false :: boolean(),
    %% When the last start began, when it came up; native monotonic time.
    started = 0 :: integer(),
    up_since = 0 :: integer(),
    %% Failures since it was last up for long.
    failures = 0 :: non_neg_integer(),
    %% Whether it is alive is being found out.
    probe :: pid() | undefined
}).

-spec start_link(camlnode_options:checked()) -> {ok, pid()} | {error, term()}.
start_link(Options) ->
    case gen_statem:start_link(?MODULE, Options, []) of
        {ok, Node} -> {ok, Node};
        {error, Reason} -> {error, without_shutdown(Reason)}
    end.

-spec status(pid()) -> camlnode:status().
status(Node) ->
    gen_statem:call(Node, status, 1000).

callback_mode() -> handle_event_function.

init(#{wait := Wait, pool := Pool, index := Index} = Options) ->
    process_flag(trap_exit, true),
    is_pid(whereis(camlnode_registry)) orelse error({camlnode, not_started}),
    camlnode_registry:enlist(Pool, Index),
    _ = monitor(process, camlnode_registry),
    Data = start_run(#data{options = Options, outstanding = counters:new(1, [])}),
    case Wait of
        true -> await_first(Data);
        false -> {ok, starting, Data, start_timeout(Data)}
    end.

%% The start that the supervisor waits for.
await_first(#data{run = {failed, Reason}}) ->
    {stop, {shutdown, Reason}};
await_first(#data{run = Run, options = #{start_timeout := Timeout}} = Data) ->
    receive
        {camlnode_run, Run, {ready, Via, Name}} ->
            Up = is_up(Via, Name, Data),
            {ok, up, Up, health_timeout(Up)};
        {'EXIT', Run, Reason} ->
            {stop, {shutdown, without_shutdown(Reason)}}
    after Timeout ->
        stop_run(Data),
        {stop, {shutdown, not_in_time(Timeout)}}
    end.

%% ------------------------------------------------------------------------------------------------------------
%% Events

handle_event({call, From}, status, State, Data) ->
    {keep_state_and_data, {reply, From, status_of(State, Data)}};
handle_event(info, {camlnode_run, Run, {ready, Via, Name}}, starting, #data{run = Run} = Data) ->
    Up = is_up(Via, Name, Data),
    {next_state, up, Up, health_timeout(Up)};
handle_event(info, {'EXIT', Run, Reason}, State, #data{run = Run} = Data) when State =/= waiting ->
    has_ended(without_shutdown(Reason), State, Data#data{run = undefined});
handle_event(state_timeout, start, starting, #data{run = {failed, Reason}} = Data) ->
    has_ended(Reason, starting, Data#data{run = undefined});
handle_event(state_timeout, start, starting, #data{options = #{start_timeout := Timeout}} = Data) ->
    stop_run(Data),
    has_ended(not_in_time(Timeout), starting, Data#data{run = undefined});
handle_event(state_timeout, again, waiting, Data) ->
    start_again(Data);
handle_event(state_timeout, health, up, Data) ->
    {keep_state, probe(Data)};
handle_event(info, {nodedown, _}, up, Data) ->
    %% The connection is gone; whether the node is too will show.
    {keep_state, probe(leave(connection_lost, Data))};
handle_event(info, {probed, Probe, Result}, up, #data{probe = Probe} = Data) ->
    probed(Result, Data#data{probe = undefined});
handle_event(info, {'DOWN', _, process, {camlnode_registry, _}, _}, _, _) ->
    %% Nobody knows this node any more: it starts from the beginning.
    {stop, registry_down};
handle_event(info, _, _, _) ->
    keep_state_and_data.

terminate(_Reason, _State, Data) ->
    Left = leave(stopped, Data),
    stop_run(Left).

%% ------------------------------------------------------------------------------------------------------------
%% Starting

start_run(#data{options = Options} = Data) ->
    Started = Data#data{started = erlang:monotonic_time()},
    case camlnode_run:start_link(Options) of
        {ok, Run, OsPid} -> Started#data{run = Run, os_pid = OsPid};
        {error, Reason} -> Started#data{run = {failed, without_shutdown(Reason)}}
    end.

start_again(#data{failures = Failures} = Data) ->
    event(restart, #{attempt => Failures}, #{}, Data),
    case start_run(Data) of
        #data{run = {failed, Reason}} = Failed -> has_ended(Reason, starting, Failed#data{run = undefined});
        Started -> {next_state, starting, Started, start_timeout(Started)}
    end.

%% What has failed already is dealt with at once.
start_timeout(#data{run = {failed, _}}) ->
    {state_timeout, 0, start};
start_timeout(#data{options = #{start_timeout := Timeout}}) ->
    {state_timeout, Timeout, start}.

not_in_time(Timeout) ->
    Text = io_lib:format("the camlnode was not ready within ~b ms: a module may be in a loop when it is initialised", [Timeout]),
    {camlnode_failed, unicode:characters_to_binary(Text)}.

is_up(Via, Name, #data{options = #{pool := Pool, index := Index}, outstanding = Counter} = Data) ->
    Member = #member{pool = Pool, index = Index, name = Name, via = Via, outstanding = Counter},
    Up = join(Data#data{member = Member, up_since = erlang:monotonic_time()}),
    event(up, #{duration => Up#data.up_since - Up#data.started}, #{}, Up),
    Up.

join(#data{member = #member{via = Via} = Member} = Data) ->
    watch(Via),
    camlnode_registry:join(Member),
    Data#data{joined = true}.

watch({node, Node}) -> true = monitor_node(Node, true);
watch({port, _, _}) -> true.

leave(_, #data{joined = false} = Data) ->
    Data;
leave(Reason, #data{member = #member{pool = Pool, index = Index, via = Via}} = Data) ->
    camlnode_registry:leave(Pool, Index),
    unwatch(Via),
    event(down, #{uptime => erlang:monotonic_time() - Data#data.up_since}, #{reason => Reason}, Data),
    Data#data{joined = false}.

unwatch({node, Node}) ->
    _ = is_alive() andalso monitor_node(Node, false),
    receive {nodedown, Node} -> ok after 0 -> ok end;
unwatch({port, _, _}) ->
    ok.

%% ------------------------------------------------------------------------------------------------------------
%% Ending

has_ended(Reason, State, Data) ->
    Down = end_probe(leave(Reason, Data)),
    Failures = failures(State, Down) + 1,
    Delay = delay(Failures, Down),
    #{pool := Pool, index := Index} = Down#data.options,
    ?LOG_ERROR("camlnode ~tp (~b) ~ts; it is started again in ~b ms", [Pool, Index, describe(Reason), Delay],
               #{camlnode => Pool, index => Index}),
    {next_state, waiting, Down#data{failures = Failures}, {state_timeout, Delay, again}}.

%% A node that was up for long enough starts from the beginning.
failures(up, #data{up_since = Since, options = #{backoff := {_, Most}}, failures = Failures}) ->
    Uptime = erlang:convert_time_unit(erlang:monotonic_time() - Since, native, millisecond),
    case Uptime > Most of
        true -> 0;
        false -> Failures
    end;
failures(_, #data{failures = Failures}) ->
    Failures.

%% Doubled each time; a little chance keeps the nodes of a pool apart.
delay(Failures, #data{options = #{backoff := {Least, Most}}}) ->
    Delay = min(Most, Least bsl min(Failures - 1, 20)),
    Delay + rand:uniform(max(1, Delay div 5)) - 1.

describe({camlnode_failed, Text}) -> ["cannot start: ", Text];
describe({exit_status, Status}) when Status > 128 -> io_lib:format("was ended by signal ~b", [Status - 128]);
describe({exit_status, Status}) -> io_lib:format("has ended with status ~b", [Status]);
describe(Reason) -> io_lib:format("has ended: ~0tp", [Reason]).

without_shutdown({shutdown, Reason}) -> Reason;
without_shutdown(Reason) -> Reason.

stop_run(#data{run = Run, options = #{stop_timeout := Timeout}}) when is_pid(Run) ->
    unlink(Run),
    camlnode_run:stop(Run, Timeout),
    receive {'EXIT', Run, _} -> ok after 0 -> ok end;
stop_run(_) ->
    ok.

%% ------------------------------------------------------------------------------------------------------------
%% Health: whether its main thread, which never runs OCaml code, answers

health_timeout(#data{options = #{health_interval := infinity}}) -> [];
health_timeout(#data{options = #{health_interval := Interval}}) -> {state_timeout, Interval, health}.

probe(#data{probe = undefined, run = Run, member = #member{via = Via}, options = #{health_timeout := Timeout}} = Data) ->
    Self = self(),
    Data#data{probe = spawn_link(fun() -> Self ! {probed, self(), is_alive(Via, Run, Timeout)} end)};
probe(Data) ->
    Data.

is_alive({node, Node}, _, Timeout) ->
    try erpc:call(Node, camlnode, ping, [], Timeout) of
        pong -> true
    catch
        _:_ -> false
    end;
is_alive({port, _, _}, Run, Timeout) ->
    %% It says something from time to time without being asked.
    camlnode_run:silence(Run) < Timeout.

probed(true, #data{joined = true} = Data) ->
    {keep_state, Data, health_timeout(Data)};
probed(true, Data) ->
    Joined = join(Data),
    event(up, #{duration => 0}, #{}, Joined),
    {keep_state, Joined, health_timeout(Joined)};
probed(false, #data{run = Run, options = #{pool := Pool, index := Index}} = Data) ->
    ?LOG_WARNING("camlnode ~tp (~b) does not answer and is killed", [Pool, Index], #{camlnode => Pool, index => Index}),
    Left = leave(no_answer, Data),
    camlnode_run:kill(Run),
    {keep_state, Left}.

end_probe(#data{probe = undefined} = Data) ->
    Data;
end_probe(#data{probe = Probe} = Data) ->
    unlink(Probe),
    exit(Probe, kill),
    Data#data{probe = undefined}.

%% ------------------------------------------------------------------------------------------------------------

status_of(State, #data{options = #{pool := Pool, index := Index, start := Start}} = Data) ->
    #{
        pool => Pool,
        index => Index,
        start => Start,
        state => case State of up when not Data#data.joined -> disconnected; _ -> State end,
        node => case Data#data.member of #member{name = Name} -> Name; undefined -> undefined end,
        os_pid => case is_pid(Data#data.run) of true -> Data#data.os_pid; false -> undefined end,
        outstanding => counters:get(Data#data.outstanding, 1),
        failures => Data#data.failures
    }.

event(What, Measurements, Metadata, #data{options = #{pool := Pool, index := Index, start := Start}, member = Member}) ->
    Node = case Member of #member{name = Name} -> Name; undefined -> undefined end,
    camlnode_events:execute(
        [camlnode, node, What], Measurements, Metadata#{pool => Pool, index => Index, start => Start, node => Node}
    ).
