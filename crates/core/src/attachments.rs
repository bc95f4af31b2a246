//! The files that hang on communications: fetched when somebody wants them, kept beside the store.
pub mod file_name;
