//! Files that are dragged out of another program's window.
//!
//! A real drag by the protocol of the desktop (XDND): the mouse goes down on the other window, moves over ours and stays there
//! until it is let go.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use super::{Child, Desktop};

/// Files that hang on the mouse.
pub(crate) struct Drag<'a> {
    desktop: &'a Desktop,
    _other_program: Child,
}

impl Desktop {
    /// Drags files over the middle of a window, and holds them there.
    pub(crate) fn drag_over<'a>(&'a self, title: &str, files: &[PathBuf]) -> Drag<'a> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/desktop/files_to_drag.py");
        let mut other_program = Child::start(
            // The system's own: it is the one that Debian's bindings of GTK belong to.
            self.program("/usr/bin/python3")
                .arg(script)
                .args(files)
                .stdout(Stdio::piped()),
        );
        assert_eq!(other_program.first_line(), "shown", "nothing to drag from");
        self.see_window("Files to drag");
        let (from_x, from_y) = self.middle_of("Files to drag");
        let (to_x, to_y) = self.middle_of(title);
        self.mouse(&["mousemove", "--sync", &from_x.to_string(), &from_y.to_string()]);
        self.mouse(&["mousedown", "1"]);
        // Several steps: the first ones make it a drag, and a window hears of it only while the mouse moves.
        for step in 1..=10 {
            let at = |from: i32, to: i32| (from + (to - from) * step / 10).to_string();
            self.mouse(&["mousemove", "--sync", &at(from_x, to_x), &at(from_y, to_y)]);
        }
        Drag {
            desktop: self,
            _other_program: other_program,
        }
    }

    fn middle_of(&self, title: &str) -> (i32, i32) {
        let found = self
            .program("xdotool")
            .args([
                "search",
                "--onlyvisible",
                "--name",
                &format!("^{title}$"),
                "getwindowgeometry",
                "--shell",
            ])
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&found.stdout);
        let value = |name: &str| -> i32 {
            words
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
                .and_then(|number| number.parse().ok())
                .unwrap_or_else(|| panic!("no window {title:?}"))
        };
        (value("X") + value("WIDTH") / 2, value("Y") + value("HEIGHT") / 2)
    }

    fn mouse(&self, what: &[&str]) {
        let done = self.program("xdotool").args(what).status();
        assert!(
            done.is_ok_and(|status| status.success()),
            "the mouse did not move: {what:?}"
        );
    }
}

impl Drag<'_> {
    /// Lets go. The window must have shown that it takes the files, or they are not its; and this must live until it has them.
    pub(crate) fn drop_here(&self) {
        self.desktop.mouse(&["mouseup", "1"]);
    }
}
