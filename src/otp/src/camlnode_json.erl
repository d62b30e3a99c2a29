%% @private Reads JSON, as far as lines of a log need it: `{ok, Value}` or `error`.
%% Objects are maps with binaries for keys, strings are binaries, `null` is the atom.
-module(camlnode_json).

-export([decode/1]).

-type value() :: null | boolean() | number() | binary() | [value()] | #{binary() => value()}.

-spec decode(binary()) -> {ok, value()} | error.
decode(Text) ->
    try value(space(Text)) of
        {Value, Rest} ->
            case space(Rest) of
                <<>> -> {ok, Value};
                _ -> error
            end
    catch
        throw:malformed -> error
    end.

value(<<"{", Rest/binary>>) -> object(space(Rest));
value(<<"[", Rest/binary>>) -> array(space(Rest));
value(<<"\"", Rest/binary>>) -> string(Rest, <<>>);
value(<<"true", Rest/binary>>) -> {true, Rest};
value(<<"false", Rest/binary>>) -> {false, Rest};
value(<<"null", Rest/binary>>) -> {null, Rest};
value(Text) -> number(Text).

object(<<"}", Rest/binary>>) -> {#{}, Rest};
object(Text) -> members(Text, #{}).

members(<<"\"", Text/binary>>, Object) ->
    {Key, Behind} = string(Text, <<>>),
    {Value, Rest} = value(space(after_mark($:, space(Behind)))),
    case space(Rest) of
        <<",", More/binary>> -> members(space(More), Object#{Key => Value});
        <<"}", End/binary>> -> {Object#{Key => Value}, End};
        _ -> throw(malformed)
    end;
members(_, _) ->
    throw(malformed).

array(<<"]", Rest/binary>>) -> {[], Rest};
array(Text) -> elements(Text, []).

elements(Text, Values) ->
    {Value, Rest} = value(Text),
    case space(Rest) of
        <<",", More/binary>> -> elements(space(More), [Value | Values]);
        <<"]", End/binary>> -> {lists:reverse(Values, [Value]), End};
        _ -> throw(malformed)
    end.

string(<<"\"", Rest/binary>>, Read) -> {Read, Rest};
string(<<"\\u", Hex:4/binary, Rest/binary>>, Read) -> escaped(code(Hex), Rest, Read);
string(<<"\\", Char, Rest/binary>>, Read) -> string(Rest, <<Read/binary, (short_escape(Char))>>);
string(<<Char, Rest/binary>>, Read) -> string(Rest, <<Read/binary, Char>>);
string(<<>>, _) -> throw(malformed).

%% Characters beyond 16 bits come as two escapes.
escaped(High, <<"\\u", Hex:4/binary, Rest/binary>>, Read) when High >= 16#D800, High < 16#DC00 ->
    case code(Hex) of
        Low when Low >= 16#DC00, Low < 16#E000 ->
            Code = 16#10000 + ((High - 16#D800) bsl 10) + (Low - 16#DC00),
            string(Rest, <<Read/binary, Code/utf8>>);
        _ ->
            throw(malformed)
    end;
escaped(Code, Rest, Read) when Code < 16#D800; Code >= 16#E000 ->
    string(Rest, <<Read/binary, Code/utf8>>);
escaped(_, Rest, Read) ->
    string(Rest, <<Read/binary, 16#FFFD/utf8>>).

code(Hex) ->
    try
        binary_to_integer(Hex, 16)
    catch
        error:badarg -> throw(malformed)
    end.

short_escape($n) -> $\n;
short_escape($t) -> $\t;
short_escape($r) -> $\r;
short_escape($b) -> $\b;
short_escape($f) -> $\f;
short_escape(Char) when Char =:= $"; Char =:= $\\; Char =:= $/ -> Char;
short_escape(_) -> throw(malformed).

number(Text) ->
    case re:run(Text, "^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?", [{capture, all, binary}]) of
        {match, [All]} -> {binary_to_integer(All), rest(All, Text)};
        {match, [All, <<>>, Exponent]} -> {float_of(All, Exponent), rest(All, Text)};
        {match, [All | _]} -> {binary_to_float(All), rest(All, Text)};
        nomatch -> throw(malformed)
    end.

%% Erlang wants a fraction before an exponent.
float_of(All, Exponent) ->
    Digits = binary:part(All, 0, byte_size(All) - byte_size(Exponent)),
    binary_to_float(<<Digits/binary, ".0", Exponent/binary>>).

rest(Read, Text) ->
    binary:part(Text, byte_size(Read), byte_size(Text) - byte_size(Read)).

after_mark(Mark, <<Mark, Rest/binary>>) -> Rest;
after_mark(_, _) -> throw(malformed).

space(<<Char, Rest/binary>>) when Char =:= $\s; Char =:= $\t; Char =:= $\n; Char =:= $\r -> space(Rest);
space(Text) -> Text.
