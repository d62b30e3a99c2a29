/** What the runtime needs from its host. Addresses and lengths are in bytes of the shared memory. */

/** Writes to a file descriptor; the count written, or a negated error number. */
@external("host", "write")
export declare function hostWrite(fd: i32, address: usize, length: i32): i32

/** Reads from a file descriptor; the count read, 0 at the end, or a negated error number. */
@external("host", "read")
export declare function hostRead(fd: i32, address: usize, length: i32): i32

/** Closes a file descriptor; 0 or a negated error number. */
@external("host", "close")
export declare function hostClose(fd: i32): i32

/**
 * Moves a file descriptor's position (whence 0 set, 1 current, 2 end); the new position, or a negated error
 * number.
 */
@external("host", "seek")
export declare function hostSeek(fd: i32, offset: f64, whence: i32): f64

/**
 * Opens a file. `flags` has one bit per constructor of `Stdlib.open_flag`, in order. The descriptor, or a
 * negated error number.
 */
@external("host", "open")
export declare function hostOpen(path: usize, length: i32, flags: i32, permissions: i32): i32

/** Text of an error number, UTF-8, into `[target, target + capacity)`; its length. */
@external("host", "error_message")
export declare function hostErrorMessage(code: i32, target: usize, capacity: i32): i32

/**
 * A string that the system knows: the length of the text, which is copied only if it fits into `capacity`;
 * -1: there is none. kind 0: environment variable named by `[name, name + length)`; 1: the command line's
 * argument number `length`; 2: the executable's name; 3: the current directory; 4: name number `length` of the directory
 * that was listed last.
 */
@external("host", "text")
export declare function hostText(kind: i32, name: usize, length: i32, target: usize, capacity: i32): i32

/**
 * A question about a file name: 0 does it exist, 1 is it a directory, 2 remove it, 3 is it a regular file, 4 remove the
 * directory, 5 make it the current directory, 6 list the directory. 1 yes, 0 no, the number of names, or a negated error
 * number.
 */
@external("host", "file")
export declare function hostFile(question: i32, path: usize, length: i32): i32

/** Makes a directory; 0 or a negated error number. */
@external("host", "make_directory")
export declare function hostMakeDirectory(path: usize, length: i32, permissions: i32): i32

/** Renames a file or directory; 0 or a negated error number. */
@external("host", "rename")
export declare function hostRename(from: usize, fromLength: i32, to: usize, toLength: i32): i32

/** Whether a file descriptor is a terminal: 1 or 0. */
@external("host", "is_terminal")
export declare function hostIsTerminal(fd: i32): i32

/**
 * Where the function with this table index is: its number in its unit, whose digest (16 bytes) goes to
 * `digest`.
 */
@external("host", "code_place")
export declare function hostCodePlace(index: i32, digest: usize): i32

/** The table index of a function by its unit's digest and its number there; 0: no such number, -1: no such unit. */
@external("host", "code_index")
export declare function hostCodeIndex(digest: usize, place: i32): i32

/** The double nearest to a decimal literal (`[+-]digits[.digits][e[+-]digits]`, ASCII, valid). */
@external("host", "parse_float")
export declare function hostParseFloat(address: usize, length: i32): f64

/** Seconds: kind 0 processor time of this process, 1 time since 1970, 2 monotonic. */
@external("host", "time")
export declare function hostTime(kind: i32): f64

/** Uniformly distributed bits. */
@external("host", "random")
export declare function hostRandom(): i32

/**
 * Ends the program with this status. It may return when the program is to be unwound: the caller then
 * unwinds.
 */
@external("host", "exit")
export declare function hostExit(status: i32): void

/**
 * A request of the library's in the form of src/engine/host-request.ts; the length of the answer, which `hostAnswer` copies before
 * the next request.
 */
@external("host", "request")
export declare function hostRequest(address: usize, length: i32): i32

/** Copies the answer to the last request. */
@external("host", "answer")
export declare function hostAnswer(target: usize): void

/** Puts the resume variant of the function with this index into the table of resume variants. */
@external("host", "prepare_resume")
export declare function prepareResume(functionIndex: u32): void

/**
 * Where the site of a frame descriptor is, as `caml_convert_raw_backtrace_slot` reads it, into `[target, target + capacity)`; 0: it
 * is not known.
 */
@external("host", "place")
export declare function hostPlace(descriptor: u32, target: usize, capacity: i32): i32

// Green threads (src/engine/domain.ts).

/** A new thread for the function in this root, which the thread deletes; the thread's number. */
@external("host", "green_spawn")
export declare function greenSpawn(root: u32): i32

/** The number of a new thread, which will stand on the running one. */
@external("host", "green_stand")
export declare function greenStand(): i32

/** 1: the thread can run; 0: there is none of this number any more. */
@external("host", "green_wake")
export declare function greenWake(id: i32): i32

/** 1: there is a thread of this number. */
@external("host", "green_alive")
export declare function greenAlive(id: i32): i32

/** 1: the running thread must be suspended, others can run; 0: there are none. */
@external("host", "green_yield")
export declare function greenYield(): i32

/** The running thread, which must be suspended now, sleeps for some seconds. */
@external("host", "green_sleep")
export declare function greenSleep(seconds: f64): void
