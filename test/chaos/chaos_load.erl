%% Callers that keep a camlnode busy and keep books: every call carries a number of its own, and the answer has to bring it back, once.
-module(chaos_load).
-export([start/2, stop/1]).

%% Milliseconds that a call may take, and those after which it hangs.
-define(TIMEOUT, 4000).
-define(HANGS, 20000).

%% Starts so many callers; the result is for stop/1.
start(Node, Count) ->
    Books = ets:new(books, [public]),
    ets:insert(Books, [{stop, false} | [{Key, 0} || Key <- [answered, failed, wrong, twice, stray, hung]]]),
    Callers = [spawn_monitor(fun() -> caller(Node, Books, Id * 100000000, #{}) end) || Id <- lists:seq(1, Count)],
    {Books, Callers}.

%% Waits for the end of all callers; what is in the books. It owns the table, so it is called by the process that started.
stop({Books, Callers}) ->
    ets:insert(Books, {stop, true}),
    Ends = [receive {'DOWN', Monitor, process, _, Why} -> Why after ?HANGS -> hangs end || {_, Monitor} <- Callers],
    Facts = maps:remove(stop, maps:from_list(ets:tab2list(Books))),
    ets:delete(Books),
    Facts#{ends => lists:usort(Ends)}.

caller(Node, Books, Number, Seen) ->
    Start = erlang:monotonic_time(millisecond),
    {Outcome, Now} = call(Number rem 7, Node, Number, Seen, Books),
    count(Books, Outcome),
    erlang:monotonic_time(millisecond) - Start > ?TIMEOUT + ?HANGS andalso count(Books, hung),
    Outcome =:= failed andalso timer:sleep(20),
    case ets:lookup(Books, stop) of
        [{stop, true}] -> ok;
        _ -> caller(Node, Books, Number + 1, Now)
    end.

%% The ways of calling take turns.
call(0, Node, N, Seen, Books) -> {result(N, catch rpc:call(Node, chaos, slow, [N, 0.01], ?TIMEOUT)), strays(Seen, Books)};
call(1, Node, N, Seen, Books) -> {raw(Node, N), strays(Seen, Books)};
call(2, Node, N, Seen, Books) -> {handle(Node, N), strays(Seen, Books)};
call(3, Node, N, Seen, Books) ->
    Call = {call, chaos, echo, [N], group_leader()},
    {result(N, catch gen_server:call({rex, Node}, Call, ?TIMEOUT)), strays(Seen, Books)};
call(4, Node, N, Seen, Books) -> {result(N, catch erpc:call(Node, chaos, work, [N], ?TIMEOUT)), strays(Seen, Books)};
call(5, Node, N, Seen, Books) -> {actor(Node, N), strays(Seen, Books)};
call(6, Node, N, Seen, Books) -> {result(N, catch erpc:call(Node, chaos, back, [N], ?TIMEOUT)), strays(Seen, Books)}.

result(N, N) -> answered;
result(_, Other) when is_integer(Other) -> wrong;
result(_, _) -> failed.

%% As C nodes call: nothing tells of a lost connection but the node's monitor.
raw(Node, N) ->
    monitor_node(Node, true),
    {rex, Node} ! {self(), {call, chaos, echo, [N], user}},
    Outcome = receive
                  {rex, N} -> answered;
                  {nodedown, Node} -> failed
              after ?TIMEOUT -> failed
              end,
    monitor_node(Node, false),
    receive {nodedown, Node} -> ok after 0 -> ok end,
    Outcome.

%% A value that lives over there until it is released.
handle(Node, N) ->
    case catch rpc:call(Node, chaos, keep, [N], ?TIMEOUT) of
        Handle when is_reference(Handle) ->
            Outcome = result(N, catch rpc:call(Node, chaos, kept, [Handle], ?TIMEOUT)),
            catch rpc:call(Node, camlnode, release, [Handle], ?TIMEOUT),
            Outcome;
        _ -> failed
    end.

%% A process over there, for one message.
actor(Node, N) ->
    case catch rpc:call(Node, chaos, actor, [], ?TIMEOUT) of
        Pid when is_pid(Pid) ->
            Monitor = monitor(process, Pid),
            Pid ! {self(), N},
            Outcome = receive
                          {actor, N} -> answered;
                          {'DOWN', Monitor, process, _, _} -> failed
                      after ?TIMEOUT -> failed
                      end,
            Pid ! stop,
            Outcome =:= answered andalso receive {'DOWN', Monitor, process, _, _} -> ok after ?TIMEOUT -> ok end,
            demonitor(Monitor, [flush]),
            Outcome;
        _ -> failed
    end.

%% What is in the mailbox between two calls: an answer that came too late is no surprise, the second one to a call is.
strays(Seen, Books) ->
    receive
        {From, N} when (From =:= rex orelse From =:= actor), is_map_key(N, Seen) ->
            count(Books, twice),
            strays(Seen, Books);
        {From, N} when From =:= rex; From =:= actor -> strays(Seen#{N => late}, Books);
        _ -> count(Books, stray), strays(Seen, Books)
    after 0 -> Seen
    end.

count(Books, Key) -> ets:update_counter(Books, Key, 1).
