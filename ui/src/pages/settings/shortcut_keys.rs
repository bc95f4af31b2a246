//! The keys of a shortcut that works everywhere, as they are pressed. Pure.

/// What is held down together with a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Held {
    pub control: bool,
    pub alt: bool,
    pub shift: bool,
    /// The key with the sign of the system.
    pub meta: bool,
}

/// What a press means while keys are being recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Press {
    /// Nothing yet: only keys that are held.
    Waiting,
    /// The whole shortcut, such as `Ctrl+Alt+S`.
    Keys(String),
    /// Why these cannot be taken.
    Refused(&'static str),
}

/// Reads a press: `code` as the engine names the key's place, such as `KeyS`.
pub(super) fn read(code: &str, held: Held) -> Press {
    if is_held_key(code) {
        return Press::Waiting;
    }
    let Some(key) = name(code) else {
        return Press::Refused("This key cannot be used. Take a letter, a figure or F1 to F12.");
    };
    let is_function = key.len() > 1 && key.starts_with('F');
    if !(held.control || held.alt || held.meta || is_function) {
        return Press::Refused(
            "Hold Ctrl, Alt or the system key together with it, or it would be taken away from everything you type.",
        );
    }
    let parts = [
        (held.control, "Ctrl"),
        (held.alt, "Alt"),
        (held.shift, "Shift"),
        (held.meta, "Super"),
    ];
    let held: Vec<&str> = parts
        .into_iter()
        .filter_map(|(is_held, name)| is_held.then_some(name))
        .collect();
    Press::Keys(held.into_iter().chain([key]).collect::<Vec<_>>().join("+"))
}

fn is_held_key(code: &str) -> bool {
    ["Control", "Alt", "Shift", "Meta", "OS"]
        .iter()
        .any(|name| code.starts_with(name))
}

/// `S` for `KeyS`, `1` for `Digit1`, `F9`, `Space`.
fn name(code: &str) -> Option<&str> {
    let is_function = || {
        code.strip_prefix('F')
            .and_then(|number| number.parse::<u8>().ok())
            .is_some_and(|number| (1..=12).contains(&number))
    };
    match code {
        "Space" => Some(code),
        _ if is_function() => Some(code),
        _ => code
            .strip_prefix("Key")
            .or_else(|| code.strip_prefix("Digit"))
            .filter(|key| key.len() == 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTROL_ALT: Held = Held {
        control: true,
        alt: true,
        shift: false,
        meta: false,
    };

    #[test]
    fn keys_are_written_in_one_order() {
        assert_eq!(read("KeyS", CONTROL_ALT), Press::Keys("Ctrl+Alt+S".to_owned()));
        let all = Held {
            shift: true,
            meta: true,
            ..CONTROL_ALT
        };
        assert_eq!(
            read("Digit1", all),
            Press::Keys("Ctrl+Alt+Shift+Super+1".to_owned())
        );
        assert_eq!(read("F9", Held::default()), Press::Keys("F9".to_owned()));
    }

    #[test]
    fn held_keys_alone_are_no_shortcut_yet() {
        assert_eq!(read("ControlLeft", CONTROL_ALT), Press::Waiting);
        assert_eq!(read("MetaRight", Held::default()), Press::Waiting);
    }

    #[test]
    fn a_key_that_one_types_with_is_refused() {
        let shift = Held {
            shift: true,
            ..Held::default()
        };
        assert!(matches!(read("KeyS", Held::default()), Press::Refused(_)));
        assert!(matches!(read("KeyS", shift), Press::Refused(_)));
        assert!(matches!(read("Enter", CONTROL_ALT), Press::Refused(_)));
    }
}
