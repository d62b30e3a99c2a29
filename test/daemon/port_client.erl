%% The Erlang end of `camlnode port` for tests, as plain as docs/COMMANDS.md describes it: a process that owns the port.
-module(port_client).
-export([start/2, call/4, call/5, send/2, cancel/2, async/4, await/2, raw/2, os_pid/1, ended/1, many/5]).

%% Waits for the first frame; `{Owner, First}`.
start(Program, Args) ->
    Parent = self(),
    Owner = spawn(fun() ->
        Port = open_port({spawn_executable, Program}, [{args, Args}, {packet, 4}, binary, exit_status]),
        Parent ! {self(), Port},
        loop(Port, #{}, [])
    end),
    Port = receive {Owner, P} -> P after 5000 -> exit(no_port) end,
    First = request(Owner, first, 60000),
    {{Owner, Port}, First}.

%% Waiting: who waits for which Ref, for the first frame, for the end.
loop(Port, Waiting, Seen) ->
    receive
        {Port, {data, Data}} ->
            loop(Port, deliver(binary_to_term(Data), Waiting), Seen);
        {Port, {exit_status, Status}} ->
            [To ! {answer, Key, {exit_status, Status}} || {Key, To} <- maps:to_list(Waiting)],
            gone(Status);
        {wait, Key, To} ->
            case maps:find({kept, Key}, Waiting) of
                {ok, Term} -> To ! {answer, Key, Term}, loop(Port, maps:remove({kept, Key}, Waiting), Seen);
                error -> loop(Port, Waiting#{Key => To}, Seen)
            end
    end.

gone(Status) ->
    receive {wait, Key, To} -> To ! {answer, Key, {exit_status, Status}}, gone(Status) end.

deliver({reply, Ref, Result}, Waiting) -> answer(Ref, Result, Waiting);
deliver({log, _}, Waiting) -> Waiting;
deliver(First, Waiting) -> answer(first, First, Waiting).

answer(Key, Term, Waiting) ->
    case maps:take(Key, Waiting) of
        {To, Rest} -> To ! {answer, Key, Term}, Rest;
        error -> Waiting#{{kept, Key} => Term}
    end.

request(Owner, Key, Timeout) ->
    Owner ! {wait, Key, self()},
    receive {answer, Key, Term} -> Term after Timeout -> timeout end.

send({_, Port}, Term) -> port_command(Port, term_to_binary(Term)).
raw({_, Port}, Bytes) -> port_command(Port, Bytes).

async(Client, M, F, A) ->
    Ref = make_ref(),
    send(Client, {call, Ref, M, F, A}),
    Ref.

await({Owner, _}, Ref) -> request(Owner, Ref, 60000).

call(Client, M, F, A) -> await(Client, async(Client, M, F, A)).
call({Owner, _} = Client, M, F, A, Timeout) -> request(Owner, async(Client, M, F, A), Timeout).

cancel(Client, Ref) -> send(Client, {cancel, Ref}).

os_pid({_, Port}) -> {os_pid, Pid} = erlang:port_info(Port, os_pid), Pid.

ended({Owner, _}) -> request(Owner, ended, 30000).

%% Many calls of many processes at once; the different results.
many(Client, Processes, Each, {M, F}, Args) ->
    Self = self(),
    Pids = [spawn(fun() ->
        Self ! {self(), lists:usort([call(Client, M, F, Args(P, N)) =:= {ok, P + N} || N <- lists:seq(1, Each)])}
    end) || P <- lists:seq(1, Processes)],
    lists:usort(lists:append([receive {Pid, Results} -> Results end || Pid <- Pids])).
