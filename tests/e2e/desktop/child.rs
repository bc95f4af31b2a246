//! A program that ends with the test.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::{self, Command},
};

/// Killed and waited for when dropped.
pub(crate) struct Child(process::Child);

impl Child {
    pub(crate) fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        Self(
            command.spawn().unwrap_or_else(|error| {
                panic!("{name} could not be started ({error}); `make test` installs it")
            }),
        )
    }

    /// The first line it prints; it goes on printing into the void.
    pub(crate) fn first_line(&mut self) -> String {
        let mut output = BufReader::new(self.take_output());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        std::thread::spawn(move || output.read_to_end(&mut Vec::new()));
        line.trim().to_owned()
    }

    /// Everything it prints from now on.
    pub(crate) fn take_output(&mut self) -> process::ChildStdout {
        self.0.stdout.take().unwrap()
    }

    /// Writes to its standard input and closes it.
    pub(crate) fn write_all(&mut self, text: &str) {
        self.0.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
