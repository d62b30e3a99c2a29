-module(camlnode_events_tests).

-include_lib("eunit/include/eunit.hrl").

events_test_() ->
    {setup,
     fun() -> {ok, _} = application:ensure_all_started(camlnode) end,
     fun(_) -> ok = application:stop(camlnode) end,
     [fun one_event/0, fun several_events/0, fun detaching/0, fun other_events/0]}.

handler() ->
    fun(Event, Measurements, Metadata, Self) -> Self ! {Event, Measurements, Metadata} end.

one_event() ->
    ok = camlnode:attach(one, [camlnode, call, stop], handler(), self()),
    camlnode_events:execute([camlnode, call, stop], #{duration => 1}, #{pool => p}),
    ?assertEqual({[camlnode, call, stop], #{duration => 1}, #{pool => p}}, receive M -> M after 1000 -> none end),
    ok = camlnode:detach(one).

several_events() ->
    ok = camlnode:attach(several, [[camlnode, a], [camlnode, b]], handler(), self()),
    ?assertEqual({error, already_exists}, camlnode:attach(several, [camlnode, c], handler(), self())),
    [camlnode_events:execute([camlnode, E], #{}, #{}) || E <- [a, b, c]],
    ?assertEqual([{[camlnode, a], #{}, #{}}, {[camlnode, b], #{}, #{}}], received()),
    ok = camlnode:detach(several).

detaching() ->
    ok = camlnode:attach(gone, [camlnode, a], handler(), self()),
    ok = camlnode:detach(gone),
    ?assertEqual({error, not_found}, camlnode:detach(gone)),
    camlnode_events:execute([camlnode, a], #{}, #{}),
    ?assertEqual([], received()).

other_events() ->
    ok = camlnode_events:execute([camlnode, nobody, listens], #{}, #{}),
    ?assertEqual([], received()).

received() ->
    receive M -> [M | received()] after 50 -> [] end.
