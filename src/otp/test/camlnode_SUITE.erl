%% Against the real `camlnode': nodes under supervision, as C-nodes and as ports; the same cases for both.
%%
%% A Common Test suite that needs nothing of Common Test, so that `camlnode_test' can run it where that is not installed. The
%% program is $CAMLNODE, else `bin/camlnode' of the package.
-module(camlnode_SUITE).

-compile([export_all, nowarn_export_all]).

all() ->
    [{group, node}, {group, port}, {group, application}].

groups() ->
    Both = [calls, errors, timeouts, requests, casts, handles, balance, fail_over, sources, configurations,
            slow_start, late_start, back_off, crash_during_calls, never_twice, stops_gently, stops_by_force, frozen, logs, events,
            loading, killed_process, killed_supervisor, killed_emulator],
    [{node, [], Both ++ [secrets, not_distributed, other_cookie]},
     {port, [], Both ++ [full_pipe, large_terms]},
     {application, [], [options, failing_handler, killed_callers, application_environment]}].

init_per_suite(Config) ->
    Dir = filename:join(proplists:get_value(priv_dir, Config), "ocaml"),
    ok = filelib:ensure_path(Dir),
    ok = file:write_file(filename:join(Dir, "work.ml"), work()),
    {ok, _} = application:ensure_all_started(camlnode),
    [{ocaml, Dir} | Config].

end_per_suite(_Config) ->
    application:stop(camlnode).

init_per_group(Group, Config) ->
    [{start, Group} | Config].

end_per_group(_Group, _Config) ->
    ok.

%% A supervisor of the case's own, which is stopped after it.
init_per_testcase(Case, Config) ->
    Parent = self(),
    Holder = spawn(fun() ->
        process_flag(trap_exit, true),
        {ok, Sup} = supervisor:start_link(?MODULE, []),
        Parent ! {self(), Sup},
        receive stop -> ok end,
        unlink(Sup),
        Monitor = monitor(process, Sup),
        exit(Sup, shutdown),
        receive {'DOWN', Monitor, process, Sup, _} -> Parent ! {self(), stopped} end
    end),
    Sup = receive {Holder, Pid} -> Pid end,
    [{sup, Sup}, {holder, Holder}, {id, Case} | Config].

end_per_testcase(_Case, Config) ->
    Holder = proplists:get_value(holder, Config),
    Holder ! stop,
    receive {Holder, stopped} -> ok end.

%% The supervisor of a case: no restart at all is allowed, since nodes restart inside their processes.
init([]) ->
    {ok, {#{strategy => one_for_one, intensity => 0}, []}}.

work() ->
    "let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)\n"
    "let add a b = a + b\n"
    "let sleep (s : float) = Thread.delay s; 1\n"
    "let seen : (int, int) Hashtbl.t = Hashtbl.create 10\n"
    "let mark id = let n = 1 + Option.value ~default:0 (Hashtbl.find_opt seen id) in Hashtbl.replace seen id n; n\n"
    "let marks () = Hashtbl.length seen\n"
    "let forever () : int = while true do () done; 0\n"
    "type fn = int -> int\n"
    "let adder n : fn = fun m -> n + m\n"
    "let say s = print_endline s\n"
    "let fail (s : string) : int = failwith s\n"
    "let size s = String.length s\n"
    "let echo (s : string) = s\n".

%% ------------------------------------------------------------------------------------------------------------
%% Cases

calls(Config) ->
    Id = start(Config, #{}),
    6765 = camlnode:call(Id, work, fib, [20]),
    6765 = camlnode:call(Id, work, fib, [20], #{timeout => 5000}),
    [work] = camlnode:call(Id, camlnode, modules, []),
    ok = application:set_env(camlnode, default_pool, Id),
    3 = camlnode:call(work, add, [1, 2]),
    [#{state := up, outstanding := 0, failures := 0, os_pid := Pid, pool := Id, index := 1}] = camlnode:status(Id),
    true = is_running(Pid),
    [] = camlnode:status(nobody),
    [true] = lists:usort(parallel(50, fun(N) -> camlnode:call(Id, work, add, [N, 1]) =:= N + 1 end)).

errors(Config) ->
    Id = start(Config, #{}),
    {error, {ocaml, 'Failure', [<<"no">>]}, [{work, fail, 1, [{file, _}, {line, _}]} | _]} =
        caught(fun() -> camlnode:call(Id, work, fail, [<<"no">>]) end),
    {error, badarg, [{work, fib, [a], [{error_info, #{cause := <<"argument 1: expected integer, got atom 'a'">>}}]}]} =
        caught(fun() -> camlnode:call(Id, work, fib, [a]) end),
    {error, undef, [{work, nothing, [1], []}]} = caught(fun() -> camlnode:call(Id, work, nothing, [1]) end),
    {error, {camlnode, unavailable}, _} = caught(fun() -> camlnode:call(nobody, work, fib, [1]) end).

timeouts(Config) ->
    Id = start(Config, #{config => #{limits => #{call_timeout => "3s"}}}),
    {error, {camlnode, timeout}, _} = caught(fun() -> camlnode:call(Id, work, forever, [], #{timeout => 200}) end),
    %% The node has been told that nobody waits.
    eventually(fun() -> maps:get(running, camlnode:call(Id, camlnode, info, [])) =:= 0 end),
    {error, {system_limit, call_timeout}, _} = caught(fun() -> camlnode:call(Id, work, forever, []) end),
    [#{outstanding := 0}] = camlnode:status(Id),
    [] = messages().

requests(Config) ->
    Id = start(Config, #{}),
    Requests = [camlnode:async_call(Id, work, add, [N, 0]) || N <- lists:seq(1, 10)],
    Ten = lists:seq(1, 10),
    Ten = [camlnode:await(Request) || Request <- Requests],
    Slow = camlnode:async_call(Id, work, sleep, [5.0]),
    {error, {camlnode, timeout}, _} = caught(fun() -> camlnode:await(Slow, 100) end),
    ok = camlnode:cancel(camlnode:async_call(Id, work, forever, [])),
    eventually(fun() -> maps:get(running, camlnode:call(Id, camlnode, info, [])) =:= 0 end),
    Failing = camlnode:async_call(Id, work, fail, [<<"x">>]),
    {error, {ocaml, 'Failure', [<<"x">>]}, _} = caught(fun() -> camlnode:await(Failing, 5000) end),
    [#{outstanding := 0}] = camlnode:status(Id),
    [] = messages().

casts(Config) ->
    Id = start(Config, #{}),
    [ok = camlnode:cast(Id, work, mark, [N]) || N <- lists:seq(1, 5)],
    eventually(fun() -> camlnode:call(Id, work, marks, []) =:= 5 end),
    ok = camlnode:cast(nobody, work, mark, [1]),
    [] = messages().

handles(Config) ->
    Name = start_pool(Config, 2, #{}),
    Handles = [{N, camlnode:call(Name, work, adder, [N])} || N <- lists:seq(1, 10)],
    %% They are of both nodes, and each call finds its own.
    true = length(lists:usort([node(H) || {_, H} <- Handles])) =:= 2,
    [true = camlnode:apply(Name, H, [100]) =:= 100 + N || {N, H} <- Handles],
    [ok = camlnode:release(Name, H) || {_, H} <- Handles],
    [{_, One} | _] = Handles,
    {error, badarg, _} = caught(fun() -> camlnode:apply(Name, One, [1]) end).

balance(Config) ->
    Name = start_pool(Config, 3, #{}),
    Slow = [camlnode:async_call(Name, work, sleep, [1.0]) || _ <- lists:seq(1, 9)],
    [3, 3, 3] = [Outstanding || #{outstanding := Outstanding} <- camlnode:status(Name)],
    [1 = camlnode:await(Request) || Request <- Slow],
    [0, 0, 0] = [Outstanding || #{outstanding := Outstanding} <- camlnode:status(Name)].

%% A pool goes on with the nodes that are left.
fail_over(Config) ->
    Name = start_pool(Config, 2, #{backoff => {20000, 20000}}),
    [#{os_pid := First}, _] = camlnode:status(Name),
    kill("KILL", First),
    Results = parallel(40, fun(N) ->
        timer:sleep(N * 5),
        caught(fun() -> camlnode:call(Name, work, add, [N, 1]) end)
    end),
    %% Only those may have failed that were sent to the killed node before its end was noticed.
    Failed = [R || {error, {camlnode, nodedown}, _} = R <- Results],
    true = length(Failed) < 40,
    40 = length(Failed) + length([R || {value, R} <- Results]),
    [#{state := waiting}, #{state := up}] = camlnode:status(Name),
    [true] = lists:usort([camlnode:call(Name, work, add, [N, 1]) =:= N + 1 || N <- lists:seq(1, 100)]).

%% The supervisor gets the compiler's words.
sources(Config) ->
    File = write(Config, "broken.ml", "let x = 1 + true\n"),
    {error, {camlnode_failed, Text}} = try_start(Config, #{modules => [File]}),
    match(Text, "line 1, characters 12-16"),
    match(Text, "expression has type bool but an expression was expected of type"),
    Raising = write(Config, "raising.ml", "let () = failwith \"at start\"\n"),
    {error, {camlnode_failed, Raised}} = try_start(Config, #{modules => [Raising]}),
    match(Raised, "raised Failure"),
    {error, {camlnode_failed, Missing}} = try_start(Config, #{modules => ["/nowhere/x.ml"]}),
    match(Missing, "/nowhere/x.ml").

configurations(Config) ->
    {error, {camlnode_failed, Unknown}} = try_start(Config, #{config => #{limits => #{stak => "1MiB"}}}),
    match(Unknown, "unknown key limits.stak"),
    {error, {camlnode_failed, NoFile}} = try_start(Config, #{config => "/nowhere/camlnode.toml"}),
    match(NoFile, "/nowhere/camlnode.toml"),
    {error, {camlnode_failed, NoProgram}} = try_start(Config, #{executable => "/nowhere/camlnode"}),
    match(NoProgram, "/nowhere/camlnode"),
    %% A file instead of a map.
    File = write(Config, "camlnode.toml", [
        "[epmd]\nport = ", os:getenv("ERL_EPMD_PORT", "4369"), "\n[limits]\ncall_timeout = \"200ms\"\n"
        "[[module]]\nfile = \"work.ml\"\n"
    ]),
    Id = start(Config, #{config => File, modules => []}),
    {error, {system_limit, call_timeout}, _} = caught(fun() -> camlnode:call(Id, work, forever, []) end).

slow_start(Config) ->
    File = write(Config, "endless.ml", "let () = while true do () done\n"),
    {error, {camlnode_failed, Text}} = try_start(Config, #{modules => [File], start_timeout => 2500, stop_timeout => 500}),
    match(Text, "not ready within 2500 ms"),
    [] = children_of_system(Config).

%% A supervisor that does not wait starts, whatever is wrong with the node.
late_start(Config) ->
    File = write(Config, "late.ml", "let x = \n"),
    Missing = start([{id, missing} | Config], #{executable => "/nowhere/camlnode", wait => false}),
    Id = start(Config, #{modules => [File], wait => false, backoff => {50, 200}}),
    eventually(fun() -> [S || #{state := S, failures := F} <- camlnode:status(Id), F >= 1] =/= [] end),
    ok = file:write_file(File, "let x = 5\n"),
    eventually(fun() -> caught(fun() -> camlnode:call(Id, late, x, []) end) =:= {value, 5} end),
    [#{state := waiting, os_pid := undefined}] = camlnode:status(Missing).

%% A node that cannot start any more is started again less and less often, by the same process.
back_off(Config) ->
    File = write(Config, "changing.ml", "let version = 1\n"),
    Restarts = restarts(),
    Id = start(Config, #{modules => [File], backoff => {50, 400}}),
    [{_, Node, _, _}] = supervisor:which_children(sup(Config)),
    1 = camlnode:call(Id, changing, version, []),
    ok = file:write_file(File, "let version = \n"),
    [#{os_pid := Pid}] = camlnode:status(Id),
    kill("KILL", Pid),
    eventually(fun() -> length([1 || #{failures := F} <- camlnode:status(Id), F >= 4]) =:= 1 end),
    [1, 2, 3 | _] = attempts(Restarts),
    {error, {camlnode, unavailable}, _} = caught(fun() -> camlnode:call(Id, changing, version, []) end),
    ok = file:write_file(File, "let version = 2\n"),
    eventually(fun() -> caught(fun() -> camlnode:call(Id, changing, version, []) end) =:= {value, 2} end),
    [{_, Node, _, _}] = supervisor:which_children(sup(Config)).

%% Every call that is under way ends with an error, and the next ones work.
crash_during_calls(Config) ->
    Id = start(Config, #{backoff => {50, 1000}}),
    Self = self(),
    spawn_link(fun() ->
        timer:sleep(500),
        [#{os_pid := Pid}] = camlnode:status(Id),
        kill("KILL", Pid),
        Self ! killed
    end),
    Results = parallel(20, fun(_) -> caught(fun() -> camlnode:call(Id, work, forever, []) end) end),
    receive killed -> ok end,
    [{error, {camlnode, nodedown}, []}] = lists:usort(Results),
    eventually(fun() -> caught(fun() -> camlnode:call(Id, work, add, [1, 2]) end) =:= {value, 3} end),
    [#{outstanding := 0}] = camlnode:status(Id),
    [] = messages().

%% Callers that try again after errors, while nodes die: no call has run twice on a node.
never_twice(Config) ->
    Name = start_pool(Config, 2, #{backoff => {100, 300}}),
    Killer = spawn_link(fun() -> killer(Name, 3) end),
    Monitor = monitor(process, Killer),
    Ask = fun Ask(N) ->
        case caught(fun() -> camlnode:call(Name, work, mark, [N]) end) of
            {value, 1} -> is_process_alive(Killer) andalso Ask(N + 8);
            {value, More} -> exit({called, N, More});
            {error, {camlnode, _}, _} -> timer:sleep(10), Ask(N + 8)
        end
    end,
    _ = parallel(8, fun(N) -> Ask(N * 1000003) end),
    receive {'DOWN', Monitor, process, _, Reason} -> normal = Reason end.

killer(_, 0) ->
    ok;
killer(Name, Times) ->
    timer:sleep(700),
    case [Pid || #{state := up, os_pid := Pid} <- camlnode:status(Name)] of
        [] -> killer(Name, Times);
        Pids -> kill("KILL", lists:nth(rand:uniform(length(Pids)), Pids)), killer(Name, Times - 1)
    end.

%% A call that runs when the supervisor stops the node ends with its value.
stops_gently(Config) ->
    Id = start(Config, #{}),
    [#{os_pid := Pid}] = camlnode:status(Id),
    Request = camlnode:async_call(Id, work, sleep, [1.5]),
    timer:sleep(200),
    ok = supervisor:terminate_child(sup(Config), Id),
    1 = camlnode:await(Request, 1000),
    false = is_running(Pid),
    {error, {camlnode, unavailable}, _} = caught(fun() -> camlnode:call(Id, work, add, [1, 2]) end),
    {ok, _} = supervisor:restart_child(sup(Config), Id),
    3 = camlnode:call(Id, work, add, [1, 2]).

%% One that does not react is killed.
stops_by_force(Config) ->
    Id = start(Config, #{stop_timeout => 1000}),
    [#{os_pid := Pid}] = camlnode:status(Id),
    kill("STOP", Pid),
    ok = supervisor:terminate_child(sup(Config), Id),
    false = is_running(Pid).

%% One that is there but does not answer is killed and started again.
frozen(Config) ->
    Id = start(Config, #{health_interval => 300, health_timeout => 1500, backoff => {50, 1000}}),
    [#{os_pid := Pid}] = camlnode:status(Id),
    %% However busy its domain is, it is alive.
    1 = camlnode:call(Id, work, sleep, [0.1]),
    {error, {camlnode, timeout}, _} = caught(fun() -> camlnode:call(Id, work, forever, [], #{timeout => 3000}) end),
    [#{os_pid := Pid, state := up}] = camlnode:status(Id),
    kill("STOP", Pid),
    {error, {camlnode, nodedown}, _} = caught(fun() -> camlnode:call(Id, work, add, [1, 2]) end),
    eventually(fun() -> caught(fun() -> camlnode:call(Id, work, add, [1, 2]) end) =:= {value, 3} end),
    false = is_running(Pid).

logs(Config) ->
    Self = self(),
    ok = logger:add_handler(?MODULE, ?MODULE, #{config => Self}),
    #{level := Level} = logger:get_primary_config(),
    ok = logger:update_handler_config(default, level, Level),
    ok = logger:set_primary_config(level, info),
    try
        File = write(Config, "greeting.ml", "let () = print_endline \"bonjour\" let x = 1\n"),
        Id = start(Config, #{modules => [File], backoff => {50, 1000}}),
        {info, Output} = logged(<<"output of an OCaml module">>),
        match(Output, "bonjour"),
        match(Output, "camlnode " ++ atom_to_list(Id)),
        [#{os_pid := Pid}] = camlnode:status(Id),
        kill("KILL", Pid),
        {error, _} = logged(<<"was ended by signal 9">>)
    after
        logger:set_primary_config(level, Level),
        logger:remove_handler(?MODULE)
    end.

%% As a handler of `logger'.
log(#{level := Level} = Event, #{config := To}) ->
    To ! {logged, Level, unicode:characters_to_binary(logger_formatter:format(Event, #{single_line => true}))}.

logged(Part) ->
    receive
        {logged, Level, Text} ->
            case binary:match(Text, Part) of
                nomatch -> logged(Part);
                _ -> {Level, Text}
            end
    after 10000 -> exit({not_logged, Part})
    end.

events(Config) ->
    Self = self(),
    Names = [[camlnode, call, What] || What <- [start, stop, exception]] ++ [[camlnode, node, What] || What <- [up, down, restart]],
    Handler = fun(Event, Measurements, Metadata, to) -> Self ! {event, Event, Measurements, Metadata} end,
    ok = camlnode:attach(?FUNCTION_NAME, Names, Handler, to),
    {error, already_exists} = camlnode:attach(?FUNCTION_NAME, Names, Handler, to),
    Id = start(Config, #{backoff => {50, 100}}),
    {#{duration := _}, #{pool := Id, index := 1, node := Node, start := Start}} = event([camlnode, node, up]),
    Start = proplists:get_value(start, Config),
    3 = camlnode:call(Id, work, add, [1, 2]),
    Call = #{pool => Id, index => 1, node => Node, module => work, function => add, arity => 2},
    {#{system_time := _}, Call} = event([camlnode, call, start]),
    {#{duration := Duration}, Call} = event([camlnode, call, stop]),
    true = is_integer(Duration) andalso Duration > 0,
    {error, _, _} = caught(fun() -> camlnode:call(Id, work, fail, [<<"x">>]) end),
    {_, #{function := fail, kind := error, reason := {ocaml, 'Failure', _}, stacktrace := [_ | _]}} =
        event([camlnode, call, exception]),
    [#{os_pid := Pid}] = camlnode:status(Id),
    kill("KILL", Pid),
    {#{uptime := _}, #{reason := _}} = event([camlnode, node, down]),
    {#{attempt := 1}, _} = event([camlnode, node, restart]),
    {#{duration := _}, _} = event([camlnode, node, up]),
    ok = camlnode:detach(?FUNCTION_NAME),
    {error, not_found} = camlnode:detach(?FUNCTION_NAME).

event(Name) ->
    receive {event, Name, Measurements, Metadata} -> {Measurements, Metadata}
    after 20000 -> exit({no_event, Name})
    end.

loading(Config) ->
    File = write(Config, "loaded.ml", "let version = 1\n"),
    Options = #{modules => [File], config => #{load => #{enabled => true}}},
    Name = start_pool(Config, 2, Options),
    Version = fun() -> lists:usort([camlnode:call(Name, loaded, version, []) || _ <- lists:seq(1, 20)]) end,
    [1] = Version(),
    ok = camlnode:load(Name, loaded, ["let version = ", "2"]),
    [2] = Version(),
    {error, Text} = camlnode:load(Name, loaded, <<"let version = 1 + true">>),
    match(Text, "expected of type"),
    [2] = Version(),
    ok = camlnode:reload(Name, loaded),
    [1] = Version(),
    Other = write(Config, "fresh.ml", "let secret = 1 let shown = 7\n"),
    _ = write(Config, "fresh.mli", "val shown : int\n"),
    ok = camlnode:load(Name, Other),
    7 = camlnode:call(Name, fresh, shown, []),
    {error, undef, _} = caught(fun() -> camlnode:call(Name, fresh, secret, []) end),
    {error, _} = camlnode:load(Name, "/nowhere/x.ml"),
    ok = file:write_file(File, "let version = 3\n"),
    ok = camlnode:reload(Name),
    [3] = Version(),
    %% Off unless the configuration allows it.
    ok = supervisor:terminate_child(sup(Config), Name),
    ok = supervisor:delete_child(sup(Config), Name),
    Id = start(Config, #{}),
    {error, {unsupported, _}, _} = caught(fun() -> camlnode:reload(Id) end).

%% When the node's own process is killed, what it has started ends, and its supervisor can start it again at once.
killed_process(Config) ->
    Id = start(Config, #{}),
    [#{os_pid := Pid}] = camlnode:status(Id),
    {ok, Sup} = supervisor:start_link(?MODULE, []),
    unlink(Sup),
    ok = supervisor:terminate_child(sup(Config), Id),
    false = is_running(Pid),
    #{start := {M, F, A}} = spec(Config, #{}),
    Holder = spawn(fun() -> {ok, Node} = apply(M, F, A), unlink(Node), exit({started, Node}) end),
    Monitor = monitor(process, Holder),
    Node = receive {'DOWN', Monitor, process, _, {started, N}} -> N end,
    [#{os_pid := Second}] = camlnode:status(Id),
    exit(Node, kill),
    {ok, Again} = apply(M, F, A),
    3 = camlnode:call(Id, work, add, [1, 2]),
    false = is_running(Second),
    unlink(Again),
    ok = gen_statem:stop(Again),
    exit(Sup, shutdown).

%% The whole tree is killed from above.
killed_supervisor(Config) ->
    Name = start_pool(Config, 2, #{}),
    Pids = [Pid || #{os_pid := Pid} <- camlnode:status(Name)],
    [{_, Pool, _, _}] = supervisor:which_children(sup(Config)),
    unlink(sup(Config)),
    exit(Pool, kill),
    eventually(fun() -> not lists:any(fun is_running/1, Pids) end).

%% kill -9 of the emulator in the middle of calls: nothing is left behind.
killed_emulator(Config) ->
    Script = [
        "{ok, _} = application:ensure_all_started(camlnode), "
        "O = #{executable => ", print(executable()), ", modules => [", print(ocaml(Config, "work.ml")), "], "
        "start => ", atom_to_list(proplists:get_value(start, Config)), "}, "
        "{ok, _} = camlnode:start_link(victim, O), "
        "[spawn(fun() -> camlnode:call(victim, work, fib, [35]) end) || _ <- [1, 2, 3]], "
        "[spawn(fun() -> camlnode:call(victim, work, forever, []) end) || _ <- [1, 2]], "
        "[#{os_pid := P}] = camlnode:status(victim), "
        "io:format(\"pids ~s ~b~n\", [os:getpid(), P])."
    ],
    %% The groups may run at the same time.
    Name = lists:concat(["victim_emulator_", proplists:get_value(start, Config), "@127.0.0.1"]),
    Args = ["-noinput", "-name", Name, "-start_epmd", "false", "-pa", filename:dirname(code:which(camlnode)),
            "-eval", lists:flatten(Script)],
    Port = open_port({spawn_executable, os:find_executable("erl")}, [{args, Args}, {line, 1000}, exit_status, stderr_to_stdout]),
    {Emulator, Pid} = pids(Port),
    timer:sleep(300),
    kill("KILL", Emulator),
    eventually(fun() -> not is_running(Pid) end).

pids(Port) ->
    receive
        {Port, {data, {_, "pids " ++ Rest}}} ->
            [Emulator, Pid] = string:lexemes(Rest, " "),
            {list_to_integer(Emulator), list_to_integer(Pid)};
        {Port, {data, _}} -> pids(Port);
        {Port, {exit_status, Status}} -> exit({emulator, Status})
    after 60000 -> exit(no_emulator)
    end.

%% The cookie is not in the arguments, and files with it are gone when the node is ready.
secrets(Config) ->
    Id = start(Config, #{cookie => 'what nobody "sees"'}),
    [#{os_pid := Pid, node := Node}] = camlnode:status(Id),
    {ok, Line} = file:read_file("/proc/" ++ integer_to_list(Pid) ++ "/cmdline"),
    nomatch = binary:match(Line, <<"nobody">>),
    Args = binary:split(Line, <<0>>, [global]),
    {_, [_, File | _]} = lists:splitwith(fun(A) -> A =/= <<"--cookie-file">> end, Args),
    {error, enoent} = file:read_file_info(File),
    {error, enoent} = file:read_file_info(filename:dirname(File)),
    3 = camlnode:call(Id, work, add, [1, 2]),
    3 = erpc:call(Node, work, add, [1, 2]).

%% On an emulator without a name, C-nodes are refused in words, and ports work.
not_distributed(Config) ->
    Script = [
        "{ok, _} = application:ensure_all_started(camlnode), "
        "O = #{executable => ", print(executable()), ", modules => [", print(ocaml(Config, "work.ml")), "]}, "
        "process_flag(trap_exit, true), "
        "{error, {camlnode_failed, T}} = camlnode:start_link(c, O), "
        "{ok, _} = camlnode:start_link(p, O#{start => port}), "
        "io:format(\"~ts ~b~n\", [T, camlnode:call(p, work, fib, [20])]), init:stop()."
    ],
    Args = ["-noinput", "-pa", filename:dirname(code:which(camlnode)), "-eval", lists:flatten(Script)],
    Port = open_port({spawn_executable, os:find_executable("erl")}, [{args, Args}, exit_status, stderr_to_stdout]),
    Output = output(Port, []),
    match(Output, "this Erlang node is not distributed"),
    match(Output, "6765").

output(Port, Read) ->
    receive
        {Port, {data, Data}} -> output(Port, [Read | Data]);
        {Port, {exit_status, _}} -> unicode:characters_to_binary(Read)
    after 60000 -> exit(no_output)
    end.

other_cookie(Config) ->
    File = write(Config, "cookie", "different"),
    ok = file:change_mode(File, 8#400),
    {error, {camlnode_failed, Text}} = try_start(Config, #{config => #{node => #{cookie_file => File}}, cookie => config}),
    match(Text, "cannot connect").

%% A caller waits for room in the pipe no longer than it wants.
full_pipe(Config) ->
    Id = start(Config, #{health_interval => infinity, stop_timeout => 500}),
    [#{os_pid := Pid}] = camlnode:status(Id),
    kill("STOP", Pid),
    Big = binary:copy(<<"x">>, 1000000),
    Results = parallel(5, fun(_) -> caught(fun() -> camlnode:call(Id, work, size, [Big], #{timeout => 500}) end) end),
    [{error, {camlnode, timeout}, []}] = lists:usort(Results),
    kill("CONT", Pid),
    eventually(fun() -> caught(fun() -> camlnode:call(Id, work, add, [1, 2], #{timeout => 2000}) end) =:= {value, 3} end).

large_terms(Config) ->
    Id = start(Config, #{config => #{limits => #{message => "80MiB"}}}),
    Big = binary:copy(<<"x">>, 64 bsl 20),
    Big = camlnode:call(Id, work, echo, [Big]).

options(_Config) ->
    Refused = fun(Options) ->
        {error, {camlnode, {bad_option, _}}, _} = caught(fun() -> camlnode:start_link(x, Options) end)
    end,
    Refused(#{start => thread}),
    Refused(#{nonsense => 1}),
    Refused(#{start_timeout => 0}),
    Refused(#{backoff => {5, 1}}),
    Refused(#{modules => "work.ml"}),
    {error, {camlnode, {bad_option, _}}, _} = caught(fun() -> camlnode_options:pool_size(#{size => 0}) end),
    #{name := "a_3@h"} = camlnode_options:node_options(p, 3, #{name => "a@h", start => port}),
    #{name := "p_3@port"} = camlnode_options:node_options(p, 3, #{start => port}).

failing_handler(_Config) ->
    Self = self(),
    ok = camlnode:attach(bad, [camlnode, test], fun(_, _, _, _) -> error(oops) end, []),
    ok = camlnode:attach(good, [[camlnode, test]], fun(_, _, _, _) -> Self ! handled end, []),
    #{level := Level} = logger:get_primary_config(),
    ok = logger:set_primary_config(level, none),
    ok = camlnode_events:execute([camlnode, test], #{}, #{}),
    ok = logger:set_primary_config(level, Level),
    receive handled -> ok end,
    {error, not_found} = camlnode:detach(bad),
    ok = camlnode:detach(good).

%% Callers that are killed do not count for ever.
killed_callers(Config) ->
    Id = start([{start, port} | Config], #{}),
    Pids = [spawn(fun() -> camlnode:call(Id, work, sleep, [30.0]) end) || _ <- lists:seq(1, 10)],
    eventually(fun() -> [N || #{outstanding := N} <- camlnode:status(Id)] =:= [10] end),
    [exit(Pid, kill) || Pid <- Pids],
    eventually(fun() -> [N || #{outstanding := N} <- camlnode:status(Id)] =:= [0] end).

%% Nodes and pools of the environment start and stop with the application.
application_environment(Config) ->
    ok = application:stop(camlnode),
    Options = (common_options([{start, port} | Config]))#{size => 2},
    ok = application:set_env(camlnode, pools, [{default, Options}]),
    ok = application:set_env(camlnode, default_pool, default),
    ok = application:start(camlnode),
    Pids = [Pid || #{os_pid := Pid} <- camlnode:status(default)],
    2 = length(Pids),
    3 = camlnode:call(work, add, [1, 2]),
    ok = application:stop(camlnode),
    false = lists:any(fun is_running/1, Pids),
    {error, {camlnode, not_started}, _} = caught(fun() -> camlnode:call(work, add, [1, 2]) end),
    ok = application:set_env(camlnode, pools, []),
    ok = application:start(camlnode).

%% ------------------------------------------------------------------------------------------------------------
%% Helpers

executable() ->
    case os:getenv("CAMLNODE") of
        false -> filename:join([filename:dirname(code:which(camlnode)), "../../..", "bin/camlnode"]);
        Program -> {Program, ["camlnode"]}
    end.

common_options(Config) ->
    #{
        start => proplists:get_value(start, Config),
        executable => executable(),
        modules => [ocaml(Config, "work.ml")]
    }.

spec(Config, Options) ->
    camlnode:child_spec(proplists:get_value(id, Config), maps:merge(common_options(Config), Options)).

start(Config, Options) ->
    {ok, _} = supervisor:start_child(sup(Config), spec(Config, Options)),
    proplists:get_value(id, Config).

try_start(Config, Options) ->
    Result = supervisor:start_child(sup(Config), spec(Config, Options)),
    case Result of
        {error, {Reason, _Child}} -> {error, Reason};
        _ -> Result
    end.

start_pool(Config, Size, Options) ->
    Name = proplists:get_value(id, Config),
    All = maps:merge(common_options(Config), Options#{size => Size}),
    {ok, _} = supervisor:start_child(sup(Config), camlnode:pool_spec(Name, All)),
    Name.

sup(Config) -> proplists:get_value(sup, Config).

ocaml(Config, Name) -> filename:join(proplists:get_value(ocaml, Config), Name).

write(Config, Name, Text) ->
    File = ocaml(Config, Name),
    _ = file:delete(File),
    ok = file:write_file(File, Text),
    File.

caught(F) ->
    try
        {value, F()}
    catch
        Class:Reason:Stack -> {Class, Reason, Stack}
    end.

parallel(Count, F) ->
    Self = self(),
    Pids = [spawn_link(fun() -> Self ! {self(), F(N)} end) || N <- lists:seq(1, Count)],
    [receive {Pid, Result} -> Result after 60000 -> exit(timeout) end || Pid <- Pids].

eventually(Holds) ->
    eventually(Holds, erlang:monotonic_time(millisecond) + 30000).

eventually(Holds, End) ->
    case Holds() of
        true -> ok;
        false ->
            erlang:monotonic_time(millisecond) < End orelse exit(not_in_time),
            timer:sleep(20),
            eventually(Holds, End)
    end.

messages() ->
    receive Message -> [Message | messages()] after 200 -> [] end.

match(Text, Part) ->
    case string:find(Text, Part) of
        nomatch -> exit({no, Part, in, Text});
        _ -> ok
    end.

kill(Signal, Pid) ->
    _ = os:cmd("kill -" ++ Signal ++ " " ++ integer_to_list(Pid)),
    ok.

is_running(Pid) ->
    os:cmd("kill -0 " ++ integer_to_list(Pid) ++ " 2>/dev/null && echo yes") =:= "yes\n".

%% Processes that run a file of this test.
children_of_system(Config) ->
    string:lexemes(os:cmd("pgrep -f " ++ ocaml(Config, "endless.ml") ++ " | grep -v $$"), "\n").

restarts() ->
    Table = ets:new(restarts, [public, ordered_set]),
    Count = fun(_, #{attempt := Attempt}, _, _) -> ets:insert(Table, {erlang:unique_integer([monotonic]), Attempt}) end,
    _ = camlnode:detach(restarts),
    ok = camlnode:attach(restarts, [camlnode, node, restart], Count, []),
    Table.

attempts(Table) ->
    [Attempt || {_, Attempt} <- ets:tab2list(Table)].

print(Term) -> io_lib:format("~0p", [Term]).
