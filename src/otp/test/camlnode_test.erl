%% Runs a suite as `ct_run' does, where Common Test is not installed: what it prints is a line per case, and what went wrong.
%%
%%     erl -noshell -pa … -run camlnode_test main SUITE GROUP FOLDER
-module(camlnode_test).

-export([main/1]).

-define(CASE_TIMEOUT, 120000).

main([Suite, Group, Folder]) ->
    Failed = run(list_to_atom(Suite), list_to_atom(Group), Folder),
    halt(min(Failed, 100)).

run(Suite, Group, Folder) ->
    {_, _, Cases} = lists:keyfind(Group, 1, Suite:groups()),
    Config = Suite:init_per_group(Group, Suite:init_per_suite([{priv_dir, Folder}])),
    Only = os:getenv("CASE", ""),
    Failed = [Case || Case <- Cases, Only =:= "" orelse atom_to_list(Case) =:= Only, not passes(Suite, Case, Config)],
    _ = Suite:end_per_group(Group, Config),
    _ = Suite:end_per_suite(Config),
    length(Failed).

passes(Suite, Case, Config) ->
    Start = erlang:monotonic_time(millisecond),
    {Pid, Monitor} = spawn_monitor(fun() ->
        CaseConfig = Suite:init_per_testcase(Case, Config),
        Result =
            try
                Suite:Case(CaseConfig),
                passed
            catch
                Class:Reason:Stack -> {Class, Reason, Stack}
            end,
        _ = Suite:end_per_testcase(Case, CaseConfig),
        exit({result, Result})
    end),
    Outcome =
        receive {'DOWN', Monitor, process, Pid, Reason} -> Reason
        after ?CASE_TIMEOUT -> exit(Pid, kill), timeout
        end,
    Took = erlang:monotonic_time(millisecond) - Start,
    case Outcome of
        {result, passed} ->
            io:format("ok ~s (~b ms)~n", [Case, Took]),
            true;
        Wrong ->
            io:format("FAILED ~s (~b ms)~n~tp~n", [Case, Took, Wrong]),
            false
    end.
