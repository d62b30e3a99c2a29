%% @private The nodes of a pool, each with a supervisor's attention of its own.
-module(camlnode_pool).
-behaviour(supervisor).

-export([start_link/2, init/1]).

-spec start_link(camlnode:pool(), camlnode:pool_options()) -> supervisor:startlink_ret().
start_link(Pool, Options) ->
    supervisor:start_link(?MODULE, {Pool, Options}).

init({Pool, Options}) ->
    Size = camlnode_options:pool_size(Options),
    {ok, {#{strategy => one_for_one},
          [camlnode:node_spec(Index, camlnode_options:node_options(Pool, Index, Options)) || Index <- lists:seq(1, Size)]}}.
