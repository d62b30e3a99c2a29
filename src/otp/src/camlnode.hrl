%% What the modules of this application tell each other.

%% A node that can be called now.
-record(member, {
    pool :: camlnode:pool(),
    index :: pos_integer(),
    %% The node in references to its OCaml values.
    name :: atom(),
    via :: camlnode_calls:via(),
    %% Calls that have not ended: one cell.
    outstanding :: counters:counters_ref()
}).
