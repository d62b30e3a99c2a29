%% Two camlnodes among the children: `prices' is a node of the cluster, `words' a port of this node alone.
-module(shop_sup).
-behaviour(supervisor).

-export([start_link/0, init/1]).

start_link() ->
    supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Prices = camlnode:child_spec(prices, #{
        modules => [ocaml("prices.ml")],
        config => #{limits => #{call_timeout => "5s"}, load => #{enabled => true}}
    }),
    Words = camlnode:child_spec(words, #{
        start => port,
        modules => [ocaml("words.ml")]
    }),
    {ok, {#{strategy => one_for_one}, [Prices, Words]}}.

ocaml(File) ->
    filename:join(code:priv_dir(shop), File).
