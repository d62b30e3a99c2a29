-module(nbody).
-export([main/0]).
-define(SOLAR_MASS, (4.0 * 3.141592653589793 * 3.141592653589793)).
-define(DAYS, 365.24).

planet(X, Y, Z, Vx, Vy, Vz, M) -> {X, Y, Z, Vx * ?DAYS, Vy * ?DAYS, Vz * ?DAYS, M * ?SOLAR_MASS}.

bodies() ->
    [planet(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
     planet(4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01, 1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05, 9.54791938424326609e-04),
     planet(8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01, -2.76742510726411120e-03, 4.99852801234917238e-03, 2.30417297573763929e-05, 2.85885980666130812e-04),
     planet(1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01, 2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05, 4.36624404335156298e-05),
     planet(1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01, 2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05, 5.15138902046611451e-05)].

%% Each body meets the rest; what the rest becomes is walked next.
advance([], _) -> [];
advance([B | Rest], Dt) ->
    {B1, Rest1} = meet(B, Rest, Dt, []),
    [move(B1, Dt) | advance(Rest1, Dt)].

meet(B, [], _, Acc) -> {B, lists:reverse(Acc)};
meet({X, Y, Z, Vx, Vy, Vz, M}, [{X2, Y2, Z2, Vx2, Vy2, Vz2, M2} | Rest], Dt, Acc) ->
    Dx = X - X2, Dy = Y - Y2, Dz = Z - Z2,
    D2 = Dx * Dx + Dy * Dy + Dz * Dz,
    Mag = Dt / (D2 * math:sqrt(D2)),
    A = M2 * Mag, C = M * Mag,
    meet({X, Y, Z, Vx - Dx * A, Vy - Dy * A, Vz - Dz * A, M}, Rest, Dt,
         [{X2, Y2, Z2, Vx2 + Dx * C, Vy2 + Dy * C, Vz2 + Dz * C, M2} | Acc]).

move({X, Y, Z, Vx, Vy, Vz, M}, Dt) -> {X + Dt * Vx, Y + Dt * Vy, Z + Dt * Vz, Vx, Vy, Vz, M}.

energy([], E) -> E;
energy([{X, Y, Z, Vx, Vy, Vz, M} | Rest], E) ->
    Kinetic = 0.5 * M * (Vx * Vx + Vy * Vy + Vz * Vz),
    Potential = lists:sum([begin
                               Dx = X - X2, Dy = Y - Y2, Dz = Z - Z2,
                               M * M2 / math:sqrt(Dx * Dx + Dy * Dy + Dz * Dz)
                           end || {X2, Y2, Z2, _, _, _, M2} <- Rest]),
    energy(Rest, E + Kinetic - Potential).

offset_momentum([{X, Y, Z, _, _, _, M} | Planets] = All) ->
    Sum = fun(I) -> lists:sum([element(I, B) * element(7, B) || B <- All]) end,
    [{X, Y, Z, -Sum(4) / ?SOLAR_MASS, -Sum(5) / ?SOLAR_MASS, -Sum(6) / ?SOLAR_MASS, M} | Planets].

loop(0, Bodies) -> Bodies;
loop(N, Bodies) -> loop(N - 1, advance(Bodies, 0.01)).

main() ->
    Bodies = offset_momentum(bodies()),
    io:format("~.9f~n", [energy(Bodies, 0.0)]),
    io:format("~.9f~n", [energy(loop(4000000, Bodies), 0.0)]).
