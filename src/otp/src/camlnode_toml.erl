%% @private A map of options as TOML, which is what `camlnode' reads.
%%
%% Keys are atoms, strings or binaries. A map is a table, a list of maps an array of tables; atoms are strings, but for
%% `true' and `false'; a list of characters is a string, if it is not empty.
-module(camlnode_toml).

-export([encode/1]).

-spec encode(map()) -> iodata().
encode(Map) ->
    table([], Map).

%% What is no table comes first: it belongs to the header above.
table(Path, Map) ->
    Pairs = lists:sort([{text(Key), Value} || {Key, Value} <- maps:to_list(Map)]),
    {Tables, Values} = lists:partition(fun({_, Value}) -> is_table(Value) end, Pairs),
    [[[key(Key), " = ", value(Value), "\n"] || {Key, Value} <- Values],
     [below(Path ++ [Key], Value) || {Key, Value} <- Tables]].

below(Path, Map) when is_map(Map) -> ["[", path(Path), "]\n", table(Path, Map)];
below(Path, Maps) -> [["[[", path(Path), "]]\n", table(Path, Map)] || Map <- Maps].

is_table(Value) when is_map(Value) -> true;
is_table([First | _]) -> is_map(First);
is_table(_) -> false.

path(Keys) -> lists:join(".", [key(Key) || Key <- Keys]).

key(Key) ->
    case re:run(Key, "^[A-Za-z0-9_-]+$") of
        {match, _} -> Key;
        nomatch -> string(Key)
    end.

value(true) -> "true";
value(false) -> "false";
value(Value) when is_integer(Value) -> integer_to_list(Value);
value(Value) when is_float(Value) -> io_lib:format("~w", [Value]);
value(Value) when is_atom(Value); is_binary(Value) -> string(text(Value));
value([]) -> "[]";
value(Value) when is_list(Value) ->
    case io_lib:char_list(Value) of
        true -> string(text(Value));
        false -> ["[", lists:join(", ", [value(V) || V <- Value]), "]"]
    end;
value(Value) -> error({camlnode, {bad_option, Value}}).

text(Text) when is_atom(Text) -> atom_to_binary(Text);
text(Text) ->
    case unicode:characters_to_binary(Text) of
        Binary when is_binary(Binary) -> Binary;
        _ -> error({camlnode, {bad_option, Text}})
    end.

string(Text) ->
    ["\"", [escape(Char) || <<Char>> <= Text], "\""].

escape($") -> "\\\"";
escape($\\) -> "\\\\";
escape(Char) when Char < 32; Char =:= 127 -> io_lib:format("\\u~4.16.0B", [Char]);
escape(Char) -> Char.
