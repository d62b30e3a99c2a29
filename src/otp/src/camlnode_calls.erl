%% @private Calls to the nodes of a pool.
%%
%%     choose a node that is up, with the fewest calls ─▶ send ─▶ await
%%
%% A node that turns out to be down before anything was sent makes way for the next one. After that the call belongs to its
%% node: it ends with the answer or with an error, and is never made again.
%%
%% Through distribution a call is an `erpc' request of the calling process. Through a port the caller writes the frame itself, so
%% a full pipe makes the caller wait; the reply comes to its alias, which is the reference of the call.
-module(camlnode_calls).

-include("camlnode.hrl").

-export([request/5, request_to/4, await/2, cancel/1, cast/4]).

-export_type([via/0, request/0]).

-type via() :: {node, node()} | {port, Run :: pid(), port()}.

%% In milliseconds.
-define(START_TIME, 50).

-record(request, {
    member :: #member{},
    handle :: {node, erpc:request_id()} | {port, reference(), port()},
    key :: camlnode_registry:call_key(),
    started :: integer(),
    metadata :: map()
}).
-opaque request() :: #request{}.

%% Sends a call. Raises `{camlnode, unavailable}' if no node is up, `{camlnode, timeout}' if a pipe stays full.
-spec request(camlnode:pool(), module(), atom(), [term()], deadline()) -> request().
request(Pool, M, F, A, Deadline) ->
    send(candidates(Pool, A), Pool, M, F, A, Deadline).

%% The same, to one node.
-spec request_to(#member{}, module(), atom(), [term()]) -> request().
request_to(#member{pool = Pool} = Member, M, F, A) ->
    send([Member], Pool, M, F, A, infinity).

%% In milliseconds of monotonic time.
-type deadline() :: integer() | infinity.

send([], Pool, M, F, A, _) ->
    Metadata = #{pool => Pool, module => M, function => F, arity => length(A)},
    failed(erlang:monotonic_time(), error, {camlnode, unavailable}, [], Metadata);
send([#member{index = Index, name = Node} = Member | Others], Pool, M, F, A, Deadline) ->
    Metadata = #{pool => Pool, index => Index, node => Node, module => M, function => F, arity => length(A)},
    Started = erlang:monotonic_time(),
    Key = camlnode_registry:enter_call(Member),
    try start(Member#member.via, M, F, A, Deadline) of
        down ->
            camlnode_registry:leave_call(Key),
            send(Others, Pool, M, F, A, Deadline);
        busy ->
            camlnode_registry:leave_call(Key),
            failed(Started, error, {camlnode, timeout}, [], Metadata);
        Handle ->
            camlnode_events:execute([camlnode, call, start], #{system_time => erlang:system_time()}, Metadata),
            #request{member = Member, handle = Handle, key = Key, started = Started, metadata = Metadata}
    catch
        Class:Reason:Stack ->
            camlnode_registry:leave_call(Key),
            erlang:raise(Class, Reason, Stack)
    end.

%% The value, or the exception that the call has raised.
-spec await(request(), deadline()) -> term().
await(#request{handle = Handle, key = Key, started = Started, metadata = Metadata}, Deadline) ->
    Outcome = receive_outcome(Handle, Deadline),
    camlnode_registry:leave_call(Key),
    case Outcome of
        {ok, Value} ->
            camlnode_events:execute(
                [camlnode, call, stop], #{duration => erlang:monotonic_time() - Started}, Metadata
            ),
            Value;
        {Class, Reason, Stack} ->
            failed(Started, Class, Reason, Stack, Metadata)
    end.

%% Nobody waits for it any more.
-spec cancel(request()) -> ok.
cancel(#request{key = Key, handle = Handle}) ->
    camlnode_registry:leave_call(Key),
    wait_for_start(Handle),
    _ = receive_outcome(Handle, erlang:monotonic_time(millisecond)),
    ok.

%% Giving up an `erpc' request tells the other node only after that has said that it has begun.
wait_for_start({node, Id}) ->
    _ = catch erpc:wait_response(Id, ?START_TIME),
    ok;
wait_for_start({port, _, _}) ->
    ok.

-spec cast(camlnode:pool(), module(), atom(), [term()]) -> ok.
cast(Pool, M, F, A) ->
    cast_to(candidates(Pool, A), M, F, A).

cast_to([], _, _, _) ->
    ok;
cast_to([#member{via = {node, Node}} | Others], M, F, A) ->
    case is_connected(Node) of
        true -> erpc:cast(Node, M, F, A);
        false -> cast_to(Others, M, F, A)
    end;
cast_to([#member{via = {port, _, Port}} | Others], M, F, A) ->
    case write(Port, {cast, M, F, A}, infinity) of
        sent -> ok;
        down -> cast_to(Others, M, F, A)
    end.

-spec failed(integer(), error | exit | throw, term(), list(), map()) -> no_return().
failed(Started, Class, Reason, RemoteStack, Metadata) ->
    Stack = explained(RemoteStack),
    camlnode_events:execute(
        [camlnode, call, exception],
        #{duration => erlang:monotonic_time() - Started},
        Metadata#{kind => Class, reason => Reason, stacktrace => Stack}
    ),
    erlang:raise(Class, Reason, Stack).

%% The shell asks a module to put the cause into words: that is not the OCaml one, which is not here.
explained([{M, F, A, [{error_info, Info}]} | Rest]) when is_map(Info) ->
    [{M, F, A, [{error_info, Info#{module => camlnode}}]} | Rest];
explained(Stack) ->
    Stack.

%% ------------------------------------------------------------------------------------------------------------
%% Which node

%% Those that are up, the one with the fewest calls first. A handle is of one node only.
candidates(Pool, A) ->
    Members = camlnode_registry:members(Pool),
    case lists:filter(fun(#member{name = Name}) -> has_handle(Name, A) end, Members) of
        [] -> by_load(Members);
        Owners -> Owners
    end.

has_handle(Name, A) when is_list(A) ->
    lists:any(fun(Arg) -> is_reference(Arg) andalso node(Arg) =:= Name end, A);
has_handle(_, _) ->
    false.

by_load([_] = Members) ->
    Members;
by_load(Members) ->
    %% Of those with as many calls, not always the first.
    Loaded = [{counters:get(C, 1), erlang:phash2(make_ref()), M} || #member{outstanding = C} = M <- Members],
    [M || {_, _, M} <- lists:sort(Loaded)].

%% ------------------------------------------------------------------------------------------------------------
%% Through distribution or a port

start({node, Node}, M, F, A, _) ->
    case is_connected(Node) of
        true -> {node, erpc:send_request(Node, M, F, A)};
        false -> down
    end;
start({port, Run, Port}, M, F, A, Deadline) ->
    Ref = monitor(process, Run, [{alias, reply_demonitor}]),
    case write(Port, {call, Ref, M, F, A}, Deadline) of
        sent ->
            {port, Ref, Port};
        NotSent ->
            true = demonitor(Ref, [flush]),
            NotSent
    end.

%% Sending to a node that is not connected would connect to it, for seconds.
is_connected(Node) ->
    lists:member(Node, nodes(connected)).

%% Waits while the pipe is full: as long as it takes, or until the deadline.
write(Port, Frame, Deadline) ->
    write_data(Port, term_to_iovec(Frame), Deadline, 1).

write_data(Port, Data, infinity, _) ->
    try erlang:port_command(Port, Data) of
        true -> sent
    catch
        error:badarg -> down
    end;
write_data(Port, Data, Deadline, Pause) ->
    try erlang:port_command(Port, Data, [nosuspend]) of
        true ->
            sent;
        false ->
            case Deadline > erlang:monotonic_time(millisecond) of
                true ->
                    timer:sleep(Pause),
                    write_data(Port, Data, Deadline, min(20, Pause * 2));
                false ->
                    busy
            end
    catch
        error:badarg -> down
    end.

receive_outcome({node, Id}, Deadline) ->
    try
        {ok, erpc:receive_response(Id, timeout(Deadline))}
    catch
        throw:Value:Stack -> {throw, Value, Stack};
        exit:{exception, Reason}:Stack -> {exit, Reason, Stack};
        exit:{signal, Reason}:_ -> {error, {camlnode, {signal, Reason}}, []};
        error:{exception, Reason, Stack}:_ -> {error, Reason, Stack};
        error:{erpc, noconnection}:_ -> {error, {camlnode, nodedown}, []};
        error:{erpc, Reason}:_ -> {error, {camlnode, Reason}, []}
    end;
receive_outcome({port, Ref, Port}, Deadline) ->
    receive
        {camlnode_reply, Ref, Result} -> decode(Result);
        {'DOWN', Ref, process, _, _} -> {error, {camlnode, nodedown}, []}
    after timeout(Deadline) ->
        give_up(Ref, Port)
    end.

%% The reply may have come in the last moment.
give_up(Ref, Port) ->
    true = demonitor(Ref, [flush]),
    receive
        {camlnode_reply, Ref, Result} -> decode(Result)
    after 0 ->
        _ = catch erlang:port_command(Port, term_to_binary({cancel, Ref}), [nosuspend]),
        {error, {camlnode, timeout}, []}
    end.

decode(Result) ->
    case binary_to_term(<<131, Result/binary>>) of
        {ok, Value} -> {ok, Value};
        {error, Class, Reason, Stack} -> {Class, Reason, Stack}
    end.

timeout(infinity) -> infinity;
timeout(Deadline) -> max(0, Deadline - erlang:monotonic_time(millisecond)).
