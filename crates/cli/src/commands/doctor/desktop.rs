//! What the desktop offers: notifications and sound.

use switchboard_core::doctor::Check;

const NOTIFICATIONS: &str = "Notifications";
const SOUND: &str = "Sound";

/// Asks the notification server who it is and whether it shows buttons.
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) async fn notifications() -> Check {
    let asked = tokio::task::spawn_blocking(|| {
        let server = notify_rust::get_server_information()?;
        Ok::<_, notify_rust::error::Error>((server, notify_rust::get_capabilities()?))
    });
    match asked.await {
        Ok(Ok((server, capabilities))) => {
            let buttons = if capabilities.iter().any(|able| able == "actions") {
                "with"
            } else {
                "without"
            };
            Check::works(
                NOTIFICATIONS,
                format!("{} {} shows them, {buttons} buttons", server.name, server.version),
            )
        }
        Ok(Err(error)) => Check::fails(
            NOTIFICATIONS,
            format!(
                "No notification server answers on the session bus ({error}). Start a desktop session, or install one such as dunst."
            ),
        ),
        Err(error) => Check::fails(
            NOTIFICATIONS,
            format!("The session bus could not be asked ({error})."),
        ),
    }
}

/// The system itself shows them.
#[cfg(any(not(unix), target_os = "macos"))]
pub(crate) async fn notifications() -> Check {
    Check::works(NOTIFICATIONS, "The system shows them")
}

/// Looks for the socket of a sound server or a sound card.
#[cfg(target_os = "linux")]
pub(crate) fn sound() -> Check {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(std::path::PathBuf::from);
    let servers = [("pipewire-0", "PipeWire"), ("pulse/native", "PulseAudio")];
    let server = servers.into_iter().find(|(socket, _)| {
        runtime
            .as_ref()
            .is_some_and(|folder| folder.join(socket).exists())
    });
    match server {
        Some((_, name)) => Check::works(SOUND, format!("{name} runs")),
        None if std::path::Path::new("/dev/snd/controlC0").exists() => {
            Check::works(SOUND, "A sound card is there")
        }
        None => Check::fails(
            SOUND,
            "Neither a sound server nor a sound card was found. Voicemail can be read but not heard.",
        ),
    }
}

/// Every desktop of the other systems has sound.
#[cfg(not(target_os = "linux"))]
pub(crate) fn sound() -> Check {
    Check::works(SOUND, "The system plays it")
}
