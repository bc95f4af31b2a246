//! Exit codes that scripts may rely on. They never change their meaning.

use domain::ipc::ErrorCode;
use std::process::ExitCode;

/// Printed below `--help`.
pub(crate) const HELP: &str = "Exit codes:
   0  done
   1  something went wrong inside Switchboard
   2  the command line makes no sense
   3  nobody is signed in, or the sign-in no longer works
   4  the server cannot be reached, or asked to slow down
   5  RingCentral refused it
   6  the local store or a file failed
   7  not found
   8  done in part: the output says what was left
  10  doctor found something that does not work";

/// Done in part.
pub(crate) const PARTIAL: u8 = 8;
/// `doctor` found a fault.
pub(crate) const UNHEALTHY: u8 = 10;
/// A file given on the command line cannot be read or written.
pub(crate) const FILE: u8 = 6;
/// The values on the command line contradict each other.
pub(crate) const USAGE: u8 = 2;

/// The exit code for an error of the core.
pub(crate) fn for_error(code: ErrorCode) -> u8 {
    match code {
        ErrorCode::Internal | ErrorCode::Cancelled | ErrorCode::TooLate => 1,
        ErrorCode::Invalid => USAGE,
        ErrorCode::SignInRequired => 3,
        ErrorCode::Offline | ErrorCode::RateLimited => 4,
        ErrorCode::NotPermitted | ErrorCode::Vendor => 5,
        ErrorCode::Store => FILE,
        ErrorCode::NotFound => 7,
    }
}

/// As the process returns it.
pub(crate) fn exit(code: u8) -> ExitCode {
    ExitCode::from(code)
}
