%% @private Events in the manner of the library telemetry: a handler is a function that is called where the event happens,
%% and is detached, with an error in the log, when it fails.
-module(camlnode_events).

-include_lib("kernel/include/logger.hrl").

-export([create/0, attach/4, detach/1, handlers/0, execute/3]).

-define(TABLE, camlnode_handlers).

%% Rows: {Event, HandlerId, Fun, Config}.
-spec create() -> ok.
create() ->
    ?TABLE = ets:new(?TABLE, [named_table, public, bag, {read_concurrency, true}]),
    ok.

-spec attach(term(), [camlnode:event()], camlnode:handler(), term()) -> ok | {error, already_exists}.
attach(Id, Events, Fun, Config) when is_function(Fun, 4) ->
    case ets:match(?TABLE, {'_', Id, '_', '_'}, 1) of
        '$end_of_table' ->
            true = ets:insert(?TABLE, [{Event, Id, Fun, Config} || Event <- Events]),
            ok;
        _ ->
            {error, already_exists}
    end.

-spec detach(term()) -> ok | {error, not_found}.
detach(Id) ->
    case ets:select_delete(?TABLE, [{{'_', '$1', '_', '_'}, [{'=:=', '$1', {const, Id}}], [true]}]) of
        0 -> {error, not_found};
        _ -> ok
    end.

-spec handlers() -> [{camlnode:event(), term()}].
handlers() ->
    [{Event, Id} || {Event, Id, _, _} <- ets:tab2list(?TABLE)].

-spec execute(camlnode:event(), map(), map()) -> ok.
execute(Event, Measurements, Metadata) ->
    lists:foreach(
        fun({_, Id, Fun, Config}) ->
            try
                Fun(Event, Measurements, Metadata, Config)
            catch
                Class:Reason:Stack ->
                    _ = detach(Id),
                    ?LOG_ERROR("camlnode: the handler ~0tp of ~0tp has failed and is detached: ~0tp:~0tp ~0tp",
                               [Id, Event, Class, Reason, Stack])
            end
        end,
        ets:lookup(?TABLE, Event)
    ).
