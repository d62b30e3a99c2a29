-module(empty).
-export([main/0]).

main() -> io:format("0~n").
