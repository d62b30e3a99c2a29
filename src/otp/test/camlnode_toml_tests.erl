-module(camlnode_toml_tests).

-include_lib("eunit/include/eunit.hrl").

tables_test_() ->
    [?_assertEqual(Text, iolist_to_binary(camlnode_toml:encode(Map))) || {Map, Text} <- [
        {#{}, <<>>},
        {#{a => 1, b => true, "c" => 1.5}, <<"a = 1\nb = true\nc = 1.5\n">>},
        {#{limits => #{call_timeout => "5s", heap => <<"1GiB">>}}, <<"[limits]\ncall_timeout = \"5s\"\nheap = \"1GiB\"\n">>},
        {#{module => [#{file => "a.ml"}, #{file => "b.ml"}]}, <<"[[module]]\nfile = \"a.ml\"\n[[module]]\nfile = \"b.ml\"\n">>},
        {#{tls => #{versions => ["1.2", "1.3"], deep => #{x => info}}},
         <<"[tls]\nversions = [\"1.2\", \"1.3\"]\n[tls.deep]\nx = \"info\"\n">>},
        {#{a => []}, <<"a = []\n">>},
        {#{"a b" => "\"\\\n"}, <<"\"a b\" = \"\\\"\\\\\\u000A\"\n">>},
        {#{a => "é"}, <<"a = \"é\"\n"/utf8>>}
    ]].

refused_test_() ->
    [?_assertError({camlnode, {bad_option, _}}, camlnode_toml:encode(#{a => Value})) || Value <- [self(), {1, 2}, <<255>>]].
