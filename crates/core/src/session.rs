//! Who is signed in: sign-in and sign-out, where secrets are kept, and which account's data is open.
//!
//! The OAuth flow itself is the `ringcentral` crate's; what an account's data consists of is the store's.

mod account_secrets;
pub mod choices;
mod keychain_or_memory;
mod profile;
mod secret_keeping;
pub mod sign_in;

pub use account_secrets::{AccountSecrets, Credentials};
pub use keychain_or_memory::KeychainOrMemory;
pub use profile::{AccountKey, Profile, Profiles, SignInWay};
pub use secret_keeping::{InMemory, OsKeychain, SecretKeeping, SecretKeepingError};
