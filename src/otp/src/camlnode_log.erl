%% @private The log of a node, a JSON object per line, as events of `logger'.
-module(camlnode_log).

-export([line/2, report_text/1]).

-include_lib("kernel/include/logger.hrl").

%% `Source` names the node in the metadata: #{camlnode => Pool, index => N}.
-spec line(binary(), map()) -> ok.
line(Line, Source) ->
    case camlnode_json:decode(Line) of
        {ok, #{<<"level">> := Level, <<"msg">> := Message} = Entry} ->
            Fields = maps:without([<<"level">>, <<"time">>, <<"pid">>, <<"hostname">>, <<"msg">>], Entry),
            write(level(Level), #{text => Message, fields => Fields}, Source);
        _ when Line =:= <<>> ->
            ok;
        _ ->
            %% Node.js itself says something: mostly how it dies.
            write(warning, #{text => Line, fields => #{}}, Source)
    end.

write(Level, Report, Source) ->
    %% Without a domain: the default handler stops those that it does not know.
    Metadata = Source#{report_cb => fun ?MODULE:report_text/1},
    logger:log(Level, maps:merge(Source, Report), Metadata).

%% As pino numbers them.
level(Level) when Level >= 60 -> critical;
level(Level) when Level >= 50 -> error;
level(Level) when Level >= 40 -> warning;
level(Level) when Level >= 30 -> info;
level(_) -> debug.

-spec report_text(logger:report()) -> {io:format(), [term()]}.
report_text(#{camlnode := Pool, text := Text, fields := Fields}) when map_size(Fields) =:= 0 ->
    {"camlnode ~tp: ~ts", [Pool, Text]};
report_text(#{camlnode := Pool, text := Text, fields := Fields}) ->
    {"camlnode ~tp: ~ts ~0tp", [Pool, Text, Fields]}.
