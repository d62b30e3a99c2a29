%% What the rest of the shop calls: nobody there needs to know that it is OCaml.
-module(shop).

-export([total/1, count/1]).

-type line() :: #{sku := binary(), price := float(), count := integer()}.

%% The price of an order; an order that cannot be is `{error, Why}'.
-spec total([line()]) -> {ok, float()} | {error, binary()}.
total(Lines) ->
    try
        {ok, camlnode:call(prices, prices, total, [Lines])}
    catch
        error:{ocaml, 'Prices.Refused', [Why]} -> {error, Why}
    end.

%% How often each word is in a text.
-spec count(unicode:chardata()) -> #{binary() => pos_integer()}.
count(Text) ->
    camlnode:call(words, words, count, [Text]).
