%% @private The registry first, then the nodes and pools of the application's environment.
-module(camlnode_sup).
-behaviour(supervisor).

-export([start_link/0, init/1]).

start_link() ->
    supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    {ok, Nodes} = application:get_env(camlnode, nodes),
    {ok, Pools} = application:get_env(camlnode, pools),
    Registry = #{id => camlnode_registry, start => {camlnode_registry, start_link, []}},
    %% Without the registry nobody is called, and whoever is in it must register again.
    {ok, {#{strategy => rest_for_one},
          [Registry
           | [camlnode:child_spec(Id, Options) || {Id, Options} <- Nodes]
           ++ [camlnode:pool_spec(Name, Options) || {Name, Options} <- Pools]]}}.
