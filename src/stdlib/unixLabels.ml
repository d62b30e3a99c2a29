(* [Unix] with labels. The documented types have optional arguments that only labelled ones follow. *)

[@@@warning "-16"]

include Unix

let execv ~prog ~args = Unix.execv prog args
let execve ~prog ~args ~env = Unix.execve prog args env
let execvp ~prog ~args = Unix.execvp prog args
let execvpe ~prog ~args ~env = Unix.execvpe prog args env
let waitpid ~mode pid = Unix.waitpid mode pid

let openfile name ~mode ~perm = Unix.openfile name mode perm
let read fd ~buf ~pos ~len = Unix.read fd buf pos len
let read_bigarray fd ~buf ~pos ~len = Unix.read_bigarray fd buf pos len
let write fd ~buf ~pos ~len = Unix.write fd buf pos len
let write_bigarray fd ~buf ~pos ~len = Unix.write_bigarray fd buf pos len
let single_write fd ~buf ~pos ~len = Unix.single_write fd buf pos len
let write_substring fd ~buf ~pos ~len = Unix.write_substring fd buf pos len
let single_write_substring fd ~buf ~pos ~len = Unix.single_write_substring fd buf pos len
let single_write_bigarray fd ~buf ~pos ~len = Unix.single_write_bigarray fd buf pos len

let lseek fd offset ~mode = Unix.lseek fd offset mode
let truncate name ~len = Unix.truncate name len
let ftruncate fd ~len = Unix.ftruncate fd len

module LargeFile = struct
  include Unix.LargeFile

  let lseek fd offset ~mode = Unix.LargeFile.lseek fd offset mode
  let truncate name ~len = Unix.LargeFile.truncate name len
  let ftruncate fd ~len = Unix.LargeFile.ftruncate fd len
end

let map_file fd ?pos ~kind ~layout ~shared ~dims = Unix.map_file fd ?pos kind layout shared dims
let rename ~src ~dst = Unix.rename src dst
let link ?follow ~src ~dst = Unix.link ?follow src dst

let chmod name ~perm = Unix.chmod name perm
let fchmod fd ~perm = Unix.fchmod fd perm
let chown name ~uid ~gid = Unix.chown name uid gid
let fchown fd ~uid ~gid = Unix.fchown fd uid gid
let access name ~perm = Unix.access name perm
let dup2 ?cloexec ~src ~dst = Unix.dup2 ?cloexec src dst
let mkdir name ~perm = Unix.mkdir name perm

let mkfifo name ~perm = Unix.mkfifo name perm
let create_process ~prog ~args ~stdin ~stdout ~stderr = Unix.create_process prog args stdin stdout stderr
let create_process_env ~prog ~args ~env ~stdin ~stdout ~stderr =
  Unix.create_process_env prog args env stdin stdout stderr
let open_process_full name ~env = Unix.open_process_full name env
let symlink ?to_dir ~src ~dst = Unix.symlink ?to_dir src dst
let select ~read ~write ~except ~timeout = Unix.select read write except timeout

let lockf fd ~mode ~len = Unix.lockf fd mode len
let kill ~pid ~signal = Unix.kill pid signal

let sigprocmask ~mode signals = Unix.sigprocmask mode signals

let utimes name ~access ~modif = Unix.utimes name access modif

let socket ?cloexec ~domain ~kind ~protocol = Unix.socket ?cloexec domain kind protocol
let socketpair ?cloexec ~domain ~kind ~protocol = Unix.socketpair ?cloexec domain kind protocol
let bind fd ~addr = Unix.bind fd addr
let connect fd ~addr = Unix.connect fd addr
let listen fd ~max = Unix.listen fd max

let shutdown fd ~mode = Unix.shutdown fd mode

let recv fd ~buf ~pos ~len ~mode = Unix.recv fd buf pos len mode
let recvfrom fd ~buf ~pos ~len ~mode = Unix.recvfrom fd buf pos len mode
let send fd ~buf ~pos ~len ~mode = Unix.send fd buf pos len mode
let send_substring fd ~buf ~pos ~len ~mode = Unix.send_substring fd buf pos len mode
let sendto fd ~buf ~pos ~len ~mode ~addr = Unix.sendto fd buf pos len mode addr
let sendto_substring fd ~buf ~pos ~len ~mode address = Unix.sendto_substring fd buf pos len mode address

let establish_server serve ~addr = Unix.establish_server serve addr

let getservbyname name ~protocol = Unix.getservbyname name protocol
let getservbyport port ~protocol = Unix.getservbyport port protocol

let tcsetattr fd ~mode settings = Unix.tcsetattr fd mode settings
let tcsendbreak fd ~duration = Unix.tcsendbreak fd duration

let tcflush fd ~mode = Unix.tcflush fd mode

let tcflow fd ~mode = Unix.tcflow fd mode
