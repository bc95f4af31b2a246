//! A desktop of the journey's own, which ends with it.
//!
//! It starts what a desktop session consists of; it knows nothing of the app.

mod child;
mod drag;
mod notifications;

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

pub(crate) use child::Child;
pub(crate) use notifications::Notifications;
use tempfile::TempDir;

const SCREEN: &str = "1600x1000x24";

/// Display, window manager, session bus, keychain and notification server, with an empty home folder.
pub(crate) struct Desktop {
    // In the order in which they must end.
    _services: Vec<Child>,
    _bus: Child,
    _display: Child,
    environment: Vec<(&'static str, String)>,
    home: TempDir,
}

impl Desktop {
    pub(crate) fn start() -> Self {
        let home = tempfile::Builder::new()
            .prefix("switchboard-e2e-")
            .tempdir()
            .unwrap();
        let mut environment = environment(home.path());
        for folder in ["run", "data", "config", "cache", "data/applications", "bin"] {
            std::fs::create_dir_all(home.path().join(folder)).unwrap();
        }

        let mut display = Child::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"])
                .stdout(Stdio::piped()),
        );
        environment.push(("DISPLAY", format!(":{}", display.first_line())));
        let mut bus = Child::start(
            with(&environment, "dbus-daemon")
                .args(["--session", "--nofork", "--print-address=1"])
                .stdout(Stdio::piped()),
        );
        environment.push(("DBUS_SESSION_BUS_ADDRESS", bus.first_line()));

        let mut keychain = Child::start(
            with(&environment, "gnome-keyring-daemon")
                .args(["--foreground", "--unlock", "--components=secrets"])
                .stdin(Stdio::piped()),
        );
        keychain.write_all("a password of the test\n");
        let services = vec![
            keychain,
            Child::start(&mut with(&environment, "openbox")),
            Child::start(&mut with(&environment, "dunst")),
        ];
        let desktop = Self {
            _services: services,
            _bus: bus,
            _display: display,
            environment,
            home,
        };
        for name in ["org.freedesktop.secrets", "org.freedesktop.Notifications"] {
            desktop.wait_for_service(name);
        }
        desktop
    }

    /// A program that will run on this desktop.
    pub(crate) fn program(&self, name: &str) -> Command {
        with(&self.environment, name)
    }

    /// Installs a program that is a script of the shell.
    pub(crate) fn install(&self, name: &str, script: &str) {
        let file = self.home.path().join("bin").join(name);
        std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        let runs = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&file, runs).unwrap();
    }

    /// Where programs on this desktop keep their data.
    pub(crate) fn data_folder(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Hears from now on what the notification server is asked to show.
    pub(crate) fn overhear_notifications(&self) -> Notifications {
        Notifications::overhear(&mut self.program("dbus-monitor"))
    }

    /// Does what a click on the newest notification does.
    pub(crate) fn open_notification(&self) {
        let status = self.program("dunstctl").args(["action", "0"]).status();
        assert!(status.is_ok_and(|status| status.success()), "dunst took no click");
    }

    /// Waits until a window of this title is on the screen.
    pub(crate) fn see_window(&self, title: &str) {
        let seen = self
            .program("timeout")
            .args(["60", "xdotool", "search", "--sync", "--onlyvisible", "--name"])
            .arg(format!("^{title}$"))
            .stdout(Stdio::null())
            .status();
        assert!(
            seen.is_ok_and(|status| status.success()),
            "no window {title:?} appeared"
        );
    }

    /// Ends the program of a window at once, by the signal that cannot be caught.
    pub(crate) fn kill_window(&self, title: &str) {
        let found = self
            .program("xdotool")
            .args(["search", "--name", &format!("^{title}$"), "getwindowpid"])
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&found.stdout);
        let process = words.lines().next().expect("the window's program");
        let killed = self.program("kill").args(["-KILL", process]).status();
        assert!(
            killed.is_ok_and(|status| status.success()),
            "{title:?} could not be killed"
        );
    }

    /// Waits until no window of this title is on the screen.
    pub(crate) fn see_no_window(&self, title: &str) {
        let script =
            format!("while xdotool search --onlyvisible --name '^{title}$' >/dev/null; do sleep 0.05; done");
        let gone = self.program("timeout").args(["60", "sh", "-c", &script]).status();
        assert!(
            gone.is_ok_and(|status| status.success()),
            "the window {title:?} stays"
        );
    }

    /// The title of the window that has the keyboard.
    pub(crate) fn focused_window(&self) -> String {
        let name = self
            .program("xdotool")
            .args(["getactivewindow", "getwindowname"])
            .output()
            .unwrap();
        String::from_utf8_lossy(&name.stdout).trim().to_owned()
    }

    /// What the whole screen shows, windows and notifications.
    pub(crate) fn save_screenshot(&self, name: &str) {
        let file = artifact(name);
        let taken = self
            .program("import")
            .args(["-window", "root"])
            .arg(&file)
            .status();
        assert!(
            taken.is_ok_and(|status| status.success()),
            "no screenshot for {}",
            file.display()
        );
    }

    /// Returns when a service is on the bus; having the bus activate it waits for it without polling.
    fn wait_for_service(&self, name: &str) {
        let status = self
            .program("gdbus")
            .args(["wait", "--session", "--timeout", "20", name])
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{name} did not appear on the bus");
    }
}

/// Where pictures of failed and passed journeys go.
pub(crate) fn artifact(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/artifacts");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// A TCP port nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn environment(home: &Path) -> Vec<(&'static str, String)> {
    let folder = |name: &str| home.join(name).display().to_string();
    vec![
        ("HOME", home.display().to_string()),
        ("XDG_RUNTIME_DIR", folder("run")),
        ("XDG_DATA_HOME", folder("data")),
        ("XDG_CONFIG_HOME", folder("config")),
        ("XDG_CACHE_HOME", folder("cache")),
        (
            "PATH",
            format!("{}:{}", folder("bin"), std::env::var("PATH").unwrap_or_default()),
        ),
        ("GDK_BACKEND", "x11".to_owned()),
        // The accessibility bus and the portals belong to a full session; here they would only be started and fail.
        ("NO_AT_BRIDGE", "1".to_owned()),
        ("GTK_USE_PORTAL", "0".to_owned()),
        ("GTK_A11Y", "none".to_owned()),
        // Dates in the window are those of the test's own expectations.
        ("TZ", "America/Chicago".to_owned()),
        ("LANG", "C.UTF-8".to_owned()),
    ]
}

/// A program with this environment on top of ours, less what ties ours to another desktop.
fn with(environment: &[(&'static str, String)], program: &str) -> Command {
    let mut command = Command::new(program);
    for name in [
        "WAYLAND_DISPLAY",
        "DISPLAY",
        "DBUS_SESSION_BUS_ADDRESS",
        "XAUTHORITY",
    ] {
        command.env_remove(name);
    }
    command.envs(environment.iter().cloned());
    command.stderr(Stdio::null());
    command
}
