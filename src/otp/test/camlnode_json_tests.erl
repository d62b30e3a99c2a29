-module(camlnode_json_tests).

-include_lib("eunit/include/eunit.hrl").

values_test_() ->
    [?_assertEqual({ok, Value}, camlnode_json:decode(Text)) || {Text, Value} <- [
        {<<"null">>, null},
        {<<" true ">>, true},
        {<<"false">>, false},
        {<<"0">>, 0},
        {<<"-12">>, -12},
        {<<"1.5">>, 1.5},
        {<<"1e3">>, 1000.0},
        {<<"-1.25E-2">>, -0.0125},
        {<<"\"\"">>, <<>>},
        {<<"\"a\\n\\t\\\"\\\\\\/\\b\\f\\r\"">>, <<"a\n\t\"\\/\b\f\r">>},
        {<<"\"\\u00e9\\u20ac\"">>, <<"é€"/utf8>>},
        {<<"\"\\ud83d\\ude00\"">>, <<"😀"/utf8>>},
        {<<"\"\\udc00\"">>, <<16#FFFD/utf8>>},
        {<<"\"é\""/utf8>>, <<"é"/utf8>>},
        {<<"[]">>, []},
        {<<"[1, [2], {}]">>, [1, [2], #{}]},
        {<<"{}">>, #{}},
        {<<"{\"a\" : 1,\"b\":{\"c\":[null]}}">>, #{<<"a">> => 1, <<"b">> => #{<<"c">> => [null]}}}
    ]].

malformed_test_() ->
    [?_assertEqual(error, camlnode_json:decode(Text)) || Text <- [
        <<>>, <<"{">>, <<"[1,]">>, <<"{\"a\"}">>, <<"{\"a\":1,}">>, <<"\"">>, <<"\"\\x\"">>, <<"\"\\u12g4\"">>, <<"01x">>,
        <<"nul">>, <<"1 2">>, <<"{a:1}">>, <<"\"\\ud83d\\u0041\"">>
    ]].

a_line_of_the_log_test() ->
    Line = <<"{\"level\":30,\"time\":1795961677854,\"pid\":23954,\"hostname\":\"vm\",\"modules\":[\"/a/fib.ml\"],\"msg\":\"ready\"}">>,
    ?assertMatch({ok, #{<<"level">> := 30, <<"msg">> := <<"ready">>, <<"modules">> := [<<"/a/fib.ml">>]}},
                 camlnode_json:decode(Line)).
